package strategy

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
)

// Grid is one edition of the city's reading grid (référentiel). It is frozen when it is published.
type Grid struct {
	ID          id.ID
	Version     int64
	Edition     int
	Title       Words
	Intro       Words
	Changes     Words // what is new in this edition
	PublishedOn calendar.Day
	Digest      string // SHA-256 of what was published, hexadecimal
	Visibility  act.Visibility
}

const gridColumns db.Columns = "id, version, edition, title_fr, title_en, intro_fr, intro_en, changes_fr, changes_en, published_on, digest, visibility"

func gridFields(g *Grid) []any {
	return []any{&g.ID, &g.Version, &g.Edition, &g.Title.FR, &g.Title.EN, &g.Intro.FR, &g.Intro.EN, &g.Changes.FR, &g.Changes.EN, &g.PublishedOn, &g.Digest, &g.Visibility}
}

// Ref names the edition.
func (g Grid) Ref() act.Ref { return act.Ref{Type: "grid", ID: g.ID} }

// Frozen tells whether it was published: nothing in it changes any more.
func (g Grid) Frozen() bool { return g.PublishedOn != "" }

// Level is one answer that a criterion offers. Lean says towards which pole of the criterion's dilemma
// it goes: -1 left, 1 right.
type Level struct {
	Code  string `json:"code"`
	Label Words  `json:"label"`
	Lean  int    `json:"lean,omitempty"`
}

// Criterion is one question of the grid, in plain words. Its code is the same from one edition to the
// next, so that readings can be compared.
type Criterion struct {
	ID        id.ID
	Version   int64
	Grid      id.ID
	Code      string
	Rank      int
	Name      Words
	Question  Words
	Dilemma   string // code
	Levels    []Level
	RemovedOn calendar.Day
}

const criterionColumns db.Columns = "id, version, grid, code, rank, name_fr, name_en, question_fr, question_en, dilemma, levels, removed_on"

func criterionFields(c *Criterion) []any {
	return []any{&c.ID, &c.Version, &c.Grid, &c.Code, &c.Rank, &c.Name.FR, &c.Name.EN, &c.Question.FR, &c.Question.EN, &c.Dilemma, jsonText{&c.Levels}, &c.RemovedOn}
}

// Level finds a level by its code.
func (c Criterion) Level(code string) (Level, bool) {
	at := slices.IndexFunc(c.Levels, func(l Level) bool { return l.Code == code })
	if at < 0 {
		return Level{}, false
	}
	return c.Levels[at], true
}

// Sum is the digest of an edition as it is published: its number, words, criteria and levels, in order.
func Sum(g Grid, criteria []Criterion) string {
	type line struct {
		Code           string
		Name, Question Words
		Dilemma        string
		Levels         []Level
	}
	lines := make([]line, len(criteria))
	for n, c := range criteria {
		lines[n] = line{c.Code, c.Name, c.Question, c.Dilemma, c.Levels}
	}
	b, err := json.Marshal(struct {
		Edition               int
		Title, Intro, Changes Words
		Criteria              []line
	}{g.Edition, g.Title, g.Intro, g.Changes, lines})
	if err != nil {
		panic(err) // plain structs always marshal
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// Reading is an edition with its criteria.
type Reading struct {
	Grid
	Criteria []Criterion
}

// Criterion finds a criterion by its code.
func (r Reading) Criterion(code string) (Criterion, bool) {
	at := slices.IndexFunc(r.Criteria, func(c Criterion) bool { return c.Code == code })
	if at < 0 {
		return Criterion{}, false
	}
	return r.Criteria[at], true
}
