package tally

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestPresets(t *testing.T) {
	for _, name := range Presets() {
		d, err := Preset(name)
		if err != nil {
			t.Fatal(name, err)
		}
		if err := d.CheckFreeze(); err == nil {
			t.Errorf("%s can be frozen without a lot", name)
		}
		d.Lots = []LotDocument{{ID: "ville", Budget: 1000}}
		if err := d.CheckFreeze(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Preset("tirage_au_sort"); err == nil {
		t.Error("an unknown preset is found")
	}
}

// The canonical form is TOML that says the same, and its hash depends on nothing but what it says.
func TestCanonical(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Document{Format: DocumentFormat, Title: rapid.String().Draw(t, "title"), Rule: "greedy_score", Currency: "EUR",
			Budget: rapid.Int64Range(0, 1000).Draw(t, "budget")}
		d.Ballot = BallotRules{Kind: "grades", Grades: rapid.SliceOfN(rapid.String(), 2, 4).Draw(t, "grades")}
		d.Rule = "majority_judgment"
		d.Conventions = Conventions{Missing: "worst", Fit: "stop", Order: []string{}}
		d.Lots = []LotDocument{{ID: "a", Name: rapid.String().Draw(t, "name"), Budget: 5}, {ID: "b", Seats: 2}}
		again, err := ReadDocument(bytes.NewReader(d.Canonical()))
		if err != nil {
			t.Fatalf("%v\n%s", err, d.Canonical())
		}
		if diff := cmp.Diff(&d, again); diff != "" {
			t.Fatal(diff)
		}
		if again.Hash() != d.Hash() {
			t.Fatal("two hashes of one document")
		}
	})
}

// The hash is published: it must not change with the program. Golden.
func TestHashIsStable(t *testing.T) {
	d, err := Preset("parts_egales")
	if err != nil {
		t.Fatal(err)
	}
	const want = "1f5be2d94bf9ec0793de3c387fdc1c39f2b215cccb7f467da17c61d726513578"
	if got := d.Hash(); got != want {
		t.Errorf("hash %s, want %s\n%s", got, want, d.Canonical())
	}
}

func TestDocumentRefusals(t *testing.T) {
	raw, _ := presets.ReadFile("presets/plus_de_voix.toml")
	good := string(raw)
	cases := map[string][2]string{
		"unknown key":             {"decimals = 0", "decimals = 0\ndecimal = 0"},
		"unknown rule":            {"greedy_score", "greedy_luck"},
		"unknown format":          {"parvis-rules/1", "parvis-rules/2"},
		"rule against ballots":    {`"greedy_score"`, `"mes_points"`},
		"grades without scale":    {`kind = "approval"`, `kind = "grades"`},
		"negative minimum":        {"min_votes = 1", "min_votes = -1"},
		"length bounds":           {"min_length = 1", "min_length = 3\nmax_length = 2"},
		"unknown fit":             {`fit = "skip"`, `fit = "maybe"`},
		"order names twice":       {`fit = "skip"`, "fit = \"skip\"\norder = [\"a\", \"a\"]"},
		"not TOML":                {"[ballot]", "[ballot"},
		"too many decimals":       {"decimals = 0", "decimals = 9"},
		"reserve beyond envelope": {"[publish]", "[[lots]]\nid = \"a\"\nbudget = 1\nreserve = 2\n[publish]"},
	}
	for name, c := range cases {
		if _, err := ReadDocument(strings.NewReader(strings.Replace(good, c[0], c[1], 1))); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}

func TestFreezeRefusesPromises(t *testing.T) {
	lot := func(budget int64, seats int, limit int64) LotDocument {
		return LotDocument{ID: "x", Budget: budget, Seats: seats, Cap: limit}
	}
	cases := []struct {
		name   string
		budget int64
		lot    LotDocument
		good   bool
	}{
		{"envelope", 0, lot(100, 0, 0), true},
		{"seats within the budget", 100, lot(0, 5, 20), true},
		{"seats beyond the budget", 100, lot(0, 6, 20), false},
		{"seats without a cap", 100, lot(0, 5, 0), false},
		{"neither", 100, lot(0, 0, 20), false},
		{"seats × cap beyond the envelope", 0, lot(100, 6, 20), false},
		{"seats and envelope without a cap", 0, lot(100, 6, 0), true},
	}
	for _, c := range cases {
		d, _ := Preset("plus_de_voix")
		d.Budget, d.Lots = c.budget, []LotDocument{c.lot}
		if err := d.CheckFreeze(); (err == nil) != c.good {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	d, _ := Preset("parts_egales")
	d.Lots = []LotDocument{lot(100, 2, 10)}
	if err := d.CheckFreeze(); err == nil {
		t.Error("Equal Shares is frozen with seats")
	}
}

func TestApplyRescales(t *testing.T) {
	d, _ := Preset("plus_de_voix")
	terms := Terms{Unit: 100, Budget: 5000}
	if err := d.Apply(LotDocument{Budget: 80, Reserve: 10}, &terms); err != nil {
		t.Fatal(err)
	}
	if terms.Budget != 8000 || terms.Reserve != 1000 || terms.MinVotes != 1 {
		t.Errorf("%+v", terms)
	}
	d.Decimals = 2
	whole := Terms{Unit: 1}
	if err := d.Apply(LotDocument{Budget: 8050}, &whole); err == nil {
		t.Error("80.50 fits whole units")
	}
	if err := d.Apply(LotDocument{Budget: 8000}, &whole); err != nil || whole.Budget != 80 {
		t.Errorf("%v %d", err, whole.Budget)
	}
}

// FuzzDocument reads any bytes as rules: no panic, and what is accepted has one canonical form.
func FuzzDocument(f *testing.F) {
	for _, name := range Presets() {
		raw, _ := presets.ReadFile("presets/" + name + ".toml")
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		d, err := ReadDocument(bytes.NewReader(in))
		if err != nil {
			return
		}
		_ = d.CheckFreeze()
		again, err := ReadDocument(bytes.NewReader(d.Canonical()))
		if err != nil {
			t.Fatalf("%v\n%s", err, d.Canonical())
		}
		if again.Hash() != d.Hash() {
			t.Fatalf("%s\n%s", d.Canonical(), again.Canonical())
		}
	})
}
