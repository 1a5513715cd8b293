package councilweb

import (
	"context"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// minutes is the procès-verbal: written from what happened, worded, approved, masked, published.
func (p *Pages) minutes(w http.ResponseWriter, r *http.Request) error {
	view, err := p.view(r, r.PathValue("meeting"), "council.minutes")
	if err != nil {
		return err
	}
	if view.Minutes.ID == "" && !view.Inside {
		return unknownThing("council.minutes.not_found")
	}
	return web.Render(w, r, minutesPage(view))
}

func (p *Pages) actOnMinutes(w http.ResponseWriter, r *http.Request) error {
	view, err := p.view(r, r.PathValue("meeting"), "council.minutes")
	if err != nil {
		return err
	}
	if err := web.Parse(r); err != nil {
		return err
	}
	view.speak(r, council.ItemFile{})
	page := func() (templ.Component, error) {
		again, err := p.view(r, r.PathValue("meeting"), "council.minutes")
		return minutesPage(again), err
	}
	return perform(w, r, p.minutesDeeds(view), page, web.From(r).URL("council.minutes", view.Meeting.Number))
}

type publishForm struct {
	Version  int64 `form:"version"`
	Reviewed bool  `form:"reviewed"`
}

type signedForm struct {
	Version int64        `form:"version"`
	Who     string       `form:"who,max=20"`
	On      calendar.Day `form:"on"`
}

func (p *Pages) minutesDeeds(v fileView) map[string]web.Deed {
	m := v.Meeting.ID
	return map[string]web.Deed{
		"draft": func(r *http.Request, by act.Actor, _ string) error {
			return nothing(p.Room.DraftMinutes(r.Context(), by, m, p.Official))
		},
		"edit": web.Decoded(func(r *http.Request, by act.Actor, _ string, f versioned) error {
			return nothing(p.Room.EditMinutes(r.Context(), by, m, f.Version, v.worded(r)))
		}),
		"approve": web.Decoded(func(r *http.Request, by act.Actor, _ string, f versioned) error {
			return nothing(p.Room.ApproveMinutes(r.Context(), by, m, f.Version))
		}),
		"signed": web.Decoded(func(r *http.Request, by act.Actor, _ string, f signedForm) error {
			return nothing(p.Room.NoteSignature(r.Context(), by, council.SignedForm{Meeting: m, Version: f.Version, Who: council.Role(f.Who), On: f.On}))
		}),
		"mask": web.Decoded(func(r *http.Request, by act.Actor, _ string, f versioned) error {
			return nothing(p.Room.MaskMinutes(r.Context(), by, m, f.Version, v.masks(r)))
		}),
		"publish": web.Decoded(func(r *http.Request, by act.Actor, _ string, f publishForm) error {
			return nothing(p.Room.PublishMinutes(r.Context(), by, m, f.Version, f.Reviewed))
		}),
	}
}

// worded are the blocks of the form, by their keys.
func (v fileView) worded(r *http.Request) map[string]string {
	out := map[string]string{}
	for _, b := range v.Minutes.Blocks {
		if values, sent := r.PostForm["text."+b.Key]; sent {
			out[b.Key] = strings.ReplaceAll(values[0], "\r\n", "\n")
		}
	}
	return out
}

// masks are the passages of the form: one per line under each block.
func (v fileView) masks(r *http.Request) []council.Mask {
	var out []council.Mask
	for _, b := range v.Minutes.Blocks {
		for _, line := range lines(r.PostForm.Get("mask." + b.Key)) {
			out = append(out, council.Mask{Key: b.Key, Passage: line})
		}
	}
	return out
}

// masked are the passages already chosen in a block, one per line.
func (v fileView) masked(key string) string {
	var list []string
	for _, m := range v.Minutes.Masks {
		if m.Key == key {
			list = append(list, m.Passage)
		}
	}
	return strings.Join(list, "\n")
}

// blockLabel names a paragraph in the form.
func blockLabel(ctx context.Context, b council.Block) string {
	if b.Title != "" {
		return b.Title
	}
	return ui.T(ctx, "councilweb.minutes.block."+b.Key)
}

// rowsOf gives a text the lines that it needs.
func rowsOf(text string) int {
	n := 1
	for _, line := range strings.Split(text, "\n") {
		n += 1 + len(line)/90
	}
	return min(max(n, 3), 20)
}
