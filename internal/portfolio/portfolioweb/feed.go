package portfolioweb

import (
	"net/http"
	"slices"

	"parvis/internal/act"
	"parvis/internal/atom"
	"parvis/internal/calendar"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
	"parvis/internal/web"
)

// A feed (RFC 4287) is read by a program that has no session: it holds what is public, whoever asks.

// feedLength is how many projects a feed holds, the last published first.
const feedLength = 50

func (p *Pages) listAtom(w http.ResponseWriter, r *http.Request) error {
	list, err := p.Room.List(r.Context(), identity.Visitor{}, portfolio.ListQuery{Sort: portfolio.ByRecent, PerPage: feedLength})
	if err != nil {
		return err
	}
	v := web.From(r)
	var entries []atom.Entry
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
	entries := []atom.Entry{entry(v, "initiative:"+string(s.ID), v.P.T("portfolio.feed.published", "title", s.Title), s.PublishedOn,
		v.URL("portfolio.initiative", s.Number), clip(s.Problem, 500))}
	for _, a := range s.Arbitrations {
		if a.Status == portfolio.Decided && a.Visibility == act.Public {
			entries = append(entries, entry(v, "arbitration:"+string(a.ID), v.P.T("portfolio.feed.decided", "title", a.Question), a.DecidedOn,
				v.URL("portfolio.arbitration", a.Number), sentence(r.Context(), b, a.Arbitration)))
		}
	}
	slices.SortStableFunc(entries, func(a, b atom.Entry) int { return b.Updated.Compare(a.Updated) })
	return sendFeed(w, v, s.Title, "initiative:"+string(s.ID), v.URL("portfolio.initiative", s.Number),
		v.URL("portfolio.initiative.atom", s.Number), entries)
}

func entry(v *web.Visit, name, title string, day calendar.Day, path, summary string) atom.Entry {
	return atom.Entry{ID: "urn:parvis:" + name, Title: title, Updated: atom.Noon(day, v.Now), Summary: summary, Page: v.Frame.Origin + path}
}

func sendFeed(w http.ResponseWriter, v *web.Visit, title, name, page, self string, entries []atom.Entry) error {
	w.Header().Set("Content-Type", atom.Media)
	w.Header().Set("Cache-Control", "public, max-age=300")
	return atom.Feed{ID: "urn:parvis:feed:" + name, Title: v.P.T("portfolio.feed.title", "title", title, "city", v.Frame.City.Name), Lang: v.Lang,
		Author: v.Frame.City.Name, Self: v.Frame.Origin + self, Page: v.Frame.Origin + page, Now: v.Now, Entries: entries}.Write(w)
}
