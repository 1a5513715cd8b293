package ui

import (
	"context"

	"github.com/a-h/templ"
)

// Head describes a page. Title is the h1 and leads the document's title.
type Head struct {
	Title       string
	Lang        string // language of the title when it is not the page's
	Kicker      templ.Component
	Lede        string
	Description string   // for search engines and shared links
	Crumbs      []Item   // the pages above this one, home excepted
	Feeds       []Item   // Atom feeds of this page
	Bare        bool     // no breadcrumb nor h1: the page calls PageHead itself
	Live        bool     // loads htmx
	Scripts     []string // assets of a room that this page enhances itself with: "js/passkey.js"
	NoIndex     bool
	Refresh     string // content of a meta refresh, for a page that follows a count without a script
}

// htmxConfig keeps htmx within the content security policy and lets it show refused forms.
const htmxConfig = `{"allowEval":false,"includeIndicatorStyles":false,"historyCacheSize":0,` +
	`"responseHandling":[{"code":"204","swap":false},{"code":"[23]..","swap":true},{"code":"422","swap":true},{"code":"[45]..","swap":false,"error":true}]}`

// documentTitle names the page and the city. A refused form says so first, for those who hear it.
func (h Head) documentTitle(ctx context.Context) string {
	f := FrameOf(ctx)
	title := h.Title
	if f.City.Name != h.Title {
		title += " – " + f.City.Name
	}
	if f.Attempt != nil {
		return T(ctx, "ui.title.refused", "title", title)
	}
	return title
}

func themeKey(theme string) string {
	switch theme {
	case "light":
		return "ui.theme.light"
	case "dark":
		return "ui.theme.dark"
	}
	return "ui.theme.auto"
}

func pressed(on bool) string {
	if on {
		return "true"
	}
	return "false"
}
