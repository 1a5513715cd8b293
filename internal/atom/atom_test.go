package atom_test

import (
	"strings"
	"testing"
	"time"

	"parvis/internal/atom"
	"parvis/internal/calendar"
)

// A feed as programs get it, with what XML must escape and an entry of somebody else.
func TestAFeedIsWrittenAsTheStandardSays(t *testing.T) {
	now := time.Date(2018, 3, 12, 8, 0, 0, 0, time.UTC)
	f := atom.Feed{ID: "urn:parvis:feed:x", Title: "Décisions & projets", Lang: "fr", Author: "Ville de Valmont", Self: "https://v.example/x.atom?a=1&b=2",
		Page: "https://v.example/x", Now: now, Entries: []atom.Entry{
			{ID: "urn:1", Title: "Moins de <bruit>", Page: "https://v.example/1", Updated: atom.Noon("2018-03-12", now), Summary: "Oui."},
			{ID: "urn:2", Title: "Avant", Page: "https://v.example/2", Updated: atom.Noon("2018-01-02", now), Published: atom.Noon("2017-07-02", now), Author: "Nadia"},
		}}
	want := `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">
  <id>urn:parvis:feed:x</id>
  <title>Décisions &amp; projets</title>
  <updated>2018-03-12T08:00:00Z</updated>
  <author>
    <name>Ville de Valmont</name>
  </author>
  <link rel="self" type="application/atom+xml" href="https://v.example/x.atom?a=1&amp;b=2"></link>
  <link rel="alternate" type="text/html" href="https://v.example/x"></link>
  <entry>
    <id>urn:1</id>
    <title>Moins de &lt;bruit&gt;</title>
    <updated>2018-03-12T08:00:00Z</updated>
    <link rel="alternate" type="text/html" href="https://v.example/1"></link>
    <summary>Oui.</summary>
  </entry>
  <entry>
    <id>urn:2</id>
    <title>Avant</title>
    <updated>2018-01-02T11:00:00Z</updated>
    <published>2017-07-02T10:00:00Z</published>
    <author>
      <name>Nadia</name>
    </author>
    <link rel="alternate" type="text/html" href="https://v.example/2"></link>
  </entry>
</feed>
`
	if got := written(t, f); got != want {
		t.Errorf("got\n%s", got)
	}
	f.Entries, f.Page = nil, ""
	if got := written(t, f); !strings.Contains(got, "<updated>2018-03-12T08:00:00Z</updated>") || strings.Contains(got, "alternate") {
		t.Errorf("an empty feed: %s", got)
	}
}

func written(t *testing.T, f atom.Feed) string {
	t.Helper()
	var b strings.Builder
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Noon never lies in the future, winter and summer.
func TestNoonOfADay(t *testing.T) {
	late := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	for day, want := range map[calendar.Day]string{"2018-01-02": "2018-01-02T11:00:00Z", "2018-07-02": "2018-07-02T10:00:00Z", "2020-01-01": "2020-01-01T00:00:00Z"} {
		if got := atom.Noon(day, late).UTC().Format(time.RFC3339); got != want {
			t.Errorf("%s: %s, want %s", day, got, want)
		}
	}
}
