package passationweb

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// chosen splits the name of the form that was sent.
func chosen(r *http.Request) (name, about string, err error) {
	if err := r.ParseForm(); err != nil {
		return "", "", fault.Wrap(err, fault.Invalid, "web.form.unreadable")
	}
	name, about, _ = strings.Cut(r.FormValue(ui.FormName), ".")
	return name, about, nil
}

// perform does what the form that was sent asks, then leads to a page. A refused form shows its page
// again as it was typed.
func perform(w http.ResponseWriter, r *http.Request, deeds map[string]web.Deed, page templ.Component, to string) error {
	return web.Perform(w, r, deeds, &to, "passation.done", func(refused error) error { return web.Refuse(w, r, refused, page) })
}

// attempted tells whether the form was just refused.
func attempted(ctx context.Context, form string) bool {
	a := ui.FrameOf(ctx).Attempt
	return a != nil && a.Form == form
}

// asked tells whether the address asks for a form to stand open.
func asked(ctx context.Context, form string) bool {
	return strings.Contains(ui.FrameOf(ctx).Path, "open="+url.QueryEscape(form))
}

// field is one question of a form; its label and its hint are found by its name.
func field(ctx context.Context, form, name, value string, required bool) ui.Field {
	f := ui.Field{Form: form, Name: name, Label: ui.T(ctx, "passation.f."+name), Value: value, Required: required, Rows: 3}
	if key := "passation.f." + name + ".hint"; ui.P(ctx).Has(key) {
		f.Hint = ui.T(ctx, key)
	}
	return f
}

func among(f ui.Field, options []ui.Option) ui.Field {
	f.Options = options
	return f
}

// sought is searched among the posts when they are too many for a list; said is how the one that stands is called.
func sought(f ui.Field, said string) ui.Field {
	f.Search, f.Said = "post", said
	return f
}

func long(f ui.Field) ui.Field {
	f.Rows = 18
	return f
}

func version(n int64) string { return strconv.FormatInt(n, 10) }

func ids(list []string) []id.ID {
	out := make([]id.ID, len(list))
	for n, s := range list {
		out[n] = id.ID(s)
	}
	return out
}
