package identity_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/calendar"
	"parvis/internal/clock"
	"parvis/internal/db/dbtest"
	"parvis/internal/identity"
	"parvis/internal/powers"
)

// Whatever files come one after the other, applying one makes the organisation say what it says: read
// again, it changes nothing; everybody in it holds as many posts as it has lines that are not over; and
// no row was changed behind the log.
func TestAnAppliedDirectoryDiffersNoMore(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		now := clock.At(monday)
		c := found(t, dbtest.SQLite(t, now), now, func(cfg *identity.Config) {
			cfg.Log = act.NewLog(cfg.Writer, must(act.NewVerbs(identity.Verbs(), powers.Verbs())), identity.Guard(acttest.Allow))
		})
		boss := c.admin("Dominique")
		c.civic(func(tx *act.Tx) error {
			since := calendar.Since("2010-01-01")
			body := must(powers.FoundBody(tx, powers.NewBody{Kind: "commune", Code: "V", Name: "Valmont", Period: since}))
			for _, code := range []string{"DPE", "DSI"} {
				must(powers.CreateUnit(tx, powers.NewUnit{Body: body, Kind: "directorate", Code: code, Name: "Direction " + code, Period: since}))
			}
			return nil
		})
		for range rapid.IntRange(1, 3).Draw(r, "files") {
			c.clock.Advance(time.Duration(rapid.IntRange(1, 60).Draw(r, "days")) * 24 * time.Hour)
			boss = c.visitor(must(c.EnterDemo(ctx, boss.Account, browser, "")).Token)
			c.settle(r, boss, staffFile(r, calendar.DayOf(c.clock.Now())))
		}
		acttest.Clean(t, c.d)
	})
}

// staffFile draws a file without defects: a person has one line for each unit and title.
func staffFile(r *rapid.T, today calendar.Day) string {
	var b strings.Builder
	b.WriteString(header)
	day := func(label string, from, to int) string {
		if rapid.IntRange(0, 2).Draw(r, label+" known") == 0 {
			return ""
		}
		return string(today.AddDays(rapid.IntRange(from, to).Draw(r, label)))
	}
	b.WriteString("P0;Zéro;Anne;;DPE;Témoin;100;;\n") // a file is never empty
	for person := range 4 {
		name := rapid.SampledFrom([]string{"Roux", "Diallo"}).Draw(r, "name")
		mail := rapid.SampledFrom([]string{"", fmt.Sprintf("p%d@ville.fr", person+1), fmt.Sprintf("q%d@ville.fr", person+1)}).Draw(r, "mail")
		for _, unit := range []string{"DPE", "DSI"} {
			for _, title := range []string{"Cheffe de projet", "Agent"} {
				if rapid.IntRange(0, 2).Draw(r, "line") > 0 {
					continue
				}
				fmt.Fprintf(&b, "P%d;%s;Lou;%s;%s;%s;%d;%s;%s\n", person+1, name, mail, unit, title,
					rapid.SampledFrom([]int{50, 80, 100}).Draw(r, "quotity"), day("from", -100, 0), day("last", -30, 200))
			}
		}
	}
	return b.String()
}

// settle applies a file and checks what it left.
func (c *town) settle(r *rapid.T, boss identity.Visitor, file string) {
	p := c.stage(boss, file)
	if ends := "identity.directory.ends_before"; len(p.Defects) > 0 {
		for _, d := range p.Defects {
			if d.Key != ends {
				r.Fatalf("defect %v in\n%s", d, file)
			}
		}
		return
	}
	if len(p.Entries) > 0 {
		if _, err := c.ApplyDirectory(ctx, boss, p.ID, identity.Approval{Digest: p.Difference.Digest, Sure: true}); err != nil {
			r.Fatalf("%v\n%s\n%s", err, strings.Join(lines(p), "\n"), file)
		}
	}
	if again := c.stage(boss, file); len(again.Entries) > 0 {
		r.Fatalf("applied, the file still differs:\n%s\nfirst:\n%s\n%s", strings.Join(lines(again), "\n"), strings.Join(lines(p), "\n"), file)
	}
	today := string(calendar.DayOf(c.clock.Now()))
	held := c.count(`SELECT COUNT(*) FROM powers_holder h JOIN powers_matricule m ON m.id = h.person
		WHERE h.ended_at = 9223372036854775807 AND h.day_from <= $1 AND h.day_to > $1`, today)
	if want := running(file, today); held != want {
		r.Fatalf("%d holdings run, %d lines do:\n%s", held, want, file)
	}
}

// running counts the lines that are not over.
func running(file, today string) (n int64) {
	for _, line := range strings.Split(strings.TrimSpace(file), "\n")[1:] {
		if last := line[strings.LastIndexByte(line, ';')+1:]; last == "" || last >= today {
			n++
		}
	}
	return n
}
