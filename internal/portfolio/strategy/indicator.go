package strategy

import (
	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
)

// Direction is where a measure should go.
type Direction string

// The directions.
const (
	Up    Direction = "up"
	Down  Direction = "down"
	Range Direction = "range" // stay between two bounds
)

// Directions lists the directions.
func Directions() []Direction { return []Direction{Up, Down, Range} }

// Frequency is how often an indicator is measured.
type Frequency string

// The frequencies.
const (
	Monthly    Frequency = "month"
	Quarterly  Frequency = "quarter"
	HalfYearly Frequency = "half"
	Yearly     Frequency = "year"
)

// Frequencies lists the frequencies.
func Frequencies() []Frequency { return []Frequency{Monthly, Quarterly, HalfYearly, Yearly} }

// Months is the length of a period of the frequency.
func (f Frequency) Months() int {
	return map[Frequency]int{Monthly: 1, Quarterly: 3, HalfYearly: 6, Yearly: 12}[f]
}

// grace is how many days after the end of a period its measure may still be on time.
const grace = 31

// Indicator is what is measured to know whether an objective comes nearer.
type Indicator struct {
	ID         id.ID
	Version    int64
	Year, Seq  int
	Number     string // I-YYYY-N
	Objective  id.ID
	Title      Words
	Unit       string // of measure: "%", "t/an"
	Direction  Direction
	Baseline   Quantity
	BaselineAt calendar.Fuzzy
	Low, High  Quantity // of the range
	Method     string
	Source     string
	Frequency  Frequency
	Owner      id.ID    // unit
	Codes      []string // of taxonomies: "ademe:cae_1.a", "sdg:11.6"
	CreatedOn  calendar.Day
	EndedOn    calendar.Day
	EndedWhy   string
	Visibility act.Visibility
}

// heldBy tells the powers which unit keeps the indicator.
func (i Indicator) heldBy() map[string][]id.ID { return map[string][]id.ID{"unit": {i.Owner}} }

// Ref names the indicator.
func (i Indicator) Ref() act.Ref { return act.Ref{Type: "indicator", ID: i.ID} }

// Public tells whether everybody may read it.
func (i Indicator) Public() bool { return i.Visibility == act.Public }

const indicatorColumns db.Columns = "id, version, year, seq, number, objective, title_fr, title_en, unit, direction, baseline, baseline_at, low, high, method, source, frequency, owner, references_to, created_on, ended_on, ended_why, visibility"

func indicatorFields(i *Indicator) []any {
	return []any{&i.ID, &i.Version, &i.Year, &i.Seq, &i.Number, &i.Objective, &i.Title.FR, &i.Title.EN, &i.Unit, &i.Direction,
		&i.Baseline, &i.BaselineAt, &i.Low, &i.High, &i.Method, &i.Source, &i.Frequency, &i.Owner, jsonText{&i.Codes},
		&i.CreatedOn, &i.EndedOn, &i.EndedWhy, &i.Visibility}
}

// Target is what an indicator should have reached by a day.
type Target struct {
	ID        id.ID
	Version   int64
	Indicator id.ID
	Due       calendar.Day
	Value     Quantity
	SetOn     calendar.Day
	DroppedOn calendar.Day
}

const targetColumns db.Columns = "id, version, indicator, due, value, set_on, dropped_on"

func targetFields(t *Target) []any {
	return []any{&t.ID, &t.Version, &t.Indicator, &t.Due, &t.Value, &t.SetOn, &t.DroppedOn}
}

// Measure is a value found for a day or a period. It is never changed: a correction replaces it.
type Measure struct {
	ID         id.ID
	Version    int64
	Indicator  id.ID
	Period     calendar.Fuzzy
	LastDay    calendar.Day
	Value      Quantity
	Source     string
	Evidence   string // address
	Digest     string // SHA-256 of the evidence, when known
	Note       string
	Lang       string
	Post       id.ID
	RecordedOn calendar.Day
	Corrects   id.ID
	ReplacedBy id.ID
	Import     id.ID // the series that it came with
}

const measureColumns db.Columns = "id, version, indicator, period, last_day, value, source, evidence, digest, note, lang, post, recorded_on, corrects, replaced_by, import"

func measureFields(m *Measure) []any {
	return []any{&m.ID, &m.Version, &m.Indicator, &m.Period, &m.LastDay, &m.Value, &m.Source, &m.Evidence, &m.Digest, &m.Note, &m.Lang,
		&m.Post, &m.RecordedOn, &m.Corrects, &m.ReplacedBy, &m.Import}
}

// Late tells whether the measure was recorded after the days of grace that follow its period.
func (m Measure) Late() bool { return m.LastDay.AddDays(grace).Before(m.RecordedOn) }

// Due is the last day on which the next measure is on time: the period that follows the latest one
// measured (or the day the indicator began), and the days of grace. "" once it has ended.
func (i Indicator) Due(latest *Measure) calendar.Day {
	if i.EndedOn != "" {
		return ""
	}
	since := i.CreatedOn
	if latest != nil {
		since = latest.LastDay
	}
	return lastOfMonths(since, i.Frequency.Months()).AddDays(grace)
}

// lastOfMonths adds months to the last day of a period; the end of a month stays the end of a month.
func lastOfMonths(d calendar.Day, months int) calendar.Day {
	if next := d.AddDays(1); next.Valid() && next[8:] == "01" {
		return next.AddMonths(months).AddDays(-1)
	}
	return d.AddMonths(months)
}

// Overdue tells whether the next measure should have been recorded.
func (i Indicator) Overdue(latest *Measure, today calendar.Day) bool {
	due := i.Due(latest)
	return due != "" && due.Before(today)
}
