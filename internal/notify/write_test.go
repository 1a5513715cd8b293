package notify_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/mail"
	"parvis/internal/notify"
)

// write sends a letter that its room has written whole.
func (c *town) write(kind string, to id.ID) {
	c.t.Helper()
	c.traffic(func(tx *db.Tx) error {
		return c.n.Write(tx, to, notify.Notice{Kind: kind, About: act.Ref{Type: "initiative", ID: "i1"}, Args: []any{"name", "Collecte", "amount", "10 €"}},
			mail.Message{To: mail.Address{Email: people[to].Email}, Lang: people[to].Lang, Kind: kind, Args: []any{"name", "Collecte", "amount", "10 €"},
				Rows: []mail.Row{{Label: "t.wait", Value: "écrite en entier"}}})
	})
}

func (c *town) choose(account id.ID, kind string, f notify.Frequency) error {
	return c.db.Writer.Traffic(context.Background(), func(tx *db.Tx) error { return c.n.Choose(tx, account, kind, f) })
}

// leaving is when the letters that wait in the outbox may leave.
func (c *town) leaving() []string {
	c.t.Helper()
	all, err := db.All(context.Background(), c.db.Readers, db.Scalar[int64], `SELECT run_at FROM job WHERE kind = 'mail.message.deliver' ORDER BY run_at`)
	if err != nil {
		c.t.Fatal(err)
	}
	paris, _ := time.LoadLocation("Europe/Paris")
	var out []string
	for _, at := range all {
		out = append(out, map[bool]string{true: "at once", false: db.Instant(at).In(paris).Format("Mon 15:04")}[at == 0])
	}
	return out
}

func TestALetterWaitsForTheEndOfQuietHours(t *testing.T) {
	for moment, want := range map[string]string{"2018-03-12 09:00": "at once", "2018-03-12 21:30": "Tue 07:00", "2018-03-13 05:00": "Tue 07:00",
		"2018-03-16 20:00": "Mon 07:00", "2018-03-31 12:00": "Tue 07:00"} { // the 2nd of April was Easter Monday
		each(t, func(t *testing.T, c *town) {
			paris, _ := time.LoadLocation("Europe/Paris")
			at, err := time.ParseInLocation("2006-01-02 15:04", moment, paris)
			if err != nil {
				t.Fatal(err)
			}
			c.clock.Move(at)
			c.write("t.offered", "ada")
			if got := c.leaving(); len(got) != 1 || got[0] != want {
				t.Errorf("written on %s it leaves %v, want %s", moment, got, want)
			}
		})
	}
}

func TestWhoeverWantsADigestGetsTheLetterAsALine(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		if err := c.choose("ada", "t.offered", notify.Daily); err != nil {
			t.Fatal(err)
		}
		c.write("t.offered", "ada")
		c.write("t.offered", "bob")
		if got := c.work(); recipients(got) != "bob" || !strings.Contains(got[0].Text, "écrite en entier") || got[0].Unsubscribe == "" {
			t.Fatalf("at once: %+v", got)
		}
		c.clock.Advance(24 * time.Hour)
		if got := c.work(); recipients(got) != "ada" || !strings.Contains(got[0].Text, "Part dans Collecte") {
			t.Errorf("a day later: %+v", got)
		}
		if err := c.choose("ada", "t.offered", notify.Never); err != nil {
			t.Fatal(err)
		}
		c.write("t.offered", "ada")
		c.clock.Advance(8 * 24 * time.Hour)
		if got := c.work(); len(got) != 0 {
			t.Errorf("switched off: %+v", got)
		}
	})
}

func TestARequiredKindIsNeverSwitchedOff(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		if err := c.choose("ada", "t.summons", notify.Never); fault.KindOf(err) != fault.Invalid {
			t.Errorf("switched off: %v", err)
		}
		c.write("t.summons", "ada")
		if got := c.work(); len(got) != 1 || got[0].Unsubscribe != "" {
			t.Fatalf("it carries a link that ends it: %+v", got)
		}
		if err := c.choose("ada", "t.summons", notify.Daily); err != nil {
			t.Fatal(err)
		}
		c.tell(news("un", "ada"))
		c.clock.Advance(24 * time.Hour)
		if err := c.end(token(c.work()[0])); err != nil { // of the gathered mail
			t.Fatal(err)
		}
		c.write("t.summons", "ada")
		c.clock.Advance(24 * time.Hour)
		if got := c.work(); recipients(got) != "ada" {
			t.Errorf("after the end of what is gathered: %+v", got)
		}
	})
}
