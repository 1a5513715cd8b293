package actweb

import (
	"cmp"
	"context"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/web"
)

// words turns acts into sentences, in one language, with the names that things have on one day.
type words struct {
	p     *i18n.Printer
	names map[act.Ref]Label
}

// words asks once for all the names that the entries need.
func (p *Pages) words(ctx context.Context, v *web.Visit, entries []act.Entry) (*words, error) {
	w := &words{p: v.P, names: map[act.Ref]Label{}}
	refs := refsOf(entries)
	if p.Name == nil || len(refs) == 0 {
		return w, nil
	}
	found, err := p.Name(ctx, v.Lang, calendar.DayOf(v.Now), refs)
	if found != nil {
		w.names = found
	}
	return w, err
}

// refsOf lists everything that the entries name, each once, in order.
func refsOf(entries []act.Entry) []act.Ref {
	var refs []act.Ref
	add := func(kind string, ids ...id.ID) {
		for _, i := range ids {
			refs = append(refs, act.Ref{Type: kind, ID: i})
		}
	}
	for _, e := range entries {
		add("post", e.Who.Post, e.Who.Deputising, e.Who.OnBehalf)
		add("unit", e.Who.OnBehalf)
		refs = append(refs, e.What.Ref, e.Subject)
		for name, value := range e.Args {
			add(name, id.ID(value))
		}
		if e.For != nil {
			add("unit", e.For.Units...)
			add("place", codes(e.For.Territory)...)
		}
		if e.Why != nil {
			add("objective", e.Why.Objectives...)
		}
		for _, r := range []*act.Ref{whySolicitation(e), whyQuestion(e), e.How.Meeting, e.How.Step} {
			if r != nil {
				refs = append(refs, *r)
			}
		}
		for _, l := range append(slices.Clone(e.How.Chain.Steps), e.How.Chain.Missing...) {
			add(l.Kind, l.ID)
		}
	}
	slices.SortFunc(refs, func(a, b act.Ref) int { return cmp.Or(cmp.Compare(a.Type, b.Type), cmp.Compare(a.ID, b.ID)) })
	return slices.DeleteFunc(slices.Compact(refs), act.Ref.Zero)
}

func codes(values []string) []id.ID {
	out := make([]id.ID, len(values))
	for i, v := range values {
		out[i] = id.ID(v)
	}
	return out
}

func whySolicitation(e act.Entry) *act.Ref {
	if e.Why == nil {
		return nil
	}
	return e.Why.Solicitation
}

func whyQuestion(e act.Entry) *act.Ref {
	if e.Why == nil {
		return nil
	}
	return e.Why.Question
}

// label is how a thing is called; one that nobody can name any more is called by its kind.
func (w *words) label(r act.Ref) Label {
	if l, ok := w.names[r]; ok && l.Text != "" {
		return l
	}
	if key := "act.type." + r.Type; w.p.Has(key) {
		return Label{Text: w.p.T(key)}
	}
	return Label{Text: w.p.T("actweb.thing", "type", r.Type)}
}

// called is how a thing is called inside a sentence: in French, a post or a unit takes its article.
func (w *words) called(r act.Ref) string {
	text := w.label(r).Text
	if _, named := w.names[r]; named && w.p.Lang() == i18n.French && (r.Type == "post" || r.Type == "unit") {
		return i18n.Definite(text)
	}
	return text
}

// sentence says an act in one sentence.
func (w *words) sentence(e act.Entry) string {
	who := w.who(e)
	if e.Who.Post != "" {
		who = w.called(act.Ref{Type: "post", ID: e.Who.Post})
	}
	args := []any{"who", who, "object", w.called(e.What.Ref), "subject", w.called(e.Subject)}
	for name, value := range e.Args {
		args = append(args, name, w.argument(name, value))
	}
	// A verb that is done about things of several kinds may be said otherwise of each, and one that tells more when it knows it.
	for _, form := range append(slices.Sorted(maps.Keys(e.Args)), e.Subject.Type, "") {
		if key := strings.TrimSuffix("act."+e.Verb+"."+form, "."); w.p.Has(key) {
			return i18n.Joined(w.p.T(key, args...))
		}
	}
	return w.p.T("actweb.sentence", "who", w.who(e), "verb", e.Verb, "object", w.label(e.What.Ref).Text)
}

// argument says an argument as people do: the name of a thing, a word of the catalogue, a day, a number.
func (w *words) argument(name, value string) string {
	if r := (act.Ref{Type: name, ID: id.ID(value)}); w.names[r].Text != "" {
		return w.called(r)
	}
	if key := "act.arg." + name + "." + value; w.p.Has(key) {
		return w.p.T(key)
	}
	if day := calendar.Day(value); day.Valid() {
		return w.p.Day(day)
	}
	if n, err := strconv.ParseInt(value, 10, 64); err == nil && strconv.FormatInt(n, 10) == value {
		return w.p.Number(n)
	}
	return value
}

func (w *words) who(e act.Entry) string {
	switch {
	case e.Who.Post != "":
		return w.label(act.Ref{Type: "post", ID: e.Who.Post}).Text
	case e.Who.Kind == act.System:
		return w.p.T("actweb.who.system")
	case e.Who.Kind == act.Agent:
		return w.p.T("actweb.who.agent")
	default:
		return w.p.T("actweb.who.resident")
	}
}

var unfilled = regexp.MustCompile(`⟦[^⟧]*⟧`)

// kind says what a verb is, without any act: its sentence with blanks.
func kind(p *i18n.Printer, verb string) string {
	if !p.Has("act." + verb) {
		return verb
	}
	return unfilled.ReplaceAllString(p.T("act."+verb), "…")
}

func instant(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// Unsaid lists the verbs that a catalogue cannot say in every language: app's test wants none.
func Unsaid(c *i18n.Catalog, all act.Verbs) []string {
	var missing []string
	for _, v := range all.Sorted() {
		for _, lang := range i18n.Languages() {
			if !c.Printer(lang).Has("act." + v.Name) {
				missing = append(missing, lang+": act."+v.Name)
			}
		}
	}
	return missing
}
