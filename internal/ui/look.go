package ui

import (
	"strings"

	"github.com/a-h/templ"
)

// Look is the weight of a button on its page. One primary button a page, at most.
type Look string

// The looks of buttons.
const (
	Primary   Look = "primary"
	Secondary Look = "secondary"
	Quiet     Look = "quiet"
	Danger    Look = "danger"
)

// Tone is the colour of a notice or a tag; words always say the same.
type Tone string

// The tones. Neutral and Outline are for tags.
const (
	Neutral Tone = "neutral"
	Outline Tone = "outline"
	Info    Tone = "info"
	Success Tone = "success"
	Warning Tone = "warning"
	Error   Tone = "error"
)

func (l Look) class() string { return "btn btn-" + string(l) }

func (t Tone) notice() string { return "notice notice-" + string(t) }

func (t Tone) tag() string {
	if t == Error {
		return "tag tag-danger"
	}
	return "tag tag-" + string(t)
}

// TagHTML is a Tag as HTML, for pages that repeat it hundreds of times.
func TagHTML(t Tone, label string) string {
	return `<span class="` + t.tag() + `">` + templ.EscapeString(label) + `</span>`
}

// Str is a text as a component, where a component is asked for.
func Str(s string) templ.Component { return text(s) }

// slug makes an id of a label: letters and digits of ASCII, the rest as dashes.
func slug(s string) string {
	keep := func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return '-'
	}
	return strings.Trim(strings.Map(keep, s), "-")
}
