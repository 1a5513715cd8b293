package web

import (
	"cmp"
	"context"
	"net/http"
	"strings"
	"unicode/utf8"

	"parvis/internal/fault"
	"parvis/internal/ui"
)

// Finder finds things of the city by what people type about them: an id, a code, words of their names. It answers the
// best first, at most limit of them; a single answer means that no other thing is meant.
type Finder func(ctx context.Context, words string, limit int) ([]ui.Option, error)

const (
	offersShown = 20  // things offered when several answer
	mostPicks   = 30  // searched fields of one form
	mostWords   = 200 // characters of one search
)

// pick puts the ids of what was meant in place of the words typed in searched fields (ui.Pick). It tells in which
// fields nothing, or more than one thing, was found; what was typed stays in them.
func pick(r *http.Request, values map[string][]string, bad *fault.Error) (open map[string]bool, err error) {
	wanted := values[ui.PickName]
	if len(wanted) == 0 {
		return nil, nil
	}
	if len(wanted) > mostPicks {
		return nil, fault.New(fault.TooLarge, "fault.too_large")
	}
	v := From(r)
	open, v.Frame.Picked = map[string]bool{}, map[string]ui.Picked{}
	for _, one := range wanted {
		kind, field, _ := strings.Cut(one, ":")
		find := v.finders[kind]
		if find == nil {
			return nil, fault.New(fault.Invalid, "web.form.unreadable")
		}
		p, key, err := pickOne(r.Context(), find, values, field)
		if err != nil {
			return nil, err
		}
		if v.Frame.Picked[field] = p; key != "" {
			open[field] = true
			bad.At(field, key, "words", p.Said, "n", offersShown)
		}
	}
	return open, nil
}

// pickOne looks for what one field means: the thing chosen among those offered, else what its words find. key says
// why it is not known.
func pickOne(ctx context.Context, find Finder, values map[string][]string, field string) (p ui.Picked, key string, err error) {
	p.Said = strings.TrimSpace(first(values[field]))
	words := cmp.Or(first(values[field+ui.PickedSuffix]), p.Said)
	if was, said, _ := strings.Cut(first(values[field+ui.PickedWas]), " "); was != "" && said == words {
		values[field] = []string{was}
		return ui.Picked{ID: was, Said: said}, "", nil
	}
	if words == "" {
		return p, "", nil
	}
	if utf8.ValidString(words) && utf8.RuneCountInString(words) <= mostWords {
		if p.Offers, err = find(ctx, words, offersShown+1); err != nil {
			return p, "", err
		}
	}
	switch n := len(p.Offers); {
	case n == 0:
		return p, "web.pick.none", nil
	case n == 1:
		values[field] = []string{p.Offers[0].Value}
		return ui.Picked{ID: p.Offers[0].Value, Said: p.Offers[0].Label}, "", nil
	case n > offersShown:
		p.Offers = p.Offers[:offersShown]
		return p, "web.pick.many", nil
	}
	return p, "web.pick.several", nil
}

// suggest answers what completes the words typed in a searched field, for scripts.
func (s *Site) suggest(w http.ResponseWriter, r *http.Request) error {
	query, labels := r.URL.Query(), []string{}
	find, words := s.cfg.Finders[query.Get("what")], query.Get("q")
	if find != nil && words != "" && utf8.ValidString(words) && utf8.RuneCountInString(words) <= mostWords {
		found, err := find(r.Context(), words, offersShown)
		if err != nil {
			return err
		}
		for _, o := range found {
			labels = append(labels, o.Label)
		}
	}
	w.Header().Set("Cache-Control", "private, no-store")
	return SendJSON(w, http.StatusOK, labels)
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}
