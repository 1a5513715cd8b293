package workspace_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/i18n"
	"parvis/internal/portfolio"
	"parvis/internal/portfolio/strategy"
	"parvis/internal/search"
	"parvis/internal/workspace"
)

// found lists the titles that a reader finds.
func (c *city) finds(text string, reader act.ActorKind) []string {
	c.Helper()
	r, err := search.Search(c.ctx, c.db.Readers, search.Query{Text: text, Lang: "fr", Reader: reader, Now: c.clock.Now()})
	c.ok(err)
	var titles []string
	for _, h := range r.Hits {
		var title strings.Builder
		for _, p := range h.Title {
			title.WriteString(p.Text)
		}
		if path := c.table.URL("fr", h.Route, "x"); path[0] != '/' {
			c.Errorf("%s leads to no page: %s", title.String(), h.Route)
		}
		titles = append(titles, h.Ref.Type+" "+title.String())
	}
	return titles
}

func TestWhatHappensCanBeFoundByThoseWhoMayReadIt(t *testing.T) {
	each(t, func(c *city) {
		c.found()
		i := c.signalled()
		lead := c.accepted(i, "DPE", "DIR-DPE")
		_, err := c.room.OfferPart(c.ctx, c.agent("CHEF-MVI"), portfolio.Offer{Initiative: i.ID, Unit: c.unit("DSI"), Role: portfolio.Consult})
		c.ok(err)
		c.letters()
		mine := "initiative Collecte guidée par capteurs"
		if got := c.finds("capteurs", act.Agent); !slices.Equal(got, []string{mine}) {
			c.Errorf("agents find %v", got)
		}
		if got := c.finds("capteurs", ""); len(got) != 0 {
			c.Errorf("everybody finds what is internal: %v", got)
		}
		asked, err := c.room.AskArbitration(c.ctx, c.agent("CHEF-MVI"), portfolio.AskForm{Initiative: i.ID, Case: portfolio.Case{Question: "Généraliser les sondes ?",
			Options: []portfolio.Option{{Label: "Oui"}, {Label: "Non"}}, Asked: []portfolio.AskedPost{{Post: c.post("SGV"), Capacity: portfolio.Decides}}}})
		c.ok(err)
		c.ok(c.publish(i))
		c.letters()
		if got := c.finds("sondes", act.Agent); len(got) != 1 || len(c.finds("sondes", "")) != 0 {
			c.Errorf("a question is found by agents alone: %v", got)
		}
		if got := c.finds("capteurs propreté", ""); !slices.Equal(got, []string{mine}) {
			c.Errorf("by its directorate, everybody finds %v", got)
		}
		if got := c.finds("capteurs informatique", ""); len(got) != 0 {
			c.Errorf("a directorate that has not answered is no word of it: %v", got)
		}
		decided, err := c.room.DecideArbitration(c.ctx, c.agent("SGV"), c.decision(asked, lead))
		c.ok(err)
		c.ok(c.publishDecision(decided))
		c.letters()
		if got := c.finds("sondes", ""); len(got) != 1 {
			c.Errorf("everybody finds what was decided and published: %v", got)
		}
		s, err := c.room.Sheet(c.ctx, insider, string(i.ID))
		c.ok(err)
		_, err = c.room.WithdrawInitiative(c.ctx, c.agent("CHEF-MVI"), i.ID, s.Version, "Fait double emploi")
		c.ok(err)
		c.letters()
		if got := append(c.finds("capteurs", act.Agent), c.finds("sondes", act.Agent)...); len(got) != 0 {
			c.Errorf("what was withdrawn is found: %v", got)
		}
	})
}

func TestRebuildFindsTheSame(t *testing.T) {
	each(t, func(c *city) {
		c.found()
		i := c.signalled()
		_, err := c.room.AskArbitration(c.ctx, c.agent("CHEF-MVI"), portfolio.AskForm{Initiative: i.ID, Case: portfolio.Case{Question: "Généraliser la collecte ?",
			Options: []portfolio.Option{{Label: "Oui"}, {Label: "Non"}}, Asked: []portfolio.AskedPost{{Post: c.post("SGV"), Capacity: portfolio.Decides}}}})
		c.ok(err)
		c.letters()
		words := []string{"collecte", "voirie", "bacs", "cheffe", "mission", "VAL", "généraliser"}
		before := map[string][]string{}
		for _, w := range words {
			before[w] = c.finds(w, act.Agent)
			slices.Sort(before[w])
		}
		c.clock.Advance(1e9)
		c.ok(c.work.Rebuild(c.ctx))
		for _, w := range words {
			after := c.finds(w, act.Agent)
			slices.Sort(after)
			if !slices.Equal(before[w], after) || w != "VAL" && len(after) == 0 {
				c.Errorf("%s: found %v by facts, %v once rebuilt", w, before[w], after)
			}
		}
		if got := c.finds("généraliser", ""); len(got) != 0 {
			c.Errorf("a question is not public: %v", got)
		}
	})
}

// A strategy and its indicators are found by what they aim at: a draft by those who work for the city, what is public
// by everybody, and a text that is effaced by nobody. An index that is made again finds the same.
func TestStrategiesAreFound(t *testing.T) {
	each(t, func(c *city) {
		c.found()
		chief := c.agent("CHEF-MVI")
		s, err := c.aims.Write(c.ctx, chief, strategy.Write{Title: strategy.Words{FR: "Plan fraîcheur"}, Purpose: strategy.Words{FR: "Tenir la canicule, disait Mme Untel"},
			Kind: strategy.StrategicPlan, From: "2018-01-01"})
		c.ok(err)
		n, err := c.aims.SetNode(c.ctx, chief, strategy.SetNode{Strategy: s.ID, Code: "1", Title: strategy.Words{FR: "Ombrager les écoles"}, Kind: strategy.NodeKinds()[0]})
		c.ok(err)
		_, err = c.aims.SetIndicator(c.ctx, chief, strategy.SetIndicator{Objective: n.Objective, Title: strategy.Words{FR: "Cours plantées"}, Unit: "cours", Direction: strategy.Up,
			Baseline: "0", BaselineAt: "2017", Method: "Compter les arbres", Source: "Relevé", Frequency: strategy.Yearly})
		c.ok(err)
		c.letters()
		plan, planted := "strategy Plan fraîcheur", "indicator Cours plantées"
		looks := func(when string, wants map[string][2][]string) {
			c.Helper()
			for words, want := range wants {
				for n, reader := range []act.ActorKind{act.Agent, ""} {
					if got := c.finds(words, reader); !slices.Equal(got, want[n]) {
						c.Errorf("%s, %q by %q: %q, want %q", when, words, reader, got, want[n])
					}
				}
			}
		}
		inside := map[string][2][]string{"fraicheur": {{plan}, nil}, "ombrager": {{plan}, nil}, "plantees": {{planted}, nil}}
		looks("a draft", inside)
		c.ok(c.aims.Publish(c.ctx, chief, s.ID, s.Version))
		c.letters()
		public := map[string][2][]string{"fraicheur": {{plan}, {plan}}, "ombrager": {{plan}, {plan}}, "untel": {{plan}, {plan}}, "plantees": {{planted}, nil}}
		looks("public", public)
		c.clock.Advance(1e9)
		c.ok(c.work.Rebuild(c.ctx))
		looks("made again", public)
		c.effaceIn(act.Forgotten{Subject: s.Ref(), Name: "purpose", Body: "Tenir la canicule, disait Mme Untel"}, c.aims.EffaceCopies, c.work.EffaceCopies)
		looks("effaced, before the facts", map[string][2][]string{"untel": {nil, nil}})
		c.letters()
		looks("effaced", map[string][2][]string{"untel": {nil, nil}, "ombrager": {{plan}, {plan}}})
	})
}

// effaceIn takes a text out of the copies that rooms keep, as its effacement does.
func (c *city) effaceIn(f act.Forgotten, copies ...act.Copies) {
	c.Helper()
	_, err := act.Do(c.ctx, c.log, c.agent("SGV"), func(tx *act.Tx) (int, error) {
		var rows []act.Row
		for _, take := range copies {
			more, err := take(tx, f)
			if err != nil {
				return 0, err
			}
			rows = append(rows, more...)
		}
		g, err := tx.Allow(act.Ask{Verb: "act.text.erase", Object: f.Subject})
		tx.Record(g, act.Act{Verb: "act.text.erase", Object: f.Subject, Rows: rows})
		return len(rows), err
	})
	c.ok(err)
}

// Every message that the sources name is there, and every message that is there is named.
func TestMessagesAreAllThereAndAllUsed(t *testing.T) {
	catalog, err := i18n.Load(workspace.Messages)
	if err != nil {
		t.Fatal(err)
	}
	literal := regexp.MustCompile(`"(workspace\.[a-z_.]+)"`)
	named := map[string]bool{}
	files, _ := filepath.Glob("*")
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") || strings.HasSuffix(f, "_templ.go") || !strings.HasSuffix(f, ".go") && !strings.HasSuffix(f, ".templ") {
			continue
		}
		source, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range literal.FindAllStringSubmatch(string(source), -1) {
			named[m[1]] = true
		}
	}
	// Names of routes and consumers, which are written as keys are.
	for _, other := range []string{"workspace.letters", "workspace.index", "workspace.import.book"} {
		delete(named, other)
	}
	p := catalog.Printer("fr")
	for key := range named {
		if !strings.HasSuffix(key, ".") && !p.Has(key) && !p.Has(key+".other") {
			t.Errorf("no message %s", key)
		}
	}
	for _, key := range catalog.Keys("fr") {
		stem := strings.TrimSuffix(strings.TrimSuffix(key, ".one"), ".other")
		begun := false
		for l := range named {
			begun = begun || strings.HasSuffix(l, ".") && strings.HasPrefix(key, l)
		}
		if strings.HasPrefix(key, "workspace.") && !named[key] && !named[stem] && !begun {
			t.Errorf("nobody says %s", key)
		}
	}
}

// A city whose index was made by an older version of the program: what does not change is found once it was made again,
// which is asked for once, and done type by type.
func TestAnOlderIndexIsMadeAgain(t *testing.T) {
	each(t, func(c *city) {
		c.found()
		c.signalled()
		_, err := c.aims.Write(c.ctx, c.agent("CHEF-MVI"), strategy.Write{Title: strategy.Words{FR: "Plan fraîcheur"}, Purpose: strategy.Words{FR: "Tenir la canicule"}, Kind: strategy.StrategicPlan, From: "2018-01-01"})
		c.ok(err)
		traffic := func(statement string) {
			c.ok(c.db.Writer.Traffic(c.ctx, func(tx *db.Tx) error { return tx.Exec(statement) }))
		}
		jobs := func() int {
			n, err := db.One(c.ctx, c.db.Readers, db.Scalar[int], `SELECT COUNT(*) FROM job WHERE kind = $1`, workspace.RebuildKind)
			c.ok(err)
			return n
		}
		made := func() (types []string) {
			c.ok(c.work.RebuildStale(c.ctx, func(typ string, done int) { types = append(types, fmt.Sprint(typ, " ", done)) }))
			return types
		}
		traffic(`DELETE FROM op_search_made`) // no fact was delivered either: as after an upgrade
		if got := c.finds("canicule", act.Agent); len(got) != 0 {
			c.Fatalf("the index is not an old one: %v", got)
		}
		c.ok(c.work.AskRebuild(c.ctx))
		c.ok(c.work.AskRebuild(c.ctx))
		if n := jobs(); n != 1 {
			c.Errorf("asked %d times", n)
		}
		if got := made(); len(got) != 6 || !slices.Contains(got, "strategy 1") {
			c.Errorf("made again: %v", got)
		}
		if got := c.finds("canicule", act.Agent); len(got) != 1 {
			c.Errorf("found once made again: %v", got)
		}
		traffic(`UPDATE op_search_made SET version = 0 WHERE type = 'strategy'`)
		traffic(`DELETE FROM job`)
		c.ok(c.work.AskRebuild(c.ctx))
		if got := made(); jobs() != 1 || !slices.Equal(got, []string{"strategy 1"}) {
			c.Errorf("only strategies are of another version: %v", got)
		}
		traffic(`DELETE FROM job`)
		c.ok(c.work.AskRebuild(c.ctx))
		if got := made(); jobs() != 0 || len(got) != 0 || len(c.finds("canicule", act.Agent)) != 1 {
			c.Errorf("an index of this version is left alone: %d jobs, %v", jobs(), got)
		}
	})
}
