package portfolio

import (
	"strings"
	"time"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Origin is where an initiative comes from: somebody's need, somebody's offer, or a duty.
type Origin string

// The origins.
const (
	Demand     Origin = "demand"
	Supply     Origin = "supply"
	Obligation Origin = "obligation"
)

// Origins lists them in the order of forms.
func Origins() []Origin { return []Origin{Demand, Supply, Obligation} }

// Point is a place on Earth, WGS 84 degrees.
type Point struct{ Lat, Lon float64 }

// Brief is what people say of an initiative: the part of it that is typed and revised.
type Brief struct {
	Title      string
	Problem    string // required: an initiative starts from a problem somebody has
	Sufferer   string // who has the problem
	Lang       string // of these texts: "fr" or "en"
	Origin     Origin
	OriginNote string // who asked, who offered, which duty
	Matter     string // code of the matter
	Places     []string
	Address    string
	Point      *Point
	Initials   string // on the wall
	Tags       []string
	Objectives []id.ID
}

// Initiative is a problem somebody has and what the city does about it.
type Initiative struct {
	ID      id.ID
	Version int64
	Year    int
	Seq     int
	Number  string // P-YYYY-N
	Brief
	Stage       Stage
	StageSince  calendar.Day
	Visibility  act.Visibility
	Author      id.ID // post
	SignalledOn calendar.Day
	PublishedOn calendar.Day
	WithdrawnOn calendar.Day // not empty: a tombstone (I17)
	PostMortem  string
	Source      string // what it was imported from, "" when typed here
	SourceRef   string
}

// Ref names the initiative in acts.
func (i Initiative) Ref() act.Ref { return act.Ref{Type: "initiative", ID: i.ID} }

// Public tells whether everyone may read it.
func (i Initiative) Public() bool { return i.Visibility == act.Public }

func (i Initiative) row() act.Row { return act.Row{Table: "portfolio_initiative", ID: i.ID} }

// Limits of what is typed.
const (
	maxTitle = 200
	maxText  = 8000
	maxTags  = 12
)

// clean trims a brief and drops empty and repeated list items.
func (b Brief) clean() Brief {
	for _, s := range []*string{&b.Title, &b.Problem, &b.Sufferer, &b.OriginNote, &b.Matter, &b.Address, &b.Initials} {
		*s = strings.TrimSpace(*s)
	}
	if b.Lang == "" {
		b.Lang = "fr"
	}
	b.Tags, b.Places, b.Objectives = distinct(b.Tags), distinct(b.Places), distinct(b.Objectives)
	return b
}

func distinct[S ~string](list []S) []S {
	seen, out := map[S]bool{}, []S{}
	for _, s := range list {
		if s = S(strings.TrimSpace(string(s))); s != "" && !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

// check says what is wrong with a brief, field by field.
func (b Brief) check() error {
	err := fault.New(fault.Invalid, "portfolio.form")
	required(err, "title", b.Title, maxTitle)
	required(err, "problem", b.Problem, maxText)
	limited(err, "sufferer", b.Sufferer, maxText)
	limited(err, "origin_note", b.OriginNote, maxText)
	limited(err, "address", b.Address, 500)
	limited(err, "initials", b.Initials, 12)
	if b.Origin != Demand && b.Origin != Supply && b.Origin != Obligation {
		err.At("origin", "portfolio.choose")
	}
	if b.Lang != "fr" && b.Lang != "en" {
		err.At("lang", "portfolio.choose")
	}
	if len(b.Tags) > maxTags {
		err.At("tags", "portfolio.too_many", "max", maxTags)
	}
	if p := b.Point; p != nil && !(p.Lat >= -90 && p.Lat <= 90 && p.Lon >= -180 && p.Lon <= 180) {
		err.At("point", "portfolio.point.outside")
	}
	return err.OrNil()
}

func required(err *fault.Error, field, value string, max int) {
	if value == "" {
		err.At(field, "portfolio.required")
		return
	}
	limited(err, field, value, max)
}

func limited(err *fault.Error, field, value string, max int) {
	if n := len([]rune(value)); n > max {
		err.At(field, "portfolio.too_long", "max", max, "length", n)
	}
}

func checkDay(err *fault.Error, field string, d calendar.Day, needed bool) {
	switch {
	case d == "" && needed:
		err.At(field, "portfolio.required")
	case d != "" && !d.Valid():
		err.At(field, "portfolio.bad_day")
	}
}

// invalid is one field at fault.
func invalid(field, key string, args ...any) error {
	return fault.New(fault.Invalid, "portfolio.form").At(field, key, args...)
}

// SpanKind is what a span of time tells.
type SpanKind string

// The kinds of spans.
const (
	SpanStage     SpanKind = "stage"
	SpanSuspended SpanKind = "suspended"
	SpanMaturing  SpanKind = "maturing" // a deliberate wait
)

// Span is a time during which an initiative (or one of its arbitrations) was in a stage, suspended,
// or waiting on purpose.
type Span struct {
	ID          id.ID
	Version     int64
	Initiative  id.ID
	Arbitration id.ID
	Kind        SpanKind
	Stage       Stage        // SpanStage
	Note        string       // why; maturing: what must be learnt
	Post        id.ID        // maturing: who must learn it
	Until       calendar.Day // maturing: by when; suspended and dormant: day of re-examination
	calendar.Period
	Outcome string // what was learnt
}

func (s Span) row() act.Row { return act.Row{Table: "portfolio_span", ID: s.ID} }

// Overdue tells whether a suspension or a deliberate wait has outlived its day.
func (s Span) Overdue(today calendar.Day) bool {
	return s.Open() && s.Until != "" && s.Until.Before(today)
}

// Note is an internal remark.
type Note struct {
	ID         id.ID
	Version    int64
	Initiative id.ID
	Body       string
	Post       id.ID
	At         time.Time
}
