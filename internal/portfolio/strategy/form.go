package strategy

import (
	"cmp"
	"errors"
	"net/url"
	"regexp"
	"strings"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/portfolio"
)

// How long texts may be, in characters.
const (
	maxCode  = 40
	maxTitle = 200
	maxText  = 8000
)

// form gathers what is wrong with what somebody typed.
type form struct{ *fault.Error }

func newForm() form { return form{fault.New(fault.Invalid, "strategy.form")} }

// invalid is one thing that is wrong in one field.
func invalid(field, key string, args ...any) error { return newForm().At(field, key, args...) }

func (f form) required(field, value string, max int) {
	if value == "" {
		f.At(field, "strategy.required")
		return
	}
	f.limited(field, value, max)
}

func (f form) limited(field, value string, max int) {
	if n := len([]rune(value)); n > max {
		f.At(field, "strategy.too_long", "max", max, "length", n)
	}
}

func (f form) day(field string, d calendar.Day, needed bool) {
	if d == "" && !needed {
		return
	}
	if !d.Valid() {
		f.At(field, "strategy.bad_day")
	}
}

func (f form) link(field, value string) {
	if value == "" {
		return
	}
	f.limited(field, value, 2000)
	if u, err := url.Parse(value); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		f.At(field, "strategy.bad_link")
	}
}

var digestText = regexp.MustCompile(`^[0-9a-f]{64}$`)

func (f form) digest(field, value string) {
	if value != "" && !digestText.MatchString(value) {
		f.At(field, "strategy.bad_digest")
	}
}

// quantity reads a number as people type it and writes it back as it is stored.
func (f form) quantity(field string, q *Quantity, needed bool) {
	if strings.TrimSpace(string(*q)) == "" {
		if *q = ""; needed {
			f.At(field, "strategy.required")
		}
		return
	}
	read, err := ReadQuantity(string(*q))
	if bad, ok := errors.AsType[*fault.Error](err); ok {
		f.At(field, bad.Key, bad.Args...)
		return
	}
	*q = read
}

// oneOf wants a value of a closed list.
func oneOf[S ~string](f form, field string, value S, all []S) {
	for _, v := range all {
		if v == value {
			return
		}
	}
	f.At(field, "strategy.choose")
}

// trim takes the spaces around texts away.
func trim(texts ...*string) {
	for _, t := range texts {
		*t = strings.TrimSpace(*t)
	}
}

// fresh refuses a form filled from an older version, and keeps both texts of each field that differs.
func fresh(seen, stored int64, fields ...portfolio.Differing) error {
	if seen == stored {
		return nil
	}
	err := fault.New(fault.Conflict, "strategy.stale", "seen", seen, "stored", stored)
	for _, f := range fields {
		if f.Yours != f.Theirs {
			err.At(f.Field, "strategy.stale.field", "yours", f.Yours, "theirs", f.Theirs)
		}
	}
	return err
}

// decided writes the answers of a decision where an act keeps them.
func decided(a portfolio.Answers, today calendar.Day) act.Act {
	out := act.Act{For: act.For{Segments: a.Segments, Units: a.Units, Territory: a.Places},
		Why:  act.Why{Objectives: a.Objectives, Basis: filled(a.Basis), Evidence: filled(a.Evidence)},
		When: act.When{Effective: cmp.Or(a.Effective, today)},
		How:  act.How{Procedure: cmp.Or(a.Procedure, "direct"), Instrument: strings.TrimSpace(a.Instrument)}}
	return said(out, "motive", a.Lang, strings.TrimSpace(a.Motive))
}

// filled drops the blanks of a list.
func filled(list []string) []string {
	var out []string
	for _, s := range list {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// said adds a free text to an act: a payload of its own, which can be effaced.
func said(a act.Act, name, lang, body string) act.Act {
	if body != "" {
		a.Texts = append(a.Texts, act.Text{Name: name, Lang: lang, Body: body})
	}
	return a
}
