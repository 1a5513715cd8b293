package strategy

import (
	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
)

// Dilemma is an axis between two poles that can both be defended.
type Dilemma struct {
	ID       id.ID
	Version  int64
	Code     string
	Rank     int
	Name     Words
	Question Words // in plain words
	Left     Words
	Right    Words
}

const dilemmaColumns db.Columns = "id, version, code, rank, name_fr, name_en, question_fr, question_en, left_fr, left_en, right_fr, right_en"

func dilemmaFields(d *Dilemma) []any {
	return []any{&d.ID, &d.Version, &d.Code, &d.Rank, &d.Name.FR, &d.Name.EN, &d.Question.FR, &d.Question.EN, &d.Left.FR, &d.Left.EN, &d.Right.FR, &d.Right.EN}
}

// Ref names the dilemma.
func (d Dilemma) Ref() act.Ref { return act.Ref{Type: "dilemma", ID: d.ID} }

// Usual are the four dilemmas that a mission meets; a city keeps, rewords or adds to them.
func Usual() []Dilemma {
	return []Dilemma{
		{Code: "perimetre", Rank: 1, Name: Words{"Le périmètre", "The scope"},
			Question: Words{"Transformer la ville entière, ou d’abord l’administration ?", "Transform the whole city, or the administration first?"},
			Left:     Words{"La ville entière", "The whole city"}, Right: Words{"L’administration", "The administration"}},
		{Code: "horizon", Rank: 2, Name: Words{"L’horizon", "The horizon"},
			Question: Words{"Dessiner des futurs, ou multiplier les petites interventions ?", "Draw futures, or multiply small interventions?"},
			Left:     Words{"Les futurs", "Futures"}, Right: Words{"Les petites interventions", "Small interventions"}},
		{Code: "echelle", Rank: 3, Name: Words{"L’échelle", "The scale"},
			Question: Words{"Continuer d’essayer, ou généraliser ce qui marche ?", "Go on testing, or generalise what works?"},
			Left:     Words{"Essayer", "Test"}, Right: Words{"Généraliser", "Generalise"}},
		{Code: "finalite", Rank: 4, Name: Words{"La finalité", "The purpose"},
			Question: Words{"L’économie d’abord, ou le social d’abord ?", "The economy first, or social needs first?"},
			Left:     Words{"L’économie d’abord", "The economy first"}, Right: Words{"Le social d’abord", "Social needs first"}},
	}
}

// Lean is a place on an axis, from -2 (all to the left pole) to 2 (all to the right).
type Lean int

// Leans lists the places.
func Leans() []Lean { return []Lean{-2, -1, 0, 1, 2} }

// Side is -1, 0 or 1.
func (l Lean) Side() int {
	switch {
	case l < 0:
		return -1
	case l > 0:
		return 1
	}
	return 0
}

// Position is the place that the city took on an axis, on a day, by a decision. It stands until the next.
type Position struct {
	ID         id.ID
	Version    int64
	Dilemma    id.ID
	Lean       Lean
	Motive     string
	Lang       string
	Instrument string
	Strategy   id.ID
	Post       id.ID
	TakenOn    calendar.Day
	Act        id.ID
	Visibility act.Visibility
}

const positionColumns db.Columns = "id, version, dilemma, lean, motive, lang, instrument, strategy, post, taken_on, act, visibility"

func positionFields(p *Position) []any {
	return []any{&p.ID, &p.Version, &p.Dilemma, &p.Lean, &p.Motive, &p.Lang, &p.Instrument, &p.Strategy, &p.Post, &p.TakenOn, &p.Act, &p.Visibility}
}

// Tension is two things that pull an axis in different ways. It states them; it does not judge.
type Tension string

// The tensions.
const (
	Reversal Tension = "reversal" // the city changed sides
	Practice Tension = "practice" // more placed things lean the other way than the position says
)

// Standing is a dilemma as it stands: the position in force, its history, and what pulls elsewhere.
type Standing struct {
	Dilemma
	Now      *Position  // nil while it is not answered
	Before   []Position // the latest first
	Leaning  [3]int     // how many things placed in the grid in force lean left, neither, right
	Tensions []Tension
}

// tensions compares the position with the one before and with what was placed.
func (s Standing) tensions() (out []Tension) {
	if s.Now == nil {
		return nil
	}
	side := s.Now.Lean.Side()
	if len(s.Before) > 0 && side*s.Before[0].Lean.Side() < 0 {
		out = append(out, Reversal)
	}
	if side != 0 && s.Leaning[1-side] > s.Leaning[1+side] {
		out = append(out, Practice)
	}
	return out
}
