package portfolio_test

import (
	"flag"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// slowChecks is how many cases a property tries on PostgreSQL, where each takes ten times as long as on
// SQLite; -rapid.checks says otherwise.
const slowChecks = "30"

// check tries a property on the engine of the test that runs.
func check(t *testing.T, property func(*rapid.T)) {
	t.Helper()
	if n := flag.Lookup("rapid.checks").Value; strings.HasSuffix(t.Name(), "/postgres") && n.String() == flag.Lookup("rapid.checks").DefValue {
		usual := n.String()
		if err := n.Set(slowChecks); err != nil {
			t.Fatal(err)
		}
		defer n.Set(usual)
	}
	rapid.Check(t, property)
}
