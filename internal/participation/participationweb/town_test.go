package participationweb_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"parvis/internal/act/acttest"
	"parvis/internal/blob"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/geo"
	"parvis/internal/identity"
	"parvis/internal/participation"
	"parvis/internal/participation/pabulib"
	"parvis/internal/participation/participationweb"
	"parvis/internal/participation/tally"
	"parvis/internal/web"
	"parvis/internal/web/webtest"
)

// town is a city with votes on a real database, and a site over them.
type town struct {
	*testing.T
	ctx   context.Context
	db    *db.DB
	room  *participation.Room
	site  *web.Site
	clock *clock.Set
}

var (
	mission = acttest.Agent("p-mission")
	agent   = identity.Visitor{Kind: identity.Agent, Account: "cpt-p-mission", Name: "Mission", Posts: []identity.PostRef{{ID: "p-mission", Title: "Mission"}}}
	proved  = func() identity.Visitor { v := agent; v.StrongAt = webtest.Now; return v }()
	nobody  = identity.Visitor{}
)

func forEachTown(t *testing.T, test func(*town)) {
	at := clock.At(webtest.Now)
	dbtest.EachAt(t, at, func(t *testing.T, d *db.DB) {
		at.Move(webtest.Now)
		blobs, err := blob.Open(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		w := &town{T: t, ctx: context.Background(), db: d, clock: at}
		w.room = participation.New(participation.Config{Log: acttest.Log(t, d, participation.Verbs()), Reads: d.Readers, Writer: d.Writer, Blobs: blobs, Clock: at})
		layer := geo.NewLayer([]geo.Feature{{ID: "centre", Shape: geo.Shape{{{{Lon: 1, Lat: 47}, {Lon: 1.2, Lat: 47}, {Lon: 1.2, Lat: 47.4}, {Lon: 1, Lat: 47.4}, {Lon: 1, Lat: 47}}}}}})
		pages := participationweb.New(participationweb.Config{Room: w.room, Layer: layer, Origin: webtest.Origin})
		cfg := webtest.Config(t, pages.Routes(), participationweb.Messages, pabulib.Messages, tally.Messages)
		cfg.Resolvers = pages.Resolvers()
		w.site = webtest.New(t, cfg)
		test(w)
		acttest.Clean(t, d)
	})
}

// vote is an election to hold: its ballots by turns, its rule, its lots' terms.
type vote struct {
	kind    string // approval, ordinal, scoring
	n       int
	ballots []string
	preset  string
	edit    func(*tally.Document)
}

const candidates = "project_id;cost;name;category;neighborhood;latitude;longitude\n" +
	"a;30;Ombre dans la cour;Écoles;Centre;47.30;1.10\nb;25;Bancs du marché;Espace public;Halles;47.31;1.09\nc;45;Skatepark;Sport;Centre;;\n" +
	"d;10;Nichoirs;Nature;Halles;47.20;1.15\ne;20;Arrosage;Nature;Gare;;\nf;999999999;Passerelle;Rues;Gare;;\n"

// file writes the ballots of a vote.
func (v vote) file(district string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "META\nkey;value\ndescription;Budget d’essai\ncountry;France\nunit;Valmont\ninstance;2017\ndistrict;%s\nnum_projects;6\nnum_votes;%d\nbudget;100\n", district, v.n)
	fmt.Fprintf(&b, "vote_type;%s\nrule;greedy\ndate_begin;04.09.2017\ndate_end;24.09.2017\ncurrency;EUR\n", v.kind)
	head := "voter_id;vote"
	if v.kind == "scoring" {
		b.WriteString("min_points;0\nmax_points;3\n")
		head += ";points"
	}
	b.WriteString("PROJECTS\n" + candidates + "VOTES\n" + head + "\n")
	for i := range v.n {
		fmt.Fprintf(&b, "v%d;%s\n", i, strings.ReplaceAll(v.ballots[i%len(v.ballots)], "|", ";"))
	}
	return b.String()
}

// published holds a vote of as many lots as it is given districts.
func (w *town) published(v vote, districts ...string) participation.Sheet {
	w.Helper()
	s := w.counted(v, districts...)
	if _, err := w.room.PublishResult(w.ctx, mission, s.ID, s.Version); err != nil {
		w.Fatal(err)
	}
	return w.sheet(s)
}

func (w *town) counted(v vote, districts ...string) participation.Sheet {
	w.Helper()
	var s participation.Staged
	var err error
	for _, d := range districts {
		if s, err = w.room.Stage(w.ctx, agent, participation.Bring{Import: s.ID, File: d + ".pb", In: strings.NewReader(v.file(d))}); err != nil {
			w.Fatal(err)
		}
	}
	e, err := w.room.ImportElection(w.ctx, agent, mission, participation.Import{Staged: s.ID, Title: "Budget d’essai", Lang: "fr", Source: "Essai"})
	if err != nil {
		w.Fatal(err)
	}
	read := w.sheet(participation.Sheet{Election: e})
	d, err := w.room.ProposeRules(w.ctx, e, read.Lots, v.preset)
	if err != nil {
		w.Fatal(err)
	}
	if d.Publish.WhatIf = true; v.edit != nil {
		v.edit(d)
	}
	if _, err := w.room.FreezeRules(w.ctx, mission, participation.Freeze{Election: e.ID, Version: e.Version, Rules: string(d.Canonical())}); err != nil {
		w.Fatalf("%s: %v", d.Rule, err)
	}
	if err := w.room.CountElection(w.ctx, e.ID); err != nil {
		w.Fatalf("%s: %v", d.Rule, err)
	}
	return w.sheet(read)
}

func (w *town) sheet(s participation.Sheet) participation.Sheet {
	w.Helper()
	out, err := w.room.Sheet(w.ctx, agent, string(s.ID))
	if err != nil {
		w.Fatal(err)
	}
	return out
}

// get opens a page, which must be sound and say everything.
func (w *town) get(v identity.Visitor, path string, want int) string {
	w.Helper()
	answer := webtest.Do(w.site, webtest.Scenario{URL: path, As: v})
	body := answer.Body.String()
	if answer.Code != want {
		w.Errorf("%s: status %d, want %d", path, answer.Code, want)
	}
	if i := strings.Index(body, "⟦"); i >= 0 {
		w.Errorf("%s: something is not said: %.60s", path, body[i:])
	}
	if answer.Code == http.StatusOK && strings.HasPrefix(answer.Header().Get("Content-Type"), "text/html") {
		checkPage(w.T, path, answer.Body.Bytes())
	}
	return body
}
