package strategy

import (
	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
)

// Kind is what a strategy calls itself.
type Kind string

// The kinds, in the order in which cities went through them.
const (
	ITPlan        Kind = "schema_informatique" // schéma directeur informatique
	DigitalPlan   Kind = "schema_numerique"    // schéma directeur ville numérique
	StrategicPlan Kind = "plan_strategique"    // plan stratégique
	OtherKind     Kind = "other"
)

// Kinds lists the kinds.
func Kinds() []Kind { return []Kind{ITPlan, DigitalPlan, StrategicPlan, OtherKind} }

// Status is where a strategy stands.
type Status string

// The statuses: draft → adopted → superseded.
const (
	Draft      Status = "draft"
	Adopted    Status = "adopted"
	Superseded Status = "superseded"
)

// Words is a curated text in both languages; French is required, English may be missing.
type Words struct{ FR, EN string }

// In is the text in a language, the French when it was not translated.
func (w Words) In(lang string) string {
	if lang == "en" && w.EN != "" {
		return w.EN
	}
	return w.FR
}

func (w *Words) trim() { trim(&w.FR, &w.EN) }

// Strategy is what the city says it is for during a period.
type Strategy struct {
	ID      id.ID
	Version int64
	Year    int
	Seq     int
	Number  string // S-YYYY-N
	Title   Words
	Purpose Words // what it is for
	Kind    Kind
	calendar.Period
	Status       Status
	Replaces     id.ID
	ReplacesWhy  string
	AdoptedOn    calendar.Day
	AdoptedBy    id.ID
	Instrument   string // the deliberation that adopts it
	SupersededOn calendar.Day
	SupersededBy id.ID
	Visibility   act.Visibility
}

// Ref names the strategy.
func (s Strategy) Ref() act.Ref { return act.Ref{Type: "strategy", ID: s.ID} }

// Public tells whether everybody may read it.
func (s Strategy) Public() bool { return s.Visibility == act.Public }

// Applied is the period during which it was in force: from its adoption until another replaced it.
func (s Strategy) Applied() calendar.Period {
	p := calendar.Period{From: s.AdoptedOn, To: calendar.Forever}
	if s.SupersededOn != "" {
		p.To = s.SupersededOn
	}
	return p
}

const strategyColumns db.Columns = "id, version, year, seq, number, title_fr, title_en, purpose_fr, purpose_en, kind, from_day, to_day, status, replaces, replaces_why, adopted_on, adopted_by, instrument, superseded_on, superseded_by, visibility"

func strategyFields(s *Strategy) []any {
	return []any{&s.ID, &s.Version, &s.Year, &s.Seq, &s.Number, &s.Title.FR, &s.Title.EN, &s.Purpose.FR, &s.Purpose.EN, &s.Kind,
		&s.From, &s.To, &s.Status, &s.Replaces, &s.ReplacesWhy, &s.AdoptedOn, &s.AdoptedBy, &s.Instrument,
		&s.SupersededOn, &s.SupersededBy, &s.Visibility}
}
