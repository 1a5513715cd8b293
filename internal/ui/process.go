package ui

import (
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// State is where a moment or a stage stands.
type State string

// The states.
const (
	Past State = "done"
	Now  State = "now"
	Next State = "next"
)

func (s State) key() string {
	switch s {
	case Past:
		return "ui.step.done"
	case Now:
		return "ui.step.now"
	}
	return "ui.step.next"
}

// Moment is one event of a timeline.
type Moment struct {
	When  string // as people read it
	Day   string // as machines do, YYYY-MM-DD or RFC 3339; empty when imprecise
	Title string
	URL   string
	State State
	Body  templ.Component
}

// Step is one stage of a procedure.
type Step struct {
	Label string
	State State
}

// Six holds the six answers. A nil one is shown as not given.
type Six struct{ Who, What, Whom, Why, When, How templ.Component }

// Act is an entry of the log as people read it.
type Act struct {
	Sentence string
	When     string // formatted
	Instant  string // RFC 3339
	URL      string // permanent address
	Mark     string // said beside the date, such as who may read it; "" for nothing
	Six      Six
}

// Board is a set of columns of cards.
type Board struct {
	ID      string
	Label   string
	Columns []Column
}

// Column is one state of a board.
type Column struct {
	Key, Title string
	Count      int // things in the column, of which the cards may be the first
	Cards      []BoardCard
}

// BoardCard is one thing on a board. Move is the action of the form that moves it, with the fields
// "to" (key of a column) and "version"; empty when the visitor may not.
type BoardCard struct {
	ID, Title, URL string
	Body           templ.Component
	Move           string
	Version        string
}

// options are the columns to which a card of c may move, as HTML: every card of the column repeats them.
func (b Board) options(c Column) string {
	if !slices.ContainsFunc(c.Cards, func(card BoardCard) bool { return card.Move != "" }) {
		return ""
	}
	var out strings.Builder
	for _, other := range b.Columns {
		out.WriteString(`<option value="` + templ.EscapeString(other.Key) + `"`)
		if other.Key == c.Key {
			out.WriteString(" selected")
		}
		out.WriteString(">" + templ.EscapeString(other.Title) + "</option>")
	}
	return out.String()
}

func (b Board) columnID(c Column) string { return "board-" + slug(b.ID+" "+c.Key) }

// Map is drawn over projected shapes (package geo): coordinates are those of the drawing.
type Map struct {
	Label         string
	Width, Height float64
	Areas         []Area
	Points        []Point
}

// Area is a shape of a map. Level 0 to 4 colours it; Text says the same in words.
type Area struct {
	Path  string // SVG path data
	Name  string
	Text  string
	Short string // label drawn at X, Y; may be empty
	X, Y  float64
	URL   string
	Level int
}

// Point is a place on a map.
type Point struct {
	X, Y      float64
	Name, URL string
}

func (m Map) viewBox() string { return "0 0 " + number(m.Width) + " " + number(m.Height) }

func (a Area) level() string { return "l" + strconv.Itoa(min(4, max(0, a.Level))) }

// number writes a number for an attribute.
func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
