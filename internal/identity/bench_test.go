package identity_test

import (
	"testing"

	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// What every request pays to know who asks (the posts apart), with 50,000 accounts.
func BenchmarkVisitor(b *testing.B) {
	now := clock.At(monday)
	d := dbtest.SQLite(b, now)
	i := must(identity.New(identity.Config{City: "V", Origin: origin, Demo: true, Clock: now, Readers: d.Readers, Writer: d.Writer}))
	var last id.ID
	err := d.Writer.Traffic(ctx, func(tx *db.Tx) error {
		for n := range 50_000 {
			a := must(identity.OpenAccount(tx, identity.NewAccount{Kind: identity.AgentAccount, Name: "Agent", Person: id.Random(), Demo: n == 49_999}))
			last = a.ID
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	token := must(i.EnterDemo(ctx, last, browser, "")).Token
	for b.Loop() {
		if v := must(i.Visitor(ctx, token)); !v.SignedIn() {
			b.Fatal("not signed in")
		}
	}
}
