package actweb

import (
	"encoding/json"
	"encoding/xml"
	"net/http"

	"parvis/internal/act"
	"parvis/internal/web"
)

// perFeed is how many acts a feed holds.
const perFeed = 100

// feed reads the public acts of a filter: a feed is read without an account, and shows to everybody what
// it shows to nobody in particular.
func (p *Pages) feed(r *http.Request) (query, []line, error) {
	var q query
	filter, err := p.filter(r, &q)
	if err != nil {
		return q, nil, err
	}
	filter.Limit = perFeed
	entries, err := act.Journal(r.Context(), p.Readers, act.Resident, filter)
	if err != nil {
		return q, nil, err
	}
	lines, err := p.lines(r.Context(), web.From(r), entries)
	return q, lines, err
}

// atomFeed is RFC 4287.
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Links   []atomLink  `xml:"link"`
	Author  string      `xml:"author>name"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID        string   `xml:"id"`
	Title     string   `xml:"title"`
	Updated   string   `xml:"updated"`
	Published string   `xml:"published"`
	Link      atomLink `xml:"link"`
	Author    string   `xml:"author>name"`
	Summary   string   `xml:"summary"`
}

func (p *Pages) atom(w http.ResponseWriter, r *http.Request) error {
	q, lines, err := p.feed(r)
	if err != nil {
		return err
	}
	v, origin := web.From(r), web.From(r).Frame.Origin
	f := atomFeed{Lang: v.Lang, ID: origin + q.at(v.URL("log.atom")), Title: p.feedTitle(v), Author: v.Frame.City.Name,
		Updated: instant(v.Now), Links: []atomLink{
			{Rel: "self", Type: "application/atom+xml", Href: origin + q.at(v.URL("log.atom"))},
			{Rel: "alternate", Type: "text/html", Href: origin + q.at(v.URL("log"))}}}
	for _, l := range lines {
		f.Entries = append(f.Entries, atomEntry{ID: "urn:uuid:" + string(l.entry.ID), Title: l.Sentence, Updated: l.Instant,
			Published: l.Instant, Author: authorOf(l), Summary: motiveOf(l), Link: atomLink{Rel: "alternate", Type: "text/html", Href: origin + l.URL}})
	}
	if len(lines) > 0 {
		f.Updated = lines[0].Instant
	}
	body, err := xml.MarshalIndent(f, "", "  ")
	if err != nil {
		return err
	}
	return sendFeed(w, "application/atom+xml; charset=utf-8", append([]byte(xml.Header), body...))
}

func (p *Pages) feedTitle(v *web.Visit) string {
	return v.P.T("actweb.feed.title", "city", v.Frame.City.Name)
}

func authorOf(l line) string { return l.who }

func motiveOf(l line) string {
	t, _ := l.entry.Text("motive")
	return t.Body
}

// jsonFeed is JSON Feed 1.1 (jsonfeed.org).
func (p *Pages) jsonFeed(w http.ResponseWriter, r *http.Request) error {
	q, lines, err := p.feed(r)
	if err != nil {
		return err
	}
	v, origin := web.From(r), web.From(r).Frame.Origin
	items := make([]map[string]any, len(lines))
	for i, l := range lines {
		text := l.Sentence
		if motive := motiveOf(l); motive != "" {
			text += "\n\n" + motive
		}
		items[i] = map[string]any{"id": l.entry.ID, "url": origin + l.URL, "title": l.Sentence, "content_text": text,
			"date_published": l.Instant, "authors": []map[string]string{{"name": authorOf(l)}}, "tags": []string{l.entry.Verb}}
	}
	body, err := json.Marshal(map[string]any{"version": "https://jsonfeed.org/version/1.1", "title": p.feedTitle(v), "language": v.Lang,
		"home_page_url": origin + q.at(v.URL("log")), "feed_url": origin + q.at(v.URL("log.json")), "items": items})
	if err != nil {
		return err
	}
	return sendFeed(w, "application/feed+json; charset=utf-8", body)
}

func sendFeed(w http.ResponseWriter, kind string, body []byte) error {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Cache-Control", "public, max-age=60")
	_, err := w.Write(body)
	return err
}
