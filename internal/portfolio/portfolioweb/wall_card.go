package portfolioweb

import (
	"context"
	"io"
	"strings"

	"github.com/a-h/templ"

	"parvis/internal/portfolio"
	"parvis/internal/ui"
)

// cardWriter writes what a card says besides its title: whose it is, who is in it, how long it has waited. A wall
// holds hundreds of cards: they are written by hand, with the words of the page looked up once.
type cardWriter struct {
	wall      wallView
	stages    map[portfolio.Stage]string // tags, as HTML
	statuses  map[portfolio.PartStatus]string
	internal  string
	maturing  string // tags, as HTML
	suspended string
}

func newCardWriter(ctx context.Context, w wallView) *cardWriter {
	tag := func(tone ui.Tone, key string) string { return ui.TagHTML(tone, ui.T(ctx, key)) }
	c := &cardWriter{wall: w, stages: map[portfolio.Stage]string{}, statuses: map[portfolio.PartStatus]string{},
		internal:  templ.EscapeString(ui.T(ctx, "portfolio.internal")),
		maturing:  tag(ui.Info, "portfolio.arbitration.status.maturing"),
		suspended: tag(ui.Warning, "portfolio.wall.suspended")}
	for _, s := range portfolio.Stages() {
		c.stages[s] = tag(stageTone(s), "portfolio.stage."+string(s))
	}
	return c
}

// body is the content of a card as a component.
func (c *cardWriter) body(card portfolio.Card) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		var b strings.Builder
		c.meta(&b, card)
		c.parts(ctx, &b, card)
		c.waits(ctx, &b, card)
		c.tags(&b, card)
		_, err := io.WriteString(w, b.String())
		return err
	})
}

func (c *cardWriter) meta(b *strings.Builder, card portfolio.Card) {
	b.WriteString(`<p class="wall-meta">`)
	if card.Initials != "" {
		initials := templ.EscapeString(card.Initials)
		b.WriteString(`<abbr class="initials" title="` + initials + `">` + initials + `</abbr> `)
	}
	if c.wall.GroupBy != portfolio.ByStageGroup {
		b.WriteString(c.stages[card.Stage] + " ")
	}
	b.WriteString("<span>" + templ.EscapeString(card.Number) + "</span>")
	if internal(card.Visibility) {
		b.WriteString(" <span>· " + c.internal + "</span>")
	}
	b.WriteString("</p>")
}

func (c *cardWriter) parts(ctx context.Context, b *strings.Builder, card portfolio.Card) {
	if len(card.Parts) == 0 {
		return
	}
	b.WriteString(`<ul class="wall-parts">`)
	for _, p := range card.Parts {
		b.WriteString(`<li class="wall-part ` + templ.EscapeString(string(p.Status)) + `"><span>` + templ.EscapeString(shortOf(c.wall.Book, p)) +
			`</span> <span class="visually-hidden">` + c.status(ctx, p.Status) + `</span>`)
		if p.Silent > 0 {
			b.WriteString(` <span aria-hidden="true">?</span>`)
		}
		b.WriteString("</li>")
	}
	b.WriteString("</ul>")
}

// status says the state of a part, looked up when it is first met.
func (c *cardWriter) status(ctx context.Context, s portfolio.PartStatus) string {
	text, known := c.statuses[s]
	if !known {
		text = templ.EscapeString(ui.T(ctx, "portfolio.part.status."+string(s)))
		c.statuses[s] = text
	}
	return text
}

func (c *cardWriter) waits(ctx context.Context, b *strings.Builder, card portfolio.Card) {
	day := c.wall.Day
	if card.Silent > 0 {
		age := ui.P(ctx).Age(day.AddDays(-card.Silent), day)
		b.WriteString(`<p class="wall-meta silent">` + templ.EscapeString(ui.T(ctx, "portfolio.wall.silent", "age", age)) + "</p>")
	}
	if card.Waiting > 0 {
		age := waitAge(ctx, day, card.WaitDays)
		b.WriteString(`<p class="wall-meta">` + templ.EscapeString(ui.T(ctx, "portfolio.wall.waiting", "age", age)) + "</p>")
	}
	if !card.Suspended && !card.Maturing {
		return
	}
	b.WriteString(`<p class="wall-meta">`)
	if card.Maturing {
		b.WriteString(c.maturing)
	}
	if card.Suspended {
		b.WriteString(" " + c.suspended)
	}
	b.WriteString("</p>")
}

func (c *cardWriter) tags(b *strings.Builder, card portfolio.Card) {
	if len(card.Tags) == 0 {
		return
	}
	b.WriteString(`<p class="wall-meta">`)
	for n, t := range card.Tags {
		if n > 0 {
			b.WriteByte(' ')
		}
		b.WriteString("<span>#" + templ.EscapeString(t) + "</span>")
	}
	b.WriteString("</p>")
}
