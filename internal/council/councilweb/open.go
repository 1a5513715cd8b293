package councilweb

import (
	"bytes"
	"encoding/xml"
	"net/http"
	"time"

	"parvis/internal/council"
	"parvis/internal/council/scdl"
	"parvis/internal/tabular"
	"parvis/internal/web"
)

// openView is the page of what leaves as open data.
type openView struct {
	Committees []council.CommitteeLine
	Refused    []scdl.Refused
	Count      int
	SIRET      string
}

func (p *Pages) openData(w http.ResponseWriter, r *http.Request) error {
	lines, err := p.Room.Committees(r.Context(), web.From(r).Visitor)
	if err != nil {
		return err
	}
	view := openView{SIRET: p.SIRET}
	for _, l := range lines {
		if l.Public() {
			view.Committees = append(view.Committees, l)
		}
	}
	all, err := p.Room.Deliberations(r.Context(), p.City, p.SIRET)
	if err != nil {
		return err
	}
	good, bad, err := scdl.Check(all)
	view.Count, view.Refused = len(good), bad
	if err != nil {
		return err
	}
	return web.Render(w, r, openPage(view))
}

// scdl sends the published deliberations in the format of the SCDL: only lines that its schema accepts.
func (p *Pages) scdl(w http.ResponseWriter, r *http.Request) error {
	all, err := p.Room.Deliberations(r.Context(), p.City, p.SIRET)
	if err != nil {
		return err
	}
	good, _, err := scdl.Check(all)
	if err != nil {
		return err
	}
	var body bytes.Buffer
	if err := scdl.Write(&body, good); err != nil {
		return err
	}
	return sendOpen(w, web.CSV+"; charset=utf-8", "deliberations-"+p.SIRET+".csv", body.Bytes())
}

// sendOpen sends a file that is the same for everyone.
func sendOpen(w http.ResponseWriter, media, name string, body []byte) error {
	h := w.Header()
	h.Set("Content-Type", media)
	if name != "" {
		h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	}
	h.Set("Cache-Control", "public, max-age=300")
	w.Write(body) // a reader that has gone can be told nothing
	return nil
}

// decisionTable is the public decisions as a table; machines read its columns, so that they are the same in
// both languages.
func (p *Pages) decisionTable(r *http.Request) (tabular.Output, error) {
	all, err := p.Room.PublicDecisions(r.Context())
	v := web.From(r)
	rows := func(yield func([]any) bool) {
		for _, d := range all {
			if !yield([]any{d.Number, d.DecidedOn, d.CommitteeFR, d.Sitting, d.Title, string(d.Result), d.Text, d.Conditions, d.Digest,
				v.Frame.Origin + "/id/decision/" + string(d.ID)}) {
				return
			}
		}
	}
	return tabular.Output{Sheet: "decisions", Header: []string{"numero", "date", "comite", "seance", "objet", "resultat", "texte", "conditions", "sha256", "adresse"}, Rows: rows}, err
}

func (p *Pages) decisionsCSV(w http.ResponseWriter, r *http.Request) error {
	t, err := p.decisionTable(r)
	if err != nil {
		return err
	}
	var body bytes.Buffer
	if err := tabular.WriteCSV(&body, t, tabular.Machine()); err != nil {
		return err
	}
	return sendOpen(w, web.CSV+"; charset=utf-8", "decisions.csv", body.Bytes())
}

func (p *Pages) decisionsXLSX(w http.ResponseWriter, r *http.Request) error {
	t, err := p.decisionTable(r)
	if err != nil {
		return err
	}
	var body bytes.Buffer
	if err := tabular.WriteXLSX(&body, t); err != nil {
		return err
	}
	return sendOpen(w, web.XLSX, "decisions.xlsx", body.Bytes())
}

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
}

// feedLength is how many decisions a feed holds.
const feedLength = 100

func (p *Pages) decisionsAtom(w http.ResponseWriter, r *http.Request) error {
	all, err := p.Room.PublicDecisions(r.Context())
	if err != nil {
		return err
	}
	v := web.From(r)
	f := atomFeed{Lang: "fr", ID: "urn:parvis:feed:decisions", Title: "Décisions · " + v.Frame.City.Name, Author: v.Frame.City.Name,
		Updated: v.Now.UTC().Format(time.RFC3339), Links: []atomLink{{"self", v.Frame.Origin + "/open/decisions.atom"}}}
	for _, d := range all[:min(len(all), feedLength)] {
		at := d.DecidedOn.Clock(12, 0)
		if at.After(v.Now) {
			at = v.Now
		}
		f.Entries = append(f.Entries, atomEntry{ID: "urn:parvis:decision:" + string(d.ID), Title: d.Number + " · " + d.Title,
			Updated: at.UTC().Format(time.RFC3339), Link: atomLink{"alternate", v.Frame.Origin + "/id/decision/" + string(d.ID)}, Summary: d.Text})
	}
	if len(f.Entries) > 0 {
		f.Updated = f.Entries[0].Updated
	}
	body, err := xml.Marshal(f)
	if err != nil {
		return err
	}
	return sendOpen(w, web.Atom+"; charset=utf-8", "", append([]byte(xml.Header), body...))
}
