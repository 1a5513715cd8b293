// Package atom writes feeds (RFC 4287): what is new, for a program that has no session.
package atom

import (
	"encoding/xml"
	"io"
	"time"

	"parvis/internal/calendar"
)

// Media is the type of a feed.
const Media = "application/atom+xml; charset=utf-8"

// Feed is a list of what is new, the newest first. ID, and those of the entries, are addresses (IRI) that never change.
type Feed struct {
	ID, Title, Lang string
	Author          string // whoever speaks in the entries that name no author
	Self            string // address of the feed
	Page            string // address of the page that shows the same, "" for none
	Now             time.Time
	Entries         []Entry
}

// Entry is one thing of a feed.
type Entry struct {
	ID, Title, Summary string
	Author             string // "" for that of the feed
	Page               string // its address
	Updated            time.Time
	Published          time.Time // zero when only the last change is known
}

// Noon is the instant of a legal day, for a date must have an hour: noon in Paris, or now when noon is still to come.
func Noon(day calendar.Day, now time.Time) time.Time {
	if at := day.Clock(12, 0); at.Before(now) {
		return at
	}
	return now
}

// Write writes the feed; it is as new as its first entry, and as the present when it is empty.
func (f Feed) Write(w io.Writer) error {
	out := xmlFeed{Lang: f.Lang, ID: f.ID, Title: f.Title, Updated: instant(f.Now), Author: f.Author, Links: []xmlLink{{"self", "application/atom+xml", f.Self}}}
	if f.Page != "" {
		out.Links = append(out.Links, xmlLink{"alternate", "text/html", f.Page})
	}
	if len(f.Entries) > 0 {
		out.Updated = instant(f.Entries[0].Updated)
	}
	for _, e := range f.Entries {
		out.Entries = append(out.Entries, e.xml())
	}
	body, err := xml.MarshalIndent(out, "", "  ")
	if err != nil {
		return err
	}
	_, err = w.Write(append([]byte(xml.Header), append(body, '\n')...))
	return err
}

func (e Entry) xml() xmlEntry {
	out := xmlEntry{ID: e.ID, Title: e.Title, Updated: instant(e.Updated), Link: xmlLink{"alternate", "text/html", e.Page}, Summary: e.Summary}
	if e.Author != "" {
		out.Author = &person{e.Author}
	}
	if !e.Published.IsZero() {
		out.Published = instant(e.Published)
	}
	return out
}

// instant is an instant as RFC 4287, section 3.3, wants it.
func instant(t time.Time) string { return t.UTC().Format(time.RFC3339) }

type xmlFeed struct {
	XMLName xml.Name   `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string     `xml:"xml:lang,attr"`
	ID      string     `xml:"id"`
	Title   string     `xml:"title"`
	Updated string     `xml:"updated"`
	Author  string     `xml:"author>name"`
	Links   []xmlLink  `xml:"link"`
	Entries []xmlEntry `xml:"entry"`
}

type xmlLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type xmlEntry struct {
	ID        string  `xml:"id"`
	Title     string  `xml:"title"`
	Updated   string  `xml:"updated"`
	Published string  `xml:"published,omitempty"`
	Author    *person `xml:"author,omitempty"`
	Link      xmlLink `xml:"link"`
	Summary   string  `xml:"summary,omitempty"`
}

type person struct {
	Name string `xml:"name"`
}
