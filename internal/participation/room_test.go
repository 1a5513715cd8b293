package participation_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/blob"
	"parvis/internal/calendar"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/fact"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/participation"
	"parvis/internal/participation/tally"
)

const today = calendar.Day("2018-03-12")

// town is a city with a room of votes and nothing in it.
type town struct {
	testing.TB
	ctx   context.Context
	db    *db.DB
	blobs *blob.Store
	dir   string
	clock *clock.Set
	room  *participation.Room
}

var (
	mission   = acttest.Agent("p-mission")
	anonymous = identity.Visitor{}
	resident  = identity.Visitor{Kind: identity.Resident, Account: "habitante"}
	agent     = identity.Visitor{Kind: identity.Agent, Account: "cpt-p-mission", Posts: []identity.PostRef{{ID: "p-mission"}}}
	colleague = identity.Visitor{Kind: identity.Agent, Account: "cpt-p-voirie", Posts: []identity.PostRef{{ID: "p-voirie"}}}
)

func forEachTown(t *testing.T, test func(*town)) {
	at := clock.At(today.Clock(9, 0))
	dbtest.EachAt(t, at, func(t *testing.T, d *db.DB) {
		at.Move(today.Clock(9, 0))
		test(newTown(t, d, at, acttest.Allow))
		acttest.Clean(t, d)
	})
}

func newTown(t testing.TB, d *db.DB, at *clock.Set, decide act.Decider) *town {
	dir := t.TempDir()
	blobs, err := blob.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	w := &town{TB: t, ctx: context.Background(), db: d, blobs: blobs, dir: dir, clock: at}
	w.room = participation.New(participation.Config{Log: acttest.LogWith(t, d, decide, participation.Verbs()), Reads: d.Readers, Writer: d.Writer,
		Blobs: blobs, Clock: at})
	return w
}

// file writes a .pb file: one line of ballots for each given, "id,id" or "id,id|points".
func file(meta string, projects []string, ballots []string) string {
	fields := map[string]string{"description": "Budget participatif d’essai", "country": "France", "unit": "Valmont", "instance": "2017", "district": "Centre",
		"num_projects": fmt.Sprint(len(projects) - 1), "num_votes": fmt.Sprint(len(ballots)), "budget": "100", "vote_type": "approval", "rule": "greedy",
		"date_begin": "04.09.2017", "date_end": "24.09.2017", "currency": "EUR", "language": "fr"}
	for line := range strings.SplitSeq(meta, "\n") {
		if key, value, ok := strings.Cut(line, ";"); ok {
			fields[key] = value
		}
	}
	var b strings.Builder
	b.WriteString("META\nkey;value\n")
	for _, key := range []string{"description", "country", "unit", "instance", "district", "num_projects", "num_votes", "budget", "vote_type", "rule", "date_begin", "date_end",
		"currency", "language", "max_length", "min_points", "max_points"} {
		if fields[key] != "" {
			fmt.Fprintf(&b, "%s;%s\n", key, fields[key])
		}
	}
	b.WriteString("PROJECTS\n" + strings.Join(projects, "\n") + "\nVOTES\n")
	points := strings.Contains(strings.Join(ballots, ""), "|")
	b.WriteString("voter_id;vote;age;sex;voting_method;district")
	if points {
		b.WriteString(";points")
	}
	for i, ballot := range ballots {
		vote, given, _ := strings.Cut(ballot, "|")
		fmt.Fprintf(&b, "\nelecteur-%d;%s;%d;F;internet;Les Halles", 1000+7*i, vote, 20+i%60)
		if points {
			b.WriteString(";" + given)
		}
	}
	return b.String() + "\n"
}

func projects() []string {
	return []string{"project_id;cost;name;category;neighborhood;latitude;longitude;selected",
		"a;30;Ombre dans la cour;Écoles;Centre;47.30;1.10;1", "b;25;Bancs du marché;Espace public;Halles;47.31;1.09;1", "c;45;Skatepark;Sport;Centre;;;1",
		"d;10;Nichoirs;Nature;Halles;;;0", "e;20;Arrosage;Nature;Gare;;;0"}
}

// repeat gives n ballots by turns.
func repeat(n int, ballots ...string) (out []string) {
	for i := range n {
		out = append(out, ballots[i%len(ballots)])
	}
	return out
}

// hundred is a lot large enough to publish its ballots: a 60, b 60, c 40, d 40, e 0.
func hundred() string { return file("", projects(), repeat(100, "a,b", "a,b,c", "c,d", "a,d", "b")) }

func (w *town) stage(content string, strict bool, to id.ID) participation.Staged {
	w.Helper()
	s, err := w.room.Stage(w.ctx, agent, participation.Bring{Import: to, File: "lot.pb", Strict: strict, In: strings.NewReader(content)})
	if err != nil {
		w.Fatal(err)
	}
	return s
}

func (w *town) imported(contents ...string) participation.Sheet {
	w.Helper()
	var s participation.Staged
	for _, c := range contents {
		s = w.stage(c, true, s.ID)
	}
	e, err := w.room.ImportElection(w.ctx, agent, mission, participation.Import{Staged: s.ID, Title: "Budget participatif 2017", Lang: "fr", Source: "Fichiers de la Ville"})
	if err != nil {
		w.Fatal(err)
	}
	return w.sheet(e.ID)
}

func (w *town) sheet(election id.ID) participation.Sheet {
	w.Helper()
	s, err := w.room.Sheet(w.ctx, agent, string(election))
	if err != nil {
		w.Fatal(err)
	}
	return s
}

// rules are those of a preset for an election, changed by edit.
func (w *town) rules(s participation.Sheet, preset string, edit func(*tally.Document)) string {
	w.Helper()
	d, err := w.room.ProposeRules(w.ctx, s.Election, s.Lots, preset)
	if err != nil {
		w.Fatal(err)
	}
	if edit != nil {
		edit(d)
	}
	return string(d.Canonical())
}

func (w *town) frozen(preset string, edit func(*tally.Document), contents ...string) participation.Sheet {
	w.Helper()
	s := w.imported(contents...)
	if _, err := w.room.FreezeRules(w.ctx, mission, participation.Freeze{Election: s.ID, Version: s.Version, Rules: w.rules(s, preset, edit)}); err != nil {
		w.Fatal(describe(err))
	}
	return w.sheet(s.ID)
}

func (w *town) counted(preset string, edit func(*tally.Document), contents ...string) participation.Sheet {
	w.Helper()
	s := w.frozen(preset, edit, contents...)
	if err := w.room.CountElection(w.ctx, s.ID); err != nil {
		w.Fatal(describe(err))
	}
	return w.sheet(s.ID)
}

func (w *town) published(preset string, edit func(*tally.Document), contents ...string) participation.Sheet {
	w.Helper()
	s := w.counted(preset, edit, contents...)
	if _, err := w.room.PublishResult(w.ctx, mission, s.ID, s.Version); err != nil {
		w.Fatal(err)
	}
	return w.sheet(s.ID)
}

// lot reads one lot with its projects, by code.
func (w *town) lot(s participation.Sheet, code string) participation.LotSheet {
	w.Helper()
	l, err := w.room.LotSheet(w.ctx, s, code)
	if err != nil {
		w.Fatal(err)
	}
	return l
}

// winners are the codes of what was selected, in order.
func winners(l participation.LotSheet) string {
	out := make([]string, len(l.Projects))
	n := 0
	for _, p := range l.Projects {
		if p.Turn > 0 {
			out[p.Turn-1] = p.Code
			n++
		}
	}
	return strings.Join(out[:n], " ")
}

// acts counts what is recorded.
func (w *town) acts() int64 { return w.number(`SELECT COUNT(*) FROM act`) }

func (w *town) number(sql string, args ...any) int64 {
	w.Helper()
	n, err := db.One(w.ctx, w.db.Readers, db.Scalar[int64], sql, args...)
	if err != nil {
		w.Fatal(err)
	}
	return n
}

func (w *town) deliver() {
	w.Helper()
	relay, err := fact.NewRelay(w.db, w.clock, participation.Searching())
	if err != nil {
		w.Fatal(err)
	}
	if _, err := relay.Deliver(w.ctx); err != nil {
		w.Fatal(err)
	}
}

// describe says what a fault says of its fields.
func describe(err error) error {
	if f, ok := errors.AsType[*fault.Error](err); ok && len(f.Fields) > 0 {
		return fmt.Errorf("%w: %v", err, f.Fields)
	}
	return err
}

func refused(t testing.TB, err error, kind fault.Kind, key string) {
	t.Helper()
	if fault.KindOf(err) != kind {
		t.Errorf("got %v, want a fault of kind %v", err, kind)
		return
	}
	f, _ := errors.AsType[*fault.Error](err)
	if f != nil && key != "" && f.Key != key {
		for _, field := range f.Fields {
			if field.Key == key {
				return
			}
		}
		t.Errorf("got %s %v, want %s", f.Key, f.Fields, key)
	}
}
