package search_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"
	"time"

	"parvis/internal/act"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/id"
	"parvis/internal/search"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var monday = time.Date(2018, 3, 12, 8, 0, 0, 0, time.UTC)

type city struct {
	t  testing.TB
	db *db.DB
}

func each(t *testing.T, test func(t *testing.T, c city)) {
	dbtest.EachAt(t, clock.At(monday), func(t *testing.T, d *db.DB) { test(t, city{t, d}) })
}

func (c city) put(docs ...search.Doc) {
	c.t.Helper()
	for _, d := range docs {
		if d.Visibility == "" {
			d.Visibility = act.Public
		}
		if d.Ref.Type == "" {
			d.Ref.Type = "project"
		}
		if err := c.db.Writer.Traffic(context.Background(), func(tx *db.Tx) error { return search.Put(tx, d) }); err != nil {
			c.t.Fatal(err)
		}
	}
}

func (c city) search(q search.Query) search.Results {
	c.t.Helper()
	if q.Now.IsZero() {
		q.Now = monday
	}
	r, err := search.Search(context.Background(), c.db.Readers, q)
	if err != nil {
		c.t.Fatal(err)
	}
	return r
}

// find gives the ids found for a text by a visitor.
func (c city) find(text string) []string {
	c.t.Helper()
	return ids(c.search(search.Query{Text: text}))
}

func ids(r search.Results) []string {
	var all []string
	for _, h := range r.Hits {
		all = append(all, string(h.Ref.ID))
	}
	return all
}

func titled(name, title string) search.Doc {
	return search.Doc{Ref: act.Ref{ID: id.ID(name)}, Title: title, Updated: monday}
}

func TestSpellingsThatMeanTheSameAreFound(t *testing.T) {
	each(t, func(t *testing.T, c city) {
		c.put(titled("eco", "Végétalisation de l’école maternelle"), titled("coeur", "Le Cœur d'Îlot Saint-Éloi"),
			titled("prive", "Jardins privés ouverts aux habitants"), titled("auj", "Aujourd’hui, qu’est-ce qu’un tiers-lieu ?"),
			titled("num", "Projet P-2026-142 : rénover le 20e"), titled("ete", "Un été à la plage"))
		for query, want := range map[string]string{
			"école": "eco", "ECOLE": "eco", "ecoles": "eco", "vegetaliser": "eco", "végétalisations": "eco", "l'école": "eco", "d’école": "eco",
			"coeur": "coeur", "cœur": "coeur", "COEUR îlot": "coeur", "saint eloi": "coeur", "Saint-Éloi": "coeur",
			"privée": "prive", "prives": "prive", "jardin": "prive", "habitant": "prive",
			"aujourd'hui": "auj", "tiers lieux": "auj", "tiers-lieu": "auj",
			"P-2026-142": "num", "20e": "num", "rénovation": "num", "été": "ete", "ete": "ete",
			"la plage": "ete", "plages de l'été": "ete", "vég": "eco", "école mat": "eco", "matern": "eco",
		} {
			if diff := cmp.Diff([]string{want}, c.find(query)); diff != "" {
				t.Errorf("%q: %s", query, diff)
			}
		}
		for _, query := range []string{"", " ", "?!", "''", "\"\"", "école plage", "mat école", "\x00", "% _ ' -- ;"} {
			if got := c.find(query); len(got) > 0 {
				t.Errorf("%q found %v", query, got)
			}
		}
	})
}

func TestEnglishIsStemmedToo(t *testing.T) {
	each(t, func(t *testing.T, c city) {
		d := titled("en", "Planting trees in the schoolyards")
		d.Lang = "en"
		c.put(d)
		for _, query := range []string{"plant", "tree", "schoolyard", "planted trees", "the trees"} {
			if diff := cmp.Diff([]string{"en"}, c.find(query)); diff != "" {
				t.Errorf("%q: %s", query, diff)
			}
		}
	})
}

func TestAPhraseIsFoundAsItStands(t *testing.T) {
	each(t, func(t *testing.T, c city) {
		c.put(titled("a", "Place de la République"), titled("b", "La République en place"))
		for query, want := range map[string][]string{
			`"place de la république"`: {"a"}, `« République en place »`: {"b"}, `“la republique”`: {"a", "b"}, `"république place"`: nil,
			`"place`: {"a", "b"},
		} {
			got := c.search(search.Query{Text: query})
			if len(ids(got)) != len(want) || got.Total != len(want) || len(want) == 1 && ids(got)[0] != want[0] {
				t.Errorf("%s: %v (%d), want %v", query, ids(got), got.Total, want)
			}
		}
	})
}

func TestRanking(t *testing.T) {
	each(t, func(t *testing.T, c city) {
		body := func(name, title, text string) search.Doc {
			d := titled(name, title)
			d.Body = text
			return d
		}
		old := titled("old", "Vélos partagés")
		old.Updated = monday.AddDate(-10, 0, 0)
		tag := titled("tag", "Autre chose")
		tag.Keywords = "kiosque"
		c.put(titled("new", "Vélos partagés"), old, body("body", "Autre", "On y parle aussi de kiosque."), titled("title", "Le kiosque"), tag,
			body("long", "Un titre fort long qui énumère maintes choses dont un banc, une table, un mur et un puits", ""), titled("short", "Un banc"))
		for i := range 10 {
			c.put(body(fmt.Sprint("often", i), "Fontaine commune", "fontaine"))
		}
		c.put(body("rare", "Fontaine", "girafe"))
		for query, want := range map[string]string{
			"vélos": "new old", "kiosque": "title tag body", "banc": "short long", "fontaine girafe": "rare", "kios": "title tag body",
		} {
			if got := strings.Join(c.find(query), " "); got != want {
				t.Errorf("%q: %s, want %s", query, got, want)
			}
		}
		boosted := titled("boosted", "Un banc")
		boosted.Boost = 3
		c.put(boosted)
		if got := c.find("banc"); got[0] != "boosted" {
			t.Errorf("boosted: %v", got)
		}
	})
}

func TestWhatIsNotForTheReaderIsNotFoundNorCounted(t *testing.T) {
	each(t, func(t *testing.T, c city) {
		internal, draft := titled("internal", "Budget secret"), titled("draft", "Budget secret")
		internal.Visibility, draft.Visibility = act.Internal, "brouillon"
		c.put(titled("public", "Budget public"), internal, draft)
		for reader, want := range map[act.ActorKind]int{"": 1, act.Resident: 1, act.Agent: 2} {
			r := c.search(search.Query{Text: "budget", Reader: reader})
			if len(r.Hits) != want || r.Total != want || r.Types[0].N != want {
				t.Errorf("reader %q found %v, total %d, %v", reader, ids(r), r.Total, r.Types)
			}
		}
		if r := c.search(search.Query{Text: "secrey"}); r.Corrected != "" || r.Total != 0 {
			t.Errorf("a visitor was told of %q", r.Corrected)
		}
		published := internal
		published.Visibility = act.Public
		c.put(published)
		if got := c.find("secret"); len(got) != 1 {
			t.Errorf("after publication: %v", got)
		}
		published.Visibility = "brouillon"
		c.put(published)
		if r := c.search(search.Query{Text: "secret", Reader: act.Agent}); r.Total != 0 {
			t.Errorf("a thing withdrawn to a draft is found: %v", ids(r))
		}
	})
}

func TestWhatIsKeptFromOneReaderIsNotFoundNorCounted(t *testing.T) {
	each(t, func(t *testing.T, c city) {
		kept, other, published := titled("kept", "Budget gardé"), titled("other", "Budget ouvert"), titled("published", "Budget voté")
		kept.Visibility, other.Visibility = act.Internal, act.Internal
		c.put(kept, other, published)
		from := map[act.Ref]bool{{Type: "project", ID: "kept"}: true, {Type: "project", ID: "published"}: true}
		for _, s := range []struct {
			text string
			kept map[act.Ref]bool
			want int
		}{{"budget", nil, 3}, {"budget", from, 2}, {"« budget gardé »", nil, 1}, {"« budget gardé »", from, 0}, {"garde", from, 0}, {"voté", from, 1}} {
			r := c.search(search.Query{Text: s.text, Reader: act.Agent, Kept: s.kept})
			if counted(r) != s.want || r.Total != s.want || len(r.Hits) != s.want {
				t.Errorf("%s, %d things kept: found %v, total %d, %v", s.text, len(s.kept), ids(r), r.Total, r.Types)
			}
		}
		if r := c.search(search.Query{Text: "gardee budgef", Reader: act.Agent, Kept: from}); r.Corrected != "" || r.Total != 0 {
			t.Errorf("what is kept was found by a correction: %q, %v", r.Corrected, ids(r))
		}
	})
}

func counted(r search.Results) (n int) {
	for _, c := range r.Types {
		n += c.N
	}
	return n
}

func TestABilingualThingIsFoundOnceInTheReadersLanguage(t *testing.T) {
	each(t, func(t *testing.T, c city) {
		fr, en, only := titled("1", "Transport et action"), titled("1", "Transport and action"), titled("2", "Transport en commun")
		fr.Lang, en.Lang = "fr", "en"
		c.put(fr, en, only)
		for lang, want := range map[string]string{"fr": "fr", "en": "en"} {
			r := c.search(search.Query{Text: "transport action", Lang: lang})
			if len(r.Hits) != 1 || r.Hits[0].Lang != want {
				t.Errorf("in %s: %+v", lang, r.Hits)
			}
		}
		hidden, shown := titled("3", "Passage action"), titled("3", "Passage action")
		hidden.Lang, hidden.Visibility, shown.Lang = "en", act.Internal, "fr"
		c.put(hidden, shown)
		if r := c.search(search.Query{Text: "passage", Lang: "en"}); r.Total != 1 || r.Hits[0].Lang != "fr" {
			t.Errorf("a text that the reader may not see hides the one that they may: %v", r.Hits)
		}
		if r := c.search(search.Query{Text: "passage", Lang: "en", Reader: act.Agent}); r.Total != 1 || r.Hits[0].Lang != "en" {
			t.Errorf("an agent finds %v", r.Hits)
		}
		if r := c.search(search.Query{Text: "commun", Lang: "en"}); r.Total != 1 {
			t.Error("a thing that is only in French is not found by an English reader")
		}
		if err := c.db.Writer.Traffic(context.Background(), func(tx *db.Tx) error { return search.Remove(tx, act.Ref{Type: "project", ID: "1"}) }); err != nil {
			t.Fatal(err)
		}
		if got := c.find("transport action"); len(got) > 0 {
			t.Errorf("removed and found: %v", got)
		}
	})
}

func TestAMistypedWordIsCorrectedAndSaidSo(t *testing.T) {
	each(t, func(t *testing.T, c city) {
		c.put(titled("a", "Végétalisation des cours"), titled("b", "Pistes cyclables"))
		for query, want := range map[string]string{"vegetalistion": "vegetalisation", "pitses cyclables": "pistes cyclables", "ciclable": "cyclables"} {
			r := c.search(search.Query{Text: query})
			if r.Corrected != want || len(r.Hits) != 1 {
				t.Errorf("%q: corrected %q, %v", query, r.Corrected, ids(r))
			}
		}
		for _, query := range []string{"xyzzy", "velo", "piste"} {
			if r := c.search(search.Query{Text: query}); r.Corrected != "" {
				t.Errorf("%q was corrected to %q", query, r.Corrected)
			}
		}
	})
}

func TestWhatWasFoundIsMarked(t *testing.T) {
	each(t, func(t *testing.T, c city) {
		d := titled("a", "L’École & <b>cours</b>")
		d.Body = strings.Repeat("mot ", 100) + "puis les écoles de la ville " + strings.Repeat("fin ", 100)
		c.put(d)
		r := c.search(search.Query{Text: "ecole"})
		want := []search.Piece{{Text: "L’"}, {Text: "École", Mark: true}, {Text: " & <b>cours</b>"}}
		if diff := cmp.Diff(want, r.Hits[0].Title); diff != "" {
			t.Error(diff)
		}
		excerpt := joined(r.Hits[0].Excerpt)
		if !strings.HasPrefix(excerpt, "… mot mot") || !strings.Contains(excerpt, "les [écoles] de") || !strings.HasSuffix(excerpt, "fin …") || len(strings.Fields(excerpt)) > 40 {
			t.Errorf("excerpt %q", excerpt)
		}
	})
}

func joined(pieces []search.Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		if p.Mark {
			p.Text = "[" + p.Text + "]"
		}
		b.WriteString(p.Text)
	}
	return b.String()
}

func TestPagesAndTypesAgree(t *testing.T) {
	each(t, func(t *testing.T, c city) {
		for i := range 25 {
			d := titled(fmt.Sprintf("%02d", i), "Square commun")
			d.Ref.Type = []string{"project", "meeting", "project"}[i%3]
			c.put(d)
		}
		all := c.search(search.Query{Text: "square", Limit: 50})
		if diff := cmp.Diff([]search.Count{{Type: "project", N: 17}, {Type: "meeting", N: 8}}, all.Types); diff != "" {
			t.Error(diff)
		}
		var paged []string
		for offset := 0; offset < 25; offset += 10 {
			paged = append(paged, ids(c.search(search.Query{Text: "square", Limit: 10, Offset: offset}))...)
		}
		if diff := cmp.Diff(ids(all), paged); diff != "" {
			t.Error(diff)
		}
		meetings := c.search(search.Query{Text: "square", Type: "meeting"})
		if meetings.Total != 8 || len(meetings.Hits) != 8 || len(meetings.Types) != 2 {
			t.Errorf("meetings: %d of %d, %v", len(meetings.Hits), meetings.Total, meetings.Types)
		}
		if r := c.search(search.Query{Text: "square", Limit: 1e9, Offset: -4}); len(r.Hits) != 25 {
			t.Errorf("limits out of bounds: %d", len(r.Hits))
		}
	})
}

func TestRebuildReplacesEverythingOfAType(t *testing.T) {
	each(t, func(t *testing.T, c city) {
		other := titled("other", "Ancien")
		other.Ref.Type = "meeting"
		c.put(titled("gone", "Ancien"), titled("kept", "Ancien"), other)
		docs := func(fail error) iter.Seq2[search.Doc, error] {
			return func(yield func(search.Doc, error) bool) {
				d := titled("kept", "Nouveau")
				d.Ref.Type, d.Visibility = "project", act.Public
				if yield(d, nil) && fail != nil {
					yield(search.Doc{}, fail)
				}
			}
		}
		broken := errors.New("broken")
		if err := search.Rebuild(context.Background(), c.db.Writer, "project", docs(broken)); !errors.Is(err, broken) {
			t.Errorf("got %v", err)
		}
		if got := c.find("ancien"); len(got) != 3 {
			t.Errorf("a rebuild that failed removed something: %v", got)
		}
		if err := search.Rebuild(context.Background(), c.db.Writer, "project", docs(nil)); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"other"}, c.find("ancien")); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]string{"kept"}, c.find("nouveau")); diff != "" {
			t.Error(diff)
		}
	})
}

// Whatever is put is found by each of its words, and by nothing it does not hold.
func TestWhateverIsPutIsFoundByItsWords(t *testing.T) {
	d := dbtest.SQLite(t, clock.At(monday))
	c := city{t, d}
	words := rapid.SampledFrom([]string{"arbre", "Arbres", "école", "L’île", "œuvre", "cœur-de-ville", "12e", "naïf", "Ça", "zone", "eau"})
	rapid.Check(t, func(rt *rapid.T) {
		title := rapid.SliceOfN(words, 1, 6).Draw(rt, "title")
		c.put(titled("x", strings.Join(title, " ")))
		for _, w := range title {
			if got := c.find(w); len(got) != 1 {
				rt.Fatalf("%q is not found in %q", w, title)
			}
		}
		if got := c.find("quartz"); len(got) != 0 {
			rt.Fatalf("quartz is found in %q", title)
		}
	})
}

func FuzzQueriesNeverFail(f *testing.F) {
	d := dbtest.SQLite(f, clock.At(monday))
	c := city{f, d}
	c.put(titled("a", "Végétalisation de l’école"))
	for _, s := range []string{`"a b`, `« »`, "l'", "œ\x00", "a\xff", strings.Repeat("é ", 300), "'; DROP TABLE act --"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, err := search.Search(context.Background(), d.Readers, search.Query{Text: text, Now: monday})
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if len(r.Hits) != r.Total {
			t.Errorf("%q: %d hits, total %d", text, len(r.Hits), r.Total)
		}
	})
}
