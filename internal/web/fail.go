package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"runtime/debug"
	"slices"
	"strings"
	"unicode"

	"parvis/internal/fault"
	"parvis/internal/ui"
)

// statuses is the one place where kinds of fault become HTTP.
var statuses = map[fault.Kind]int{
	fault.Internal:        http.StatusInternalServerError,
	fault.Invalid:         http.StatusUnprocessableEntity,
	fault.Unauthenticated: http.StatusUnauthorized,
	fault.Denied:          http.StatusForbidden,
	fault.NotFound:        http.StatusNotFound,
	fault.Conflict:        http.StatusConflict,
	fault.Gone:            http.StatusGone,
	fault.TooLarge:        http.StatusRequestEntityTooLarge,
	fault.TooMany:         http.StatusTooManyRequests,
	fault.Unavailable:     http.StatusServiceUnavailable,
}

// Status returns the HTTP status of an error.
func Status(err error) int {
	var not methodNotAllowed
	if errors.As(err, &not) {
		return http.StatusMethodNotAllowed
	}
	return statuses[fault.KindOf(err)]
}

// asFault returns the first fault in the chain, or one that hides the error.
func asFault(err error) *fault.Error {
	if f, ok := errors.AsType[*fault.Error](err); ok {
		return f
	}
	return fault.Wrap(err, fault.Internal, "fault.internal")
}

func internal(err error) bool { return err != nil && Status(err) >= 500 }

func faultName(err error) string { return fault.KindOf(err).String() + " " + asFault(err).Key }

func panicked(p any) error {
	return fault.Wrap(fmt.Errorf("panic: %v\n%s", p, debug.Stack()), fault.Internal, "fault.internal")
}

// fail answers with what went wrong: to people a page, to machines a problem document.
func (s *Site) fail(w http.ResponseWriter, r *http.Request, err error) {
	v := From(r)
	v.record.err = err
	if written(w) {
		return // the answer had begun: there is nothing left to say it in
	}
	w.Header().Del("Content-Disposition")
	w.Header().Del("ETag")
	w.Header().Del("Last-Modified")
	w.Header().Set("Cache-Control", "no-store")
	if machine(v, r) {
		s.problem(w, v, err)
		return
	}
	if s.signInInstead(w, r, v, err) {
		return
	}
	if again := RenderStatus(w, r, Status(err), errorPage(s.trouble(r, v, err))); again != nil {
		v.record.err = errors.Join(err, again)
		http.Error(w, v.P.T("fault.internal"), http.StatusInternalServerError)
	}
}

func written(w http.ResponseWriter) bool {
	a, ok := w.(*answer)
	return ok && a.status != 0
}

// machine tells whether a program asks.
func machine(v *Visit, r *http.Request) bool {
	if v.Route != nil && v.Route.API != "" {
		return true
	}
	return Prefers(r, HTML, JSON, "application/problem+json") != HTML
}

// signInInstead leads an anonymous reader to the sign-in page and back. A refused form is not lost
// that way: it gets the error page, which keeps it.
func (s *Site) signInInstead(w http.ResponseWriter, r *http.Request, v *Visit, err error) bool {
	if fault.KindOf(err) != fault.Unauthenticated || r.Method != http.MethodGet || !s.table.Has(SignInRoute) {
		return false
	}
	See(w, r, v.URL(SignInRoute)+"?back="+url.QueryEscape(r.URL.RequestURI()))
	return true
}

// Problem is a problem document (RFC 9457). Type is a stable name of the kind of fault.
type Problem struct {
	Type     string         `json:"type"`
	Title    string         `json:"title"`
	Status   int            `json:"status"`
	Detail   string         `json:"detail,omitempty"`
	Instance string         `json:"instance"`
	Errors   []ProblemField `json:"errors,omitempty"`
}

// ProblemField is one defect of the input.
type ProblemField struct {
	Field  string `json:"field"`
	Detail string `json:"detail"`
}

func (s *Site) problem(w http.ResponseWriter, v *Visit, err error) {
	f, status := asFault(err), Status(err)
	p := Problem{Type: "urn:parvis:fault:" + f.Kind.String(), Title: http.StatusText(status), Status: status,
		Detail: v.P.Error(f), Instance: "urn:parvis:request:" + string(v.RequestID)}
	for _, field := range f.Fields {
		p.Errors = append(p.Errors, ProblemField{field.Name, v.P.Field(field)})
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Content-Language", v.Lang)
	SendJSON(w, status, p)
}

// trouble is what an error page shows.
type trouble struct {
	Title   string
	Message string
	Next    string // what to do now
	Fields  []ui.Problem
	Request string
	Action  string // where the form was sent
	Typed   []typedField
	SignIn  string
	Who     string    // where one asks who may do what was refused
	Ways    []ui.Item // out of a page that is not there
}

type typedField struct{ Name, Value string }

// written tells words of a person from the numbers, codes and keys that a form carries along: those are
// sent again, unseen.
func (f typedField) written() bool {
	return strings.ContainsFunc(f.Value, func(c rune) bool { return unicode.IsSpace(c) || unicode.IsUpper(c) || c > unicode.MaxASCII })
}

// ways lead on from a page that is not there: for a visitor whom nobody knows it may be one for those who work for the city.
func (s *Site) ways(r *http.Request, v *Visit) []ui.Item {
	out := []ui.Item{{Label: v.P.T("web.error.home"), URL: "/" + v.Lang + "/"}}
	if s.table.Has(SiteMapRoute) {
		out = append(out, ui.Item{Label: v.P.T("web.footer." + SiteMapRoute), URL: v.URL(SiteMapRoute)})
	}
	if !v.Visitor.SignedIn() && s.table.Has(SignInRoute) && !unsafe(r.Method) {
		out = append(out, ui.Item{Label: v.P.T("ui.sign_in"), URL: v.URL(SignInRoute) + "?back=" + url.QueryEscape(r.URL.RequestURI())})
	}
	return out
}

func (s *Site) trouble(r *http.Request, v *Visit, err error) trouble {
	f := asFault(err)
	t := trouble{Message: v.P.Error(f), Request: string(v.RequestID)}
	if internal(err) && f.Kind == fault.Internal {
		t.Message = v.P.T("fault.internal")
	}
	name := f.Kind.String()
	if Status(err) == http.StatusMethodNotAllowed {
		name = "method"
	}
	t.Title, t.Next = v.P.T("web.error."+name+".title"), v.P.T("web.error."+name+".next")
	if f.Kind == fault.Denied {
		s.refused(&t, v, f)
	}
	t.worded(v, f)
	for _, field := range f.Fields {
		t.Fields = append(t.Fields, ui.Problem{Field: field.Name, Text: v.P.Field(field)})
	}
	if f.Kind == fault.Unauthenticated && s.table.Has(SignInRoute) {
		t.SignIn = v.URL(SignInRoute)
	}
	if f.Kind == fault.NotFound {
		t.Ways = s.ways(r, v)
	}
	if unsafe(r.Method) {
		t.Action, t.Typed = r.URL.RequestURI(), typed(r)
	}
	return t
}

// worded gives a fault the words that it has of its own, under its key and ".title", ".next": a link that served and a
// record that was withdrawn are both gone, and are not the same to who reads.
func (t *trouble) worded(v *Visit, f *fault.Error) {
	for ending, to := range map[string]*string{".title": &t.Title, ".next": &t.Next} {
		if v.P.Has(f.Key + ending) {
			*to = v.P.T(f.Key+ending, f.Args...)
		}
	}
}

// refused says of what one may not do whom to ask: the page « Qui décide ? », which is asked about the verb when the fault
// names one, unless the fault has words of its own.
func (s *Site) refused(t *trouble, v *Visit, f *fault.Error) {
	own := v.P.Has(f.Key + ".next")
	if !own && !v.Visitor.Inside() {
		t.Next = v.P.T("web.error.denied.outside")
	}
	verb, _ := f.Arg("verb").(string)
	if s.table.Has(WhoRoute) && v.Visitor.Inside() && (!own || verb != "") {
		t.Who = v.URL(WhoRoute)
		if verb != "" {
			t.Who += "?" + url.Values{"what": {verb}}.Encode()
		}
	}
}

// typed lists what a failed form held, so that it can be sent again or copied. Secrets stay out.
func typed(r *http.Request) []typedField {
	if r.PostForm == nil {
		Parse(r) // refused before its handler: read it now, within the same limits
	}
	var list []typedField
	for name, values := range r.PostForm {
		for _, value := range values {
			if value != "" && !secret(name) && len(list) < 200 {
				list = append(list, typedField{name, value})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b typedField) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// secret tells whether a field must never be shown again.
func secret(name string) bool {
	for _, word := range []string{"password", "passe", "code", "token", "secret", "credential"} {
		if strings.Contains(strings.ToLower(name), word) {
			return true
		}
	}
	return false
}
