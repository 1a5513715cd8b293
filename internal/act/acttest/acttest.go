// Package acttest helps the tests of the rooms: a log that allows everything, and the check that no
// civic row was changed without its act.
package acttest

import (
	"context"
	"testing"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
)

// Clean fails the test when a civic row is not as its last act left it: changed, added or removed
// without being listed in the Rows of an act. Call it at the end of a test that wrote.
func Clean(t testing.TB, d *db.DB) {
	t.Helper()
	defects, err := act.CheckSeals(context.Background(), d.Readers)
	if err != nil {
		t.Fatal(err)
	}
	for _, defect := range defects {
		t.Errorf("acttest: %s (is the row listed in the Rows of its act?)", defect)
	}
}

// Log gives a log that records the verbs of the rooms and allows everything.
func Log(t testing.TB, d *db.DB, rooms ...[]act.Verb) *act.Log {
	t.Helper()
	return LogWith(t, d, Allow, rooms...)
}

// LogWith is Log with a Decider of the test's own.
func LogWith(t testing.TB, d *db.DB, decide act.Decider, rooms ...[]act.Verb) *act.Log {
	t.Helper()
	verbs, err := act.NewVerbs(rooms...)
	if err != nil {
		t.Fatal(err)
	}
	return act.NewLog(d.Writer, verbs, decide)
}

// Allow is a Decider that allows everything and says by which rule.
func Allow(_ *db.Tx, by act.Actor, _ act.Ask) (act.Chain, error) {
	return act.Chain{Role: "decides", Mode: act.Indicative, Profile: "test/1", Rule: "tout",
		Steps: []act.Link{{Kind: "post", ID: by.Post}}}, nil
}

// Agent is an actor who holds post, through the holding "aff-<post>".
func Agent(post id.ID) act.Actor {
	return act.Actor{Kind: act.Agent, Account: "cpt-" + post, Post: post, Holder: "aff-" + post, Channel: "web"}
}

// Resident is an actor with an account and no post.
func Resident(account id.ID) act.Actor {
	return act.Actor{Kind: act.Resident, Account: account, Channel: "web"}
}
