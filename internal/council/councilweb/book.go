package councilweb

import (
	"cmp"
	"context"
	"net/http"

	"parvis/internal/calendar"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/portfolio"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// book is the names that one page needs.
type book struct {
	lang         string
	posts, units map[id.ID]Label
}

// open reads the names for a page. What the room knows fills what Names does not say.
func (p *Pages) open(ctx context.Context, posts map[id.ID]portfolio.Post, units map[id.ID]portfolio.Unit) (book, error) {
	v := web.Of(ctx)
	b := book{lang: v.Lang, posts: map[id.ID]Label{}, units: map[id.ID]Label{}}
	var postIDs, unitIDs []id.ID
	for k, post := range posts {
		b.posts[k], postIDs = Label{Short: cmp.Or(post.Code, post.Title), Long: inLang(v.Lang, post.Title, post.TitleEN)}, append(postIDs, k)
	}
	for k, unit := range units {
		b.units[k], unitIDs = Label{Short: cmp.Or(unit.Code, unit.Name), Long: inLang(v.Lang, unit.Name, unit.NameEN)}, append(unitIDs, k)
	}
	if err := b.name(ctx, b.posts, p.Names.Posts, postIDs); err != nil {
		return b, err
	}
	return b, b.name(ctx, b.units, p.Names.Units, unitIDs)
}

type namer = func(context.Context, []id.ID, string, calendar.Day) (map[id.ID]Label, error)

func (b book) name(ctx context.Context, into map[id.ID]Label, ask namer, ids []id.ID) error {
	if ask == nil || len(ids) == 0 {
		return nil
	}
	v := web.Of(ctx)
	found, err := ask(ctx, ids, v.Lang, calendar.DayOf(v.Now))
	for k, l := range found {
		into[k] = l
	}
	return err
}

func inLang(lang, french, english string) string {
	if lang == i18n.English && english != "" {
		return english
	}
	return french
}

// post is how a post is called; one that nobody knows is a dash.
func (b book) post(post id.ID) Label {
	if l, ok := b.posts[post]; ok {
		return l
	}
	return Label{Short: "—", Long: "—"}
}

func (b book) unit(unit id.ID) Label {
	if l, ok := b.units[unit]; ok {
		return l
	}
	return Label{Short: "—", Long: "—"}
}

// options offers choices in a select, after an empty one when first is not empty.
func options(list []Choice, first string) []ui.Option {
	var out []ui.Option
	if first != "" {
		out = append(out, ui.Option{Label: first})
	}
	for _, c := range list {
		out = append(out, ui.Option{Value: c.Value, Label: c.Label, Group: c.Group})
	}
	return out
}

// choices reads one of the lists of Names.
func choices(r *http.Request, list func(context.Context, string, calendar.Day) ([]Choice, error)) ([]Choice, error) {
	if list == nil {
		return nil, nil
	}
	v := web.From(r)
	return list(r.Context(), v.Lang, calendar.DayOf(v.Now))
}

// wordOptions are the options of a closed list, worded by the catalogue under a prefix.
func wordOptions[S ~string](ctx context.Context, prefix string, values []S) []ui.Option {
	out := make([]ui.Option, len(values))
	for n, v := range values {
		out[n] = ui.Option{Value: string(v), Label: ui.T(ctx, prefix+string(v))}
	}
	return out
}
