package powers_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/powers"
	"parvis/internal/powers/powerstest"
)

// acts reads every act recorded since an instant, as it is stored.
func acts(t interface{ Fatal(...any) }, d *db.DB, since int64) []string {
	all, err := db.All(context.Background(), d.Readers, func(r db.Row) (s string, err error) {
		var who id.ID
		var payload []byte
		err = r.Scan(&who, &payload)
		return string(who) + string(payload), err
	}, `SELECT id, payload FROM act WHERE recorded_at >= $1 ORDER BY recorded_at, id`, since)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// I20: merging units keeps every act and re-routes only what comes after: before the day the old unit
// answers for its part, from that day on the new one does, with the same posts and people.
func TestI20MergeReroutesOnlyTheFuture(t *testing.T) {
	properties(t, powers.MunicipalTeam, func(t *rapid.T, c *powerstest.City, now *clock.Set, run string) {
		now.Advance(60e9)
		ctx, sg, since := context.Background(), c.Agent("SG"), db.Micros(now.Now())
		day := rapid.SampledFrom(days[1:len(days)-1]).Draw(t, "day")
		unit, post, holder := map[string]id.ID{}, map[string]id.ID{}, map[string]id.ID{}
		err := c.Try(sg, func(tx *act.Tx) (err error) {
			for _, code := range []string{"A", "B", "C"} {
				if unit[code], err = powers.CreateUnit(tx, powers.NewUnit{Body: c.Body, Kind: "directorate", Code: run + code, Name: code,
					Parent: c.Units["SG"], Period: calendar.Since(powerstest.Dawn)}); err != nil {
					return err
				}
				if post[code], err = powers.CreatePost(tx, powers.NewPost{Unit: unit[code], Code: run + "P" + code, Title: "P", Layer: "service",
					Head: true, Period: calendar.Since(powerstest.Dawn)}); err != nil {
					return err
				}
				person, err := powers.AddPerson(tx, powers.NewPerson{Family: code})
				if err != nil {
					return err
				}
				if holder[code], err = powers.Appoint(tx, powers.Appointment{Post: post[code], Person: person, Period: calendar.Since(powerstest.Dawn)}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		kept := acts(t, c.DB, since)
		if err := c.Try(sg, func(tx *act.Tx) error {
			return powers.Change(tx, powers.OrgChange{Kind: powers.Merge, Units: []id.ID{unit["A"], unit["B"]}, Into: []id.ID{unit["C"]}, Day: day, LegalAct: "DEL-1"})
		}); err != nil {
			t.Fatal(err)
		}
		if now := acts(t, c.DB, since); !slices.Equal(kept, now[:len(kept)]) {
			t.Fatal("merging changed an act")
		}
		m := powers.Now(now.Now().AddDate(0, 0, 1))
		for _, on := range days[:len(days)-1] {
			ask := act.Ask{Verb: "portfolio.part.accept", Object: act.Ref{Type: "part", ID: "x"}, Day: on, Roles: map[string][]id.ID{"unit": {unit["A"]}}}
			want := post["A"]
			if on >= day {
				want = post["C"]
			}
			who, err := c.Engine.Who(ctx, c.DB.Readers, ask, m)
			if err != nil || len(who.Deciders) != 1 || who.Deciders[0].Post != want {
				t.Fatalf("on %s (merged on %s): %+v, %v", on, day, who.Deciders, err)
			}
			sheet, err := powers.PostAt(ctx, c.DB.Readers, post["A"], m.On(on))
			if err != nil || len(sheet.Current) != 1 || sheet.Current[0].ID != holder["A"] || (sheet.Post.Unit == unit["C"]) != (on >= day) {
				t.Fatalf("the post of A on %s: %+v, %v", on, sheet, err)
			}
			if _, err := powers.UnitAt(ctx, c.DB.Readers, unit["A"], m.On(on), true, 0); (err == nil) != (on < day) {
				t.Fatalf("unit A on %s: %v", on, err)
			}
		}
		if err := c.Try(sg, func(tx *act.Tx) error {
			return powers.Change(tx, powers.OrgChange{Kind: powers.Rename, Units: []id.ID{unit["A"]}, Name: powers.Naming{Name: "Z"}, Day: day, LegalAct: "DEL-2"})
		}); !refused(t, err) {
			t.Fatal("a unit that is no more was renamed")
		}
	})
}

func TestSplitRenameMoveDissolve(t *testing.T) {
	each(t, func(t *testing.T, c *powerstest.City, now *clock.Set) {
		ctx, by := context.Background(), c.Founder
		change := func(o powers.OrgChange) {
			t.Helper()
			o.Day, o.LegalAct = today, "DEL"
			c.Do(t, by, func(tx *act.Tx) error { return powers.Change(tx, o) })
		}
		var one, two id.ID
		c.Do(t, by, func(tx *act.Tx) (err error) {
			for code, unit := range map[string]*id.ID{"EAU": &one, "PROPRETE": &two} {
				if *unit, err = powers.CreateUnit(tx, powers.NewUnit{Body: c.Body, Kind: "directorate", Code: code, Name: code, Parent: c.Units["SG"], Period: calendar.Since(today)}); err != nil {
					return err
				}
			}
			return nil
		})
		change(powers.OrgChange{Kind: powers.Split, Units: []id.ID{c.Units["DPE"]}, Into: []id.ID{one, two},
			Posts: map[id.ID]id.ID{c.Posts["AG-DPE"]: two}, Heads: []id.ID{c.Posts["DIR-DPE"]}})
		change(powers.OrgChange{Kind: powers.Rename, Units: []id.ID{c.Units["DVD"]}, Name: powers.Naming{Name: "Direction des mobilités"}})
		change(powers.OrgChange{Kind: powers.Move, Units: []id.ID{c.Units["MISSION"]}, Into: []id.ID{c.Units["DSI"]}})
		change(powers.OrgChange{Kind: powers.Dissolve, Units: []id.ID{c.Units["AGENCE"]}})
		m := powers.Now(now.Now().AddDate(0, 0, 1)).On(today)
		for code, want := range map[string]id.ID{"DIR-DPE": one, "AG-DPE": two} {
			s, err := powers.PostAt(ctx, c.DB.Readers, c.Posts[code], m)
			if err != nil || s.Unit != want || s.Head != (code == "DIR-DPE") || len(s.Current) != 1 {
				t.Errorf("%s after the split: %+v, %v", code, s, err)
			}
		}
		dvd, err := powers.UnitAt(ctx, c.DB.Readers, c.Units["DVD"], m, true, 0)
		if err != nil || dvd.Name != "Direction des mobilités" || len(dvd.Names) != 2 {
			t.Errorf("renamed: %+v, %v", dvd, err)
		}
		mission, err := powers.UnitAt(ctx, c.DB.Readers, c.Units["MISSION"], m, true, 0)
		if err != nil || mission.Parent != c.Units["DSI"] {
			t.Errorf("moved: %+v, %v", mission, err)
		}
		if _, err := powers.PostAt(ctx, c.DB.Readers, c.Posts["DIR-AGENCE"], m); fault.KindOf(err) != fault.NotFound {
			t.Errorf("the agency was dissolved: %v", err)
		}
		if s, err := powers.PostAt(ctx, c.DB.Readers, c.Posts["DIR-AGENCE"], m.On("2018-03-11")); err != nil || len(s.Current) != 1 {
			t.Errorf("the agency the day before: %v", err)
		}
	})
}

// Only the maker of the engine can lay the foundations, and only until a profile is installed.
func TestFounderOnlyBeforeTheFirstProfile(t *testing.T) {
	each(t, func(t *testing.T, c *powerstest.City, now *clock.Set) {
		found := func(by act.Actor) error {
			return c.Try(by, func(tx *act.Tx) error {
				_, err := powers.AddPerson(tx, powers.NewPerson{Family: "X"})
				return err
			})
		}
		for name, by := range map[string]act.Actor{
			"an agent":                      c.Agent("SG"),
			"a machine":                     {Kind: act.System},
			"a machine with a guess":        {Kind: act.System, Account: "founder"},
			"a resident":                    {Kind: act.Resident, Account: c.Founder.Account},
			"a machine set off by no one":   {Kind: act.System, SetOffBy: "nothing"},
			"the founder of another engine": founderOfAnother(),
		} {
			if err := found(by); fault.KindOf(err) != fault.Denied {
				t.Errorf("%s may found: %v", name, err)
			}
		}
		if err := found(c.Founder); err != nil {
			t.Fatal(err)
		}
		if err := c.Try(c.Founder, func(tx *act.Tx) error { _, err := tx.Allow(act.Ask{Verb: "portfolio.note.write"}); return err }); fault.KindOf(err) != fault.Denied {
			t.Errorf("the founder does other things: %v", err)
		}
		c.Install(t, c.Founder, powers.MunicipalTeam, powerstest.Dawn)
		if err := found(c.Founder); fault.KindOf(err) != fault.Denied {
			t.Errorf("the founder goes on: %v", err)
		}
		if err := found(c.Agent("SG")); err != nil {
			t.Errorf("the secretary general may now: %v", err)
		}
	})
}

func founderOfAnother() act.Actor {
	_, founder := powers.NewEngine(nil)
	return founder
}

// Erasing a name leaves no trace of it, and everything else as it was.
func TestEraseName(t *testing.T) {
	each(t, func(t *testing.T, c *powerstest.City, now *clock.Set) {
		c.Do(t, c.Founder, func(tx *act.Tx) error { return powers.EraseName(tx, c.Persons["CHARGE"]) })
		p, err := powers.PersonByID(context.Background(), c.DB.Readers, c.Persons["CHARGE"])
		if err != nil || p.Name() != "" || !p.Erased {
			t.Fatalf("%+v, %v", p, err)
		}
		if _, err := powers.PersonOfMatricule(context.Background(), c.DB.Readers, "M-CHARGE"); fault.KindOf(err) != fault.NotFound {
			t.Fatalf("the matricule is still there: %v", err)
		}
		s, err := powers.PostAt(context.Background(), c.DB.Readers, c.Posts["CHARGE"], powers.Now(now.Now().AddDate(0, 0, 1)))
		if err != nil || len(s.Current) != 1 {
			t.Fatalf("the post is no longer held: %v", err)
		}
		for _, a := range acts(t, c.DB, 0) {
			if strings.Contains(a, "Camille") || strings.Contains(a, "N° CHARGE") || strings.Contains(a, "M-CHARGE") {
				t.Fatal("a name is in the log")
			}
		}
	})
}

// Names are read by agents; the public reads those of posts that carry one.
func TestNamesShownToThePublic(t *testing.T) {
	each(t, func(t *testing.T, c *powerstest.City, now *clock.Set) {
		m := powers.Now(now.Now().AddDate(0, 0, 1))
		for _, names := range []bool{true, false} {
			s, err := powers.PostFor(context.Background(), c.DB.Readers, c.Posts["CHARGE"], m, names)
			if err != nil || (s.Current[0].Who.Name() != "") != names || (s.All[0].Who.Name() != "") != names {
				t.Errorf("names %v: %+v, %v", names, s, err)
			}
		}
	})
}

// The diagrams under docs/generated are those of the tables; -update is UPDATE=1 in the environment.
func TestStateDiagramsAreFresh(t *testing.T) {
	path := filepath.Join("..", "..", "docs", "generated", "powers-states.md")
	want := powers.StateDiagrams()
	if os.Getenv("UPDATE") != "" {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s is stale: run UPDATE=1 go test ./internal/powers", path)
	}
}
