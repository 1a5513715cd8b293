package identityweb_test

import (
	"net"
	"net/http/httptest"
	"os"
	"os/exec"
	"testing"
	"time"

	"parvis/internal/db/dbtest"
	"parvis/internal/identity"
)

// The pages in a real browser: the script of passkeys with a virtual authenticator, axe on every page.
func TestPasskeysInChromium(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed")
	}
	for _, needed := range []string{"../../../node_modules/playwright-core", chromium()} {
		if _, err := os.Stat(needed); err != nil {
			t.Skipf("%s is missing", needed)
		}
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	origin := "http://localhost:" + port
	c := found(t, dbtest.SQLite, origin, func(*identity.Config) {})
	server := &httptest.Server{Listener: listener, Config: httptest.NewUnstartedServer(c.site).Config}
	server.Start()
	defer server.Close()

	c.person(identity.NewAccount{Kind: identity.AgentAccount, Name: "Camille Roux", Email: "c@ville.fr", Person: "per"})
	if err := c.id.RequestLink(ctx, "c@ville.fr", "fr", "", identity.Client{}); err != nil {
		t.Fatal(err)
	}
	c.admin(c.person(identity.NewAccount{Kind: identity.AgentAccount, Name: "Dominique", Person: "per2", Demo: true}))
	c.layOut()
	_, token := c.lastLink()
	run := exec.Command(node, "testdata/passkey.mjs", origin, token, os.Getenv("PARVIS_TEST_PICTURES"))
	run.WaitDelay = time.Second
	if said, err := run.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
}

func chromium() string {
	if path := os.Getenv("CHROMIUM"); path != "" {
		return path
	}
	return "/usr/bin/chromium"
}
