package mail

import (
	"bytes"
	"embed"
	"html/template"
	"strings"
	texttemplate "text/template"

	"parvis/internal/i18n"
)

// Messages are the texts of this package.
//
//go:embed messages/*.toml
var Messages embed.FS

//go:embed letter.html.tmpl letter.txt.tmpl
var layouts embed.FS

// page is what the layouts show: everything is said already.
type page struct {
	Lang, City, Site, Subject string
	Greeting, Colon           string
	Paragraphs                []string
	Rows                      []pageRow
	Groups                    []pageGroup
	Actions                   []pageLink
	Footer                    string
	Unsubscribe               *pageLink
}

type pageRow struct{ Label, Value string }
type pageLink struct{ Label, URL string }
type pageGroup struct {
	Heading string
	Links   []pageLink
}

// letter is a message ready to leave, as the outbox keeps it.
type letter struct {
	To          Address      `json:"to"`
	Lang        string       `json:"lang"`
	Subject     string       `json:"subject"`
	Text        string       `json:"text"`
	HTML        string       `json:"html"`
	Attachments []Attachment `json:"attachments,omitempty"`
	Unsubscribe string       `json:"unsubscribe,omitempty"`
	Thread      string       `json:"thread,omitempty"`
	ReplyTo     string       `json:"reply_to,omitempty"`
}

type layout struct {
	html *template.Template
	text *texttemplate.Template
}

func newLayout() (layout, error) {
	h, err := template.ParseFS(layouts, "letter.html.tmpl")
	if err != nil {
		return layout{}, err
	}
	t, err := texttemplate.ParseFS(layouts, "letter.txt.tmpl")
	return layout{h, t}, err
}

// render says the message in its reader's language, in both forms.
func (m *Mailer) render(msg Message) (letter, error) {
	p := m.catalog.Printer(msg.Lang)
	shown := m.page(p, msg)
	var text, html bytes.Buffer
	if err := m.layout.text.Execute(&text, shown); err != nil {
		return letter{}, err
	}
	if err := m.layout.html.Execute(&html, shown); err != nil {
		return letter{}, err
	}
	l := letter{To: msg.To, Lang: p.Lang(), Subject: shown.Subject, Text: text.String(), HTML: html.String(),
		Attachments: msg.Attachments, Unsubscribe: msg.Unsubscribe, Thread: msg.Thread, ReplyTo: msg.ReplyTo}
	if msg.Calendar != nil {
		var ics bytes.Buffer
		if err := msg.Calendar.Write(&ics); err != nil {
			return letter{}, err
		}
		l.Attachments = append(l.Attachments, Attachment{Name: "parvis.ics", Media: msg.Calendar.MediaType(), Body: ics.Bytes()})
	}
	return l, nil
}

func (m *Mailer) page(p *i18n.Printer, msg Message) page {
	shown := page{Lang: p.Lang(), City: m.config.City, Site: m.config.Site,
		Subject:    oneLine(p.T(msg.Kind+".subject", msg.Args...)),
		Greeting:   p.T("mail.greeting"),
		Colon:      p.T("mail.colon"),
		Paragraphs: paragraphs(p.T(msg.Kind+".body", msg.Args...)),
		Groups:     groups(p, msg.Items),
		Footer:     p.T("mail.footer", "city", m.config.City),
	}
	if msg.To.Name != "" {
		shown.Greeting = p.T("mail.greeting_name", "name", msg.To.Name)
	}
	for _, r := range msg.Rows {
		shown.Rows = append(shown.Rows, pageRow{p.T(r.Label), p.Value(r.Value)})
	}
	for _, a := range msg.Actions {
		shown.Actions = append(shown.Actions, pageLink{p.T(a.Label, a.Args...), a.URL})
	}
	if msg.Unsubscribe != "" {
		shown.Unsubscribe = &pageLink{p.T("mail.unsubscribe"), msg.Unsubscribe}
	}
	return shown
}

func groups(p *i18n.Printer, items []Item) []pageGroup {
	var all []pageGroup
	for _, i := range items {
		if len(all) == 0 || i.Heading != "" {
			g := pageGroup{}
			if i.Heading != "" {
				g.Heading = p.T(i.Heading)
			}
			all = append(all, g)
		}
		last := &all[len(all)-1]
		last.Links = append(last.Links, pageLink{oneLine(p.T(i.Key, i.Args...)), i.URL})
	}
	return all
}

func paragraphs(text string) []string {
	var all []string
	for part := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n") {
		if part = strings.TrimSpace(part); part != "" {
			all = append(all, part)
		}
	}
	return all
}

// Say prints one line of the catalogues in a reader's language.
func (m *Mailer) Say(lang, key string, args ...any) string {
	return oneLine(m.catalog.Printer(lang).T(key, args...))
}
