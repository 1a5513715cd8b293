package web

import (
	"context"
	"net/http"
	"time"

	"parvis/internal/calendar"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/ui"
)

// Visit is one request: who asks, in which language, when.
type Visit struct {
	Lang      string
	P         *i18n.Printer
	Visitor   identity.Visitor
	Now       time.Time // one reading of the clock for the whole request
	Route     *Route    // nil when no route answers
	RequestID id.ID
	Frame     *ui.Frame
	Quiet     calendar.Day // last day of the période préélectorale that holds; "" when none does

	table   *Table
	cookies Cookies
	record  *record
	bodies  *bodies
	finders map[string]Finder
}

type visitKey struct{}

// From returns the visit of a request that came through a Site.
func From(r *http.Request) *Visit { return Of(r.Context()) }

// Of returns the visit from a context.
func Of(ctx context.Context) *Visit {
	v, ok := ctx.Value(visitKey{}).(*Visit)
	if !ok {
		panic("web: no visit in this context: the request did not come through a Site")
	}
	return v
}

// BeforeVote tells whether what promotes is kept from this visitor: a vote is near, and they read from outside. What the
// law wants published is never asked about.
func (v *Visit) BeforeVote() bool { return v.Quiet != "" && !v.Visitor.Inside() }

// URL returns the address of a route in the visitor's language.
func (v *Visit) URL(name string, args ...any) string { return v.table.URL(v.Lang, name, args...) }

// Has tells whether this city's Parvis has a route of this name: rooms can be switched off.
func (v *Visit) Has(name string) bool { return v.table.Has(name) }

// Acted notes how many acts the request recorded, for the request's record.
func (v *Visit) Acted(n int) { v.record.acts += n }

// Note adds a fact to the request's record. Never a personal datum, never a secret.
func (v *Visit) Note(name string, value any) { v.record.notes = append(v.record.notes, name, value) }

func (v *Visit) in(ctx context.Context) context.Context {
	return ui.WithFrame(context.WithValue(ctx, visitKey{}, v), v.Frame)
}
