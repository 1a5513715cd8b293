package ui

import (
	"context"
	"slices"
	"strings"
)

// Problem is one thing wrong with a submitted form, already in the reader's language.
type Problem struct {
	Field string // name of the field, or a cell "Feuille!B4"; empty for the form as a whole
	Text  string
}

// isField tells whether the problem is that of a field of the form, which can be linked to.
func (p Problem) isField() bool { return p.Field != "" && !strings.ContainsAny(p.Field, "! ") }

// Attempt is a refused form: what was typed and what is wrong with it. Without a title nothing is wrong: the form was only
// asked for one more line.
type Attempt struct {
	Form     string // which form of the page, as in Post.Name
	Title    string
	Problems []Problem
	Values   map[string][]string
	Query    bool // asked in an address: what it does not name is as it stands, while a form sends no box that is not ticked
	shown    bool
}

// Shown tells whether the page that was rendered said what is wrong: the form may not be there any more.
func (a *Attempt) Shown() bool { return a.shown }

// refused tells a refused form from one that is shown again because it wants more lines.
func (a *Attempt) refused() bool { return a != nil && a.Title != "" }

// saying is the attempt that a summary is about to show, or nil.
func saying(ctx context.Context, form string) *Attempt {
	a := attemptOf(ctx, form)
	if a != nil {
		a.shown = true
	}
	return a
}

// attemptOf returns the attempt at the form called name, or nil.
func attemptOf(ctx context.Context, name string) *Attempt {
	a := FrameOf(ctx).Attempt
	if a == nil || a.Form != name {
		return nil
	}
	return a
}

// problem returns what is wrong with the field, "" if nothing.
func (f Field) problem(ctx context.Context) string {
	if f.Error != "" {
		return f.Error
	}
	if a := attemptOf(ctx, f.Form); a != nil {
		for _, p := range a.Problems {
			if p.Field == f.Name {
				return p.Text
			}
		}
	}
	return ""
}

// typed returns what was typed in the field if the form was refused, else its stored value.
func (f Field) typed(ctx context.Context) string {
	if a := attemptOf(ctx, f.Form); a != nil && !f.Secret {
		if v := a.Values[f.Name]; len(v) > 0 {
			return v[0]
		}
	}
	return f.Value
}

// chosen tells whether the option is chosen: as typed if the form was refused, else as stored.
func (f Field) chosen(ctx context.Context, value string) bool {
	if a := attemptOf(ctx, f.Form); a != nil {
		if typed, sent := a.Values[f.Name]; sent || !a.Query {
			return slices.Contains(typed, value)
		}
	}
	return value == f.Value || slices.Contains(f.Values, value)
}
