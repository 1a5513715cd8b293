package portal

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"parvis/internal/ui"
	"parvis/internal/web"
)

// page answers with one of the pages that the law asks for.
func (p *Portal) page(content func(*Portal, *web.Visit) templ.Component) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		return web.Render(w, r, content(p, web.From(r)))
	}
}

// sitemap lists every page that says what it is called and that the visitor may open.
func (p *Portal) sitemap(w http.ResponseWriter, r *http.Request) error {
	v := web.From(r)
	var parts []sitePart
	for _, route := range p.Site().Table().Routes() {
		if route.Title == "" || route.Method != http.MethodGet || !route.Audience.Admits(v.Visitor) || strings.Contains(route.FR, "{") {
			continue
		}
		if may := reserved[route.Name]; may != nil && !may(v.Visitor) {
			continue
		}
		title := v.P.T("portal.part." + partOf(route.Name))
		at := slices.IndexFunc(parts, func(s sitePart) bool { return s.title == title })
		if at < 0 {
			at, parts = len(parts), append(parts, sitePart{title: title})
		}
		parts[at].lines = append(parts[at].lines, line{v.P.T(route.Title), v.URL(route.Name)})
	}
	return web.Render(w, r, sitemapPage(parts))
}

// sitePart is a chapter of the site map.
type sitePart struct {
	title string
	lines []line
}

type line struct{ label, url string }

// partOf is the chapter in which the site map puts a route: by the room, the first word of its name.
func partOf(route string) string {
	room, _, _ := strings.Cut(route, ".")
	switch room {
	case "portfolio":
		return "projects"
	case "strategy", "passation", "network", "genealogy":
		return "strategy"
	case "participation", "council", "powers":
		return room
	case "log":
		return "journal"
	}
	return "site"
}

// foreign is the language of a text when it is not the page's.
func foreign(v *web.Visit, lang string) string {
	if lang == v.Lang {
		return ""
	}
	return lang
}

const shortLength = 180

// short cuts a text at a word.
func short(text string) string {
	runes := []rune(text)
	if len(runes) <= shortLength {
		return text
	}
	cut := string(runes[:shortLength])
	if i := strings.LastIndexByte(cut, ' '); i > 0 {
		cut = cut[:i]
	}
	return cut + "…"
}

// said shows what the configuration says, or that it says nothing: an empty legal notice would lie.
func said(ctx context.Context, text string) string {
	if text == "" {
		return ui.T(ctx, "portal.unsaid")
	}
	return text
}
