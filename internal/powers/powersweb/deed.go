package powersweb

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/identity"
	"parvis/internal/powers"
	"parvis/internal/web"
)

// deed is a change of the organisation that an agent fills in on a page, sees as it would be, then makes. What it would
// change is found by making it and taking it back (act.Rehearse), so that a preview never says another thing than
// what happens.
type deed struct {
	page  deedView
	read  func() error                                // decodes the form
	run   func(*act.Tx) error                         // makes the change
	day   func() calendar.Day                         // on which it is looked at
	lines func(ctx context.Context) ([]string, error) // what it changes beside the organigram; may be nil
	rules func() *compareView                         // what it changes in the rules; may be nil
	field string                                      // beside which a conflict with the state of the organisation is shown
	done  func() (to, key string, args []any)
}

// deedView is what the page of a deed shows.
type deedView struct {
	Title, Lede, To, Back string
	Button                string
	Danger, Upload        bool
	Fields                templ.Component

	Previewed bool
	Lines     []string
	Change    *compareView // what moves in the organigram
	Rules     *compareView // what changes in the rules
	Seen      string       // proves to the second step what the first one showed
	Moved     bool         // the organisation changed between the two
}

// typed is a form as it was sent, for the fields of the page that shows it again.
type typed struct {
	values url.Values
	sent   bool
}

// val is what was typed in a field; before anything was, the value proposed.
func (t typed) val(name, proposed string) string {
	if t.sent {
		return t.values.Get(name)
	}
	return proposed
}

// typedIn reads the form before its fields are shown again.
func typedIn(r *http.Request) typed {
	if r.Method == http.MethodPost {
		r.PostFormValue("do")
	}
	return typed{r.PostForm, r.Method == http.MethodPost}
}

// perform shows the form, then what it would change, then makes the change if that is what was seen.
func (p *Pages) perform(w http.ResponseWriter, r *http.Request, d *deed) error {
	if r.Method == http.MethodGet {
		return web.Render(w, r, deedPage(d.page))
	}
	v := web.From(r)
	if err := identity.RequireWrite(v.Visitor); err != nil {
		return err
	}
	err := d.read()
	if err == nil {
		err = p.preview(r, d)
	}
	if err != nil {
		return web.Again(w, r, refused(err, d.field), deedPage(d.page))
	}
	switch seen := r.PostFormValue("seen"); {
	case r.PostFormValue("do") != "apply":
		return web.Render(w, r, deedPage(d.page))
	case seen != d.page.Seen:
		d.page.Moved = true
		return web.RenderStatus(w, r, http.StatusConflict, deedPage(d.page))
	}
	if _, err := change(p, r, func(tx *act.Tx) (struct{}, error) { return struct{}{}, d.run(tx) }); err != nil {
		return web.Again(w, r, refused(err, d.field), deedPage(d.page))
	}
	to, key, args := d.done()
	return web.Done(w, r, to, key, args...)
}

// preview makes the change, looks, and takes it back.
func (p *Pages) preview(r *http.Request, d *deed) (err error) {
	view, by := &d.page, web.From(r).Visitor.Actor("")
	if d.lines != nil {
		if view.Lines, err = d.lines(r.Context()); err != nil {
			return err
		}
	}
	err = act.Rehearse(r.Context(), p.Log, func(as func(act.Actor) *act.Tx) error {
		tx := as(by)
		if err := d.run(tx); err != nil {
			return err
		}
		at := powers.Now(tx.Now()).On(d.day())
		before, after := at, at
		before.Known, after.Known = tx.Now().Add(-time.Microsecond), tx.Now().Add(time.Second)
		evolution, err := powers.Evolve(r.Context(), tx, before, after, names(r))
		view.Change = &compareView{From: at.Day, To: at.Day, Evolution: evolution}
		return err
	})
	if f, ok := errors.AsType[*fault.Error](err); ok {
		return f // without what a rehearsal joins to it
	}
	if err != nil {
		return err
	}
	if d.rules != nil {
		view.Rules = d.rules()
	}
	view.Previewed = true
	view.Seen = d.seen(r)
	return nil
}

// seen is a digest of what was typed and of what it would change: the second step makes neither something else nor
// something that has become something else.
func (d *deed) seen(r *http.Request) string {
	h := sha256.New()
	names := make([]string, 0, len(r.PostForm))
	for name := range r.PostForm {
		if name != "do" && name != "seen" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		fmt.Fprintf(h, "%q=%q\n", name, r.PostForm[name])
	}
	for _, l := range d.page.Lines {
		fmt.Fprintf(h, "%q\n", l)
	}
	for _, g := range changesOf(r.Context(), *d.page.Change) {
		for _, l := range g.Lines {
			fmt.Fprintf(h, "%q %q %q\n", g.Title, l.Title, l.Note)
		}
	}
	return hex.EncodeToString(h.Sum(nil))[:32]
}

// readAll reads an uploaded text, "" when there is none.
func readAll(r *http.Request, field string, limit int64) (string, error) {
	file, err := web.File(r, field, limit)
	if err != nil || file == nil {
		return "", err
	}
	defer file.File.Close()
	var b strings.Builder
	_, err = io.Copy(&b, file.File)
	return b.String(), err
}
