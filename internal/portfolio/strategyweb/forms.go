package strategyweb

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/portfolio"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// perform does what the form that was sent asks, then leads to the page to, which a deed may change.
// A refused form shows the page again as it was typed; a stale one shows both texts.
func perform(w http.ResponseWriter, r *http.Request, deeds map[string]web.Deed, page templ.Component, to *string) error {
	return web.Perform(w, r, deeds, to, "strategy.done", func(refused error) error { return again(w, r, readable(r, refused), page) })
}

// readable turns the defects of a file, which stand at cells and not in fields of the form, into
// sentences about the file that say the cell.
func readable(r *http.Request, err error) error {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || !strings.HasPrefix(f.Key, "tabular.") {
		return err
	}
	out := fault.New(fault.Invalid, f.Key, f.Args...)
	if len(f.Fields) == 0 {
		return out.At("file", f.Key, f.Args...)
	}
	for _, field := range f.Fields {
		out.At("file", "strategy.series.cell", "cell", field.Name, "defect", web.From(r).P.Field(field))
	}
	return out
}

// again shows a refused form once more; a stale one shows both texts.
func again(w http.ResponseWriter, r *http.Request, err error, page templ.Component) error {
	if f, ok := errors.AsType[*fault.Error](err); ok && f.Kind == fault.Conflict {
		if stale := bothTexts(r, f); len(stale.Fields) > 0 {
			return web.Conflict(w, r, err, stale)
		}
	}
	return web.Refuse(w, r, err, page)
}

// bothTexts is the conflict page of a stale form: what differs stands side by side, the rest goes along.
func bothTexts(r *http.Request, f *fault.Error) web.Stale {
	v := web.From(r)
	s := web.Stale{Action: r.URL.Path, See: r.URL.Path, Hidden: map[string]string{}}
	if f.Key != "strategy.stale" {
		return s
	}
	s.Version = argument(f.Args, "stored")
	for name, values := range r.PostForm {
		if name != "version" && len(values) > 0 {
			s.Hidden[name] = strings.Join(values, "\n")
		}
	}
	for _, field := range f.Fields {
		s.Fields = append(s.Fields, web.Both{Name: field.Name, Label: v.P.T("strategy.f." + field.Name),
			Mine: argument(field.Args, "yours"), Theirs: argument(field.Args, "theirs")})
		delete(s.Hidden, field.Name)
	}
	return s
}

// argument finds a named argument of a message.
func argument(args []any, name string) string {
	for n := 0; n+1 < len(args); n += 2 {
		if args[n] == name {
			switch v := args[n+1].(type) {
			case string:
				return v
			case int64:
				return strconv.FormatInt(v, 10)
			}
		}
	}
	return ""
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

// answersForm is the part of a form that answers the six questions of a decision.
type answersForm struct {
	Motive     string       `form:"why,max=8000"`
	Segments   []string     `form:"for"`
	Basis      string       `form:"basis,max=2000"`    // one per line
	Evidence   string       `form:"evidence,max=2000"` // one per line
	Effective  calendar.Day `form:"when"`
	Procedure  string       `form:"how,max=80"`
	Instrument string       `form:"instrument,max=200"`
}

// readAnswers reads that part of a form.
func readAnswers(r *http.Request) (portfolio.Answers, error) {
	var f answersForm
	err := web.Decode(r, &f)
	return f.answers(web.From(r).Lang), err
}

func (f answersForm) answers(lang string) portfolio.Answers {
	return portfolio.Answers{Segments: f.Segments, Motive: f.Motive, Lang: lang, Basis: lines(f.Basis), Evidence: lines(f.Evidence),
		Effective: f.Effective, Procedure: f.Procedure, Instrument: f.Instrument}
}

// lines are the lines of a text that are not blank.
func lines(text string) []string {
	var out []string
	for _, l := range strings.Split(text, "\n") {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}
