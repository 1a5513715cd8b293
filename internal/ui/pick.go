package ui

import (
	"context"

	"github.com/a-h/templ"
)

// PickName is the hidden field that names what is searched: "post:rapporteur" says that the field rapporteur holds
// words about a post. Package web turns them into an id before the form is read.
const PickName = "_pick"

// PickedSuffix ends the name of the radio buttons that offer what was found.
const PickedSuffix = ".is"

// PickedWas ends the name of the hidden field that says, in a searched field that is filled in already, which thing its
// words are about: its id, a space, the words. Untouched words need no search.
const PickedWas = ".was"

// PicksListed is how many options a list may have: a longer one is searched instead. A select of all posts of a large
// city weighs hundreds of KiB on every page, and nobody finds anything in it.
const PicksListed = 200

// Picked is what became of the words typed in a searched field of a form that was sent.
type Picked struct {
	ID     string   // of the thing that is meant, "" while it is not known
	Said   string   // what the field shows: the words as typed, or how the thing is called
	Offers []Option // among which to choose; none when nothing was found
}

// searched tells whether Pick searches: Search names what, and there is no list, or too long a one.
func (f Field) searched() bool {
	n := 0
	for _, o := range f.Options {
		if o.Value != "" {
			n++
		}
	}
	return f.Search != "" && (n == 0 || n > PicksListed)
}

// picked is what became of the field in a form that comes back; the zero one in a new form.
func (f Field) picked(ctx context.Context) Picked {
	if attemptOf(ctx, f.Form) == nil {
		return Picked{ID: f.Value, Said: f.Said}
	}
	return FrameOf(ctx).Picked[f.Name]
}

// offered is the field of the radio buttons: the problem of the search stands there.
func (f Field) offered(ctx context.Context, p Picked) Field {
	return Field{Form: f.Form, Name: f.Name + PickedSuffix, Label: f.Label, Required: f.Required, Error: f.problem(ctx), Options: p.Offers}
}

// hinted keeps the hint of the field, or says how to search.
func (f Field) hinted(how string) Field {
	if f.Hint == "" {
		f.Hint = how
	}
	return f
}

// searchAria ties the box to its hint and its error; beside things to choose from, which bear the error, it has none.
func (f Field) searchAria(ctx context.Context, p Picked) templ.Attributes {
	if len(p.Offers) > 0 {
		return nil
	}
	return f.aria(f.problem(ctx))
}

func suggest(ctx context.Context, search string) string {
	if s := FrameOf(ctx).Suggest; s != nil {
		return s(search)
	}
	return ""
}
