package actweb

import (
	"bytes"
	"encoding/json"
	"net/http"

	"parvis/internal/act"
	"parvis/internal/atom"
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

func (p *Pages) atom(w http.ResponseWriter, r *http.Request) error {
	q, lines, err := p.feed(r)
	if err != nil {
		return err
	}
	v, origin := web.From(r), web.From(r).Frame.Origin
	f := atom.Feed{ID: origin + q.at(v.URL("log.atom")), Title: p.feedTitle(v), Lang: v.Lang, Author: v.Frame.City.Name,
		Self: origin + q.at(v.URL("log.atom")), Page: origin + q.at(v.URL("log")), Now: v.Now}
	for _, l := range lines {
		f.Entries = append(f.Entries, atom.Entry{ID: "urn:uuid:" + string(l.entry.ID), Title: l.Sentence, Author: authorOf(l), Summary: motiveOf(l),
			Updated: l.entry.RecordedAt, Published: l.entry.RecordedAt, Page: origin + l.URL})
	}
	var body bytes.Buffer
	if err := f.Write(&body); err != nil {
		return err
	}
	return sendFeed(w, atom.Media, body.Bytes())
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
