package web

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/a-h/templ"

	"parvis/internal/fault"
	"parvis/internal/ui"
)

// Render sends a page. It is rendered whole before anything is sent, so that a failure still gets
// its own page and status.
func Render(w http.ResponseWriter, r *http.Request, page templ.Component) error {
	return RenderStatus(w, r, http.StatusOK, page)
}

// RenderStatus sends a page with a status.
func RenderStatus(w http.ResponseWriter, r *http.Request, status int, page templ.Component) error {
	v := From(r)
	body := v.bodies.take()
	defer v.bodies.giveBack(body)
	if err := page.Render(r.Context(), body); err != nil {
		return err
	}
	return sendPage(w, v, status, body)
}

func sendPage(w http.ResponseWriter, v *Visit, status int, body *bytes.Buffer) error {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", v.Lang)
	h.Add("Vary", "Cookie")
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "private, no-cache")
	}
	w.WriteHeader(status)
	_, err := w.Write(body.Bytes())
	return quiet(err)
}

// largestKept keeps a rare huge page from being held for ever.
const largestKept = 1 << 20

// bodies are the buffers of pages, used again: a page of a large city takes hundreds of KiB.
type bodies struct{ pool sync.Pool }

func (b *bodies) take() *bytes.Buffer {
	if body, is := b.pool.Get().(*bytes.Buffer); is {
		return body
	}
	return new(bytes.Buffer)
}

func (b *bodies) giveBack(body *bytes.Buffer) {
	if body.Cap() <= largestKept {
		body.Reset()
		b.pool.Put(body)
	}
}

// SendJSON answers a machine.
func SendJSON(w http.ResponseWriter, status int, value any) error {
	body, err := json.Marshal(value)
	if err != nil {
		return err
	}
	if w.Header().Get("Content-Type") == "" {
		w.Header().Set("Content-Type", JSON)
	}
	w.WriteHeader(status)
	_, err = w.Write(append(body, '\n'))
	return quiet(err)
}

// quiet drops a failure to write: the reader has gone, and nothing can be told any more.
func quiet(error) error { return nil }

// Again shows a refused form once more with its errors and what was typed: page is the same one
// that showed the form. Any fault that is not about the input is returned for the edge to show.
func Again(w http.ResponseWriter, r *http.Request, err error, page templ.Component) error {
	if fault.KindOf(err) != fault.Invalid {
		return err
	}
	return showAgain(w, r, err, page)
}

// Refuse is Again for a form that rules may refuse too (a state, a power, the proof of identity, too old, of somebody
// who is signed in): what they say stands above it like what is wrong in it.
func Refuse(w http.ResponseWriter, r *http.Request, err error, page templ.Component) error {
	switch fault.KindOf(err) {
	case fault.Invalid, fault.Conflict, fault.Denied:
		return showAgain(w, r, err, page)
	case fault.Unauthenticated:
		if From(r).Visitor.SignedIn() {
			return showAgain(w, r, err, page)
		}
	}
	return err
}

// Retyped shows a form again as it was typed, with nothing wrong in it: a button of it asked for one more line, and for
// nothing else.
func Retyped(w http.ResponseWriter, r *http.Request, page templ.Component) error {
	From(r).Frame.Attempt = &ui.Attempt{Form: r.PostForm.Get(ui.FormName), Values: r.PostForm}
	return Render(w, r, page)
}

// showAgain renders the page of a refused form. When the form is no longer on it, because somebody was faster, the page
// says so at its top; if it cannot, or if words would be lost, the fault is returned: the page of the edge says it and
// keeps the words.
func showAgain(w http.ResponseWriter, r *http.Request, err error, page templ.Component) error {
	v := From(r)
	a := attempt(v, r, err)
	v.Frame.Attempt = a
	body := v.bodies.take()
	defer v.bodies.giveBack(body)
	if err := page.Render(r.Context(), body); err != nil {
		return err
	}
	if !a.Shown() && !slices.ContainsFunc(typed(r), typedField.written) {
		a.Form = ""
		body.Reset()
		if err := page.Render(r.Context(), body); err != nil {
			return err
		}
	}
	if !a.Shown() {
		v.Frame.Attempt = nil
		return err
	}
	return sendPage(w, v, Status(err), body)
}

// attempt says in the visitor's language what is wrong with a submitted form.
func attempt(v *Visit, r *http.Request, err error) *ui.Attempt {
	a := &ui.Attempt{Form: r.PostForm.Get(ui.FormName), Title: v.P.Error(err), Values: r.PostForm}
	if !unsafe(r.Method) {
		a.Values, a.Query = r.URL.Query(), true
	}
	f := asFault(err)
	for _, field := range f.Fields {
		a.Problems = append(a.Problems, ui.Problem{Field: field.Name, Text: v.P.Field(field)})
	}
	return a
}

// Done leads to another page after a change (303) and says there what was done. An empty key says
// nothing.
func Done(w http.ResponseWriter, r *http.Request, url, key string, args ...any) error {
	v := From(r)
	if key != "" {
		v.cookies.setFlash(w, ui.Success, v.P.T(key, args...))
	}
	return See(w, r, url)
}

// See leads to another page (303).
func See(w http.ResponseWriter, r *http.Request, url string) error {
	http.Redirect(w, r, url, http.StatusSeeOther)
	return nil
}

// Back leads to the page named by the form field "back", or to fallback. Only addresses of this
// site are followed.
func Back(w http.ResponseWriter, r *http.Request, fallback string) error {
	return See(w, r, Local(r.PostFormValue("back"), fallback))
}

// Local returns address if it is a path of this site, else fallback: against open redirects.
func Local(address, fallback string) string {
	if !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") || strings.ContainsAny(address, "\\\r\n\t") {
		return fallback
	}
	return address
}

const flashLife = time.Minute

// flashRunes keeps the cookie under the 4096 bytes that browsers store.
const flashRunes = 700

func (c Cookies) setFlash(w http.ResponseWriter, tone ui.Tone, text string) {
	if runes := []rune(text); len(runes) > flashRunes {
		text = string(runes[:flashRunes]) + "…"
	}
	c.Set(w, "flash", base64.RawURLEncoding.EncodeToString([]byte(string(tone)+"|"+text)), flashLife)
}

// takeFlash moves the message of the previous request to this page, once.
func (s *Site) takeFlash(w http.ResponseWriter, r *http.Request, v *Visit) {
	value := s.cookies.Get(r, "flash")
	if value == "" || r.Method != http.MethodGet || v.Route == nil || v.Route.API != "" {
		return
	}
	s.cookies.Clear(w, "flash")
	raw, err := base64.RawURLEncoding.DecodeString(value)
	if err != nil {
		return
	}
	tone, text, _ := strings.Cut(string(raw), "|")
	if t := ui.Tone(tone); t == ui.Success || t == ui.Info || t == ui.Warning {
		v.Frame.Flash = &ui.Flash{Tone: t, Text: text}
	}
}
