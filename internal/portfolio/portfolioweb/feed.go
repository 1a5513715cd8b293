package portfolioweb

import (
	"encoding/xml"
	"net/http"
	"slices"
	"time"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
	"parvis/internal/web"
)

// A feed (RFC 4287) is read by a program that has no session: it holds what is public, whoever asks.

type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  string      `xml:"author>name"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Link    atomLink `xml:"link"`
	Summary string   `xml:"summary"`
	day     calendar.Day
}

// feedLength is how many projects a feed holds, the last published first.
const feedLength = 50

func (p *Pages) listAtom(w http.ResponseWriter, r *http.Request) error {
	list, err := p.Room.List(r.Context(), identity.Visitor{}, portfolio.ListQuery{Sort: portfolio.ByRecent, PerPage: feedLength})
	if err != nil {
		return err
	}
	v := web.From(r)
	var entries []atomEntry
	if v.Quiet != "" { // news of what is achieved: none before a vote; the list of projects stays
		list.Items = nil
	}
	for _, s := range list.Items {
		entries = append(entries, entry(v, "initiative:"+string(s.ID), v.P.T("portfolio.feed.published", "title", s.Title), s.PublishedOn,
			v.URL("portfolio.initiative", s.Number), clip(s.Problem, 500)))
	}
	return sendFeed(w, v, v.P.T("portfolio.list.title"), "portfolio.list", v.URL("portfolio.list"), v.URL("portfolio.list.atom"), entries)
}

func (p *Pages) initiativeAtom(w http.ResponseWriter, r *http.Request) error {
	s, err := p.Room.Sheet(r.Context(), identity.Visitor{}, r.PathValue("number"))
	if err != nil {
		return err
	}
	b, err := p.open(r, s.Posts, s.Units)
	if err != nil {
		return err
	}
	v := web.From(r)
	entries := []atomEntry{entry(v, "initiative:"+string(s.ID), v.P.T("portfolio.feed.published", "title", s.Title), s.PublishedOn,
		v.URL("portfolio.initiative", s.Number), clip(s.Problem, 500))}
	for _, a := range s.Arbitrations {
		if a.Status == portfolio.Decided && a.Visibility == act.Public {
			entries = append(entries, entry(v, "arbitration:"+string(a.ID), v.P.T("portfolio.feed.decided", "title", a.Question), a.DecidedOn,
				v.URL("portfolio.arbitration", a.Number), sentence(r.Context(), b, a.Arbitration)))
		}
	}
	slices.SortStableFunc(entries, func(a, b atomEntry) int { return compareDays(b.day, a.day) })
	return sendFeed(w, v, s.Title, "initiative:"+string(s.ID), v.URL("portfolio.initiative", s.Number),
		v.URL("portfolio.initiative.atom", s.Number), entries)
}

func compareDays(a, b calendar.Day) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func entry(v *web.Visit, name, title string, day calendar.Day, path, summary string) atomEntry {
	return atomEntry{ID: "urn:parvis:" + name, Title: title, Updated: instant(v, day), Summary: summary,
		Link: atomLink{"alternate", v.Frame.Origin + path}, day: day}
}

// instant is noon in Paris on a legal day, or now when noon is still to come: an Atom date needs an hour.
func instant(v *web.Visit, day calendar.Day) string {
	at := day.Clock(12, 0)
	if at.After(v.Now) {
		at = v.Now
	}
	return at.UTC().Format(time.RFC3339)
}

func sendFeed(w http.ResponseWriter, v *web.Visit, title, name, page, self string, entries []atomEntry) error {
	f := atomFeed{Lang: v.Lang, ID: "urn:parvis:feed:" + name, Title: v.P.T("portfolio.feed.title", "title", title, "city", v.Frame.City.Name),
		Author: v.Frame.City.Name, Updated: v.Now.UTC().Format(time.RFC3339), Entries: entries,
		Links: []atomLink{{"alternate", v.Frame.Origin + page}, {"self", v.Frame.Origin + self}}}
	if len(entries) > 0 {
		f.Updated = entries[0].Updated
	}
	body, err := xml.Marshal(f)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", web.Atom+"; charset=utf-8")
	w.Header().Set("Cache-Control", "public, max-age=300")
	w.Write(append([]byte(xml.Header), body...)) // a reader that has gone can be told nothing
	return nil
}
