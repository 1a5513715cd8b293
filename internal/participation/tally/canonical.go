package tally

import (
	"bytes"
	"fmt"
	"strconv"
)

// Canonical writes the document in the one form that is hashed: every key in a fixed order, one to a
// line, empty ones included, "key = value", lists on one line, UTF-8, lines ended by \n. It is TOML.
func (d *Document) Canonical() []byte {
	w := &canon{}
	w.text("format", d.Format)
	w.text("title", d.Title)
	w.text("rule", d.Rule)
	w.text("currency", d.Currency)
	w.number("decimals", int64(d.Decimals))
	w.number("budget", d.Budget)
	w.table("[ballot]")
	w.text("kind", d.Ballot.Kind)
	w.number("min_length", int64(d.Ballot.MinLength))
	w.number("max_length", int64(d.Ballot.MaxLength))
	w.number("max_points", int64(d.Ballot.MaxPoints))
	w.number("max_sum_points", int64(d.Ballot.MaxSumPoints))
	w.list("grades", d.Ballot.Grades)
	w.table("[conventions]")
	w.number("min_votes", d.Conventions.MinVotes)
	w.number("cost_bar", d.Conventions.CostBar)
	w.number("threshold", d.Conventions.Threshold)
	w.text("missing", d.Conventions.Missing)
	w.text("fit", d.Conventions.Fit)
	w.list("order", d.Conventions.Order)
	w.table("[publish]")
	w.value("ballots", strconv.FormatBool(d.Publish.Ballots))
	w.value("totals", strconv.FormatBool(d.Publish.Totals))
	w.value("what_if", strconv.FormatBool(d.Publish.WhatIf))
	for _, l := range d.Lots {
		w.lot(l)
	}
	return w.Bytes()
}

// canon writes canonical TOML.
type canon struct{ bytes.Buffer }

func (w *canon) lot(l LotDocument) {
	w.table("[[lots]]")
	w.text("id", l.ID)
	w.text("name", l.Name)
	w.number("budget", l.Budget)
	w.number("seats", int64(l.Seats))
	w.number("cap", l.Cap)
	w.number("reserve", l.Reserve)
	w.number("max_length", int64(l.MaxLength))
}

func (w *canon) table(name string) { fmt.Fprintf(w, "%s\n", name) }

func (w *canon) value(key, v string) { fmt.Fprintf(w, "%s = %s\n", key, v) }

func (w *canon) number(key string, v int64) { w.value(key, strconv.FormatInt(v, 10)) }

func (w *canon) text(key, v string) { w.value(key, quoteTOML(v)) }

func (w *canon) list(key string, list []string) {
	out := "["
	for i, v := range list {
		if i > 0 {
			out += ", "
		}
		out += quoteTOML(v)
	}
	w.value(key, out+"]")
}

// quoteTOML writes a basic string: backslash, quote and control characters are escaped, all else is
// itself.
func quoteTOML(s string) string {
	var b bytes.Buffer
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < 0x20 || r == 0x7f:
			fmt.Fprintf(&b, "\\u%04X", r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
