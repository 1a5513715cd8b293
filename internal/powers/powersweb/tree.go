package powersweb

import (
	"context"
	"io"
	"strings"

	"github.com/a-h/templ"

	"parvis/internal/calendar"
	"parvis/internal/i18n"
	"parvis/internal/powers"
	"parvis/internal/ui"
)

// treeWriter writes the units of a city as nested lists. A large city has hundreds of them: they are written by
// hand, with the words of the page looked up once.
type treeWriter struct {
	strings.Builder
	frame                   *ui.Frame
	date                    string // what follows the address of a unit or a post
	shared, vacant, interim string // tags, as HTML
}

// treeLevel shows branches; day is "" for the day of the reader.
func treeLevel(list []branch, day calendar.Day) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, out io.Writer) error {
		w := &treeWriter{frame: ui.FrameOf(ctx), date: templ.EscapeString(onDay("", day)),
			shared:  ui.TagHTML(ui.Outline, ui.T(ctx, "powersweb.shared")),
			vacant:  ui.TagHTML(ui.Warning, ui.T(ctx, "powersweb.vacant")),
			interim: ui.TagHTML(ui.Info, ui.T(ctx, "powersweb.interim"))}
		w.level(list)
		_, err := io.WriteString(out, w.String())
		return err
	})
}

func (w *treeWriter) level(list []branch) {
	w.WriteString("<ul>")
	for _, b := range list {
		w.WriteString(`<li><div class="tree-unit tree-` + templ.EscapeString(b.Kind) + `"><p class="tree-name">`)
		w.link("powers.unit", string(b.ID), b.Name, b.NameEN)
		if b.Shared {
			w.WriteString(" " + w.shared)
		}
		w.WriteString("</p>")
		for i := range b.Heads {
			w.head(&b.Heads[i])
		}
		w.WriteString("</div>")
		if len(b.Below) > 0 {
			w.level(b.Below)
		}
		w.WriteString("</li>")
	}
	w.WriteString("</ul>")
}

// link leads to a unit or a post on the day of the tree, in the reader's language.
func (w *treeWriter) link(route, thing, french, english string) {
	name := french
	if w.frame.Lang == i18n.English && english != "" {
		name = english
	}
	w.WriteString(`<a href="` + templ.EscapeString(w.frame.Link(w.frame.Lang, route, thing)) + w.date + `">` + templ.EscapeString(name) + "</a>")
}

func (w *treeWriter) head(h *powers.Held) {
	w.WriteString(`<p class="tree-head">`)
	w.link("powers.post", string(h.Post), h.Title, h.TitleEN)
	if h.ID == "" {
		w.WriteString(" " + w.vacant)
	} else if name := h.Who.Name(); name != "" {
		w.WriteString(` <span class="person">` + templ.EscapeString(name) + "</span>")
	}
	if h.Interim {
		w.WriteString(" " + w.interim)
	}
	w.WriteString("</p>")
}
