package ui

import (
	"context"
	"embed"

	"parvis/internal/i18n"
)

// Messages holds the catalogues of this package.
//
//go:embed messages
var Messages embed.FS

// City is the local authority whose name leads on every page.
type City struct {
	Name          string // "Ville de Valmont"
	Line          string // a line under the name, may be empty
	Mark          string // URL of the city's own mark; empty for the one drawn by Parvis
	Accessibility string // state of conformity to the RGAA: "none", "partial" or "total"
}

// Item is a link of a menu, a breadcrumb, a set of tabs.
type Item struct {
	Label   string
	URL     string
	Current bool
	Count   int    // things waiting behind the link; 0 shows nothing
	Lang    string // language of the target when it is not the page's
}

// Account is the corner of the page about the visitor.
type Account struct {
	Name    string // empty when nobody is signed in
	URL     string // sign-in page, or the account
	SignOut string // action of the sign-out form
}

// Flash is a message that survives one redirect: "votre avis est inscrit au journal".
type Flash struct {
	Tone Tone
	Text string
}

// Frame is what surrounds a page and what its components need to know. Package web fills it.
type Frame struct {
	P           *i18n.Printer
	Lang        string
	City        City
	Theme       string // "light", "dark", or "" for the system's choice
	ThemeAction string // action of the form that changes it
	Path        string // path and query of this page, where such a form comes back
	Origin      string // "https://parvis.ville.fr", for absolute links
	Alternates  []Item // this page in the other languages, Lang set
	Home        string
	Search      string // action of the search box; empty hides it
	Query       string // what was searched for
	Account     Account
	Spaces      []Item // the doors this visitor may choose: residents, agents, elected
	Menu        []Item // the menu of the door chosen
	Footer      []Item
	Flash       *Flash
	Banner      *Item // said above every page, quietly; nil: nothing
	Assets      *Assets
	Attempt     *Attempt
	Picked      map[string]Picked          // by field, of the form that was sent; see Pick
	Suggest     func(search string) string // address that completes what is typed in a searched field; nil: none
	Link        func(lang, name string, args ...any) string
}

type frameKey struct{}

// WithFrame returns a context in which components find f.
func WithFrame(ctx context.Context, f *Frame) context.Context {
	return context.WithValue(ctx, frameKey{}, f)
}

// FrameOf returns the frame of the page being rendered. Rendering a component without one is a
// defect of the caller, and panics.
func FrameOf(ctx context.Context) *Frame {
	f, ok := ctx.Value(frameKey{}).(*Frame)
	if !ok {
		panic("ui: rendered without a frame: use web.Render, or ui.WithFrame in a test")
	}
	return f
}

// P returns the printer of the reader's language.
func P(ctx context.Context) *i18n.Printer { return FrameOf(ctx).P }

// T returns a message in the reader's language.
func T(ctx context.Context, key string, args ...any) string { return P(ctx).T(key, args...) }

// N returns a message that counts n things.
func N(ctx context.Context, key string, n int, args ...any) string {
	return P(ctx).N(key, int64(n), args...)
}

// Link returns the address of a named route in the reader's language. Arguments fill its
// placeholders in order.
func Link(ctx context.Context, name string, args ...any) string {
	f := FrameOf(ctx)
	return f.Link(f.Lang, name, args...)
}
