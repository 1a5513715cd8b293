package councilweb

import (
	"bytes"
	"context"
	"net/http"
	"slices"

	"parvis/internal/atom"
	"parvis/internal/council"
	"parvis/internal/council/scdl"
	"parvis/internal/tabular"
	"parvis/internal/tabular/schema"
	"parvis/internal/ui"
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

// defectWords says why the schema refuses a line.
func defectWords(ctx context.Context, d schema.Defect) string {
	key := "council.open.defect." + d.Code
	if !slices.Contains(toldDefects(), d.Code) {
		key = "council.open.defect.other"
	}
	return ui.T(ctx, key, "value", d.Value, "note", d.Note, "code", d.Code)
}

// toldDefects are the defects that a line of the deliberations can have, each with words of its own.
func toldDefects() []string {
	return []string{"required-constraint", "pattern-constraint", "type-error", "french-siret-value", "year-interval-value",
		"cohesive-columns-value", "compare-columns-value", "sum-columns-value", "nomenclature-actes-value"}
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
			if !yield([]any{d.Number, d.DecidedOn, d.CommitteeFR, d.Sitting, d.Title, outcomeWord(d.Result), d.Text, d.Conditions, d.Digest,
				v.Frame.Origin + "/id/decision/" + string(d.ID)}) {
				return
			}
		}
	}
	return tabular.Output{Sheet: "decisions", Header: []string{"numero", "date", "comite", "seance", "objet", "resultat", "texte", "conditions", "sha256", "adresse"}, Rows: rows}, err
}

// outcomeWord is what a matter came to, in the words of the open files: French as their headers are, and documented in
// docs/exchange.md.
func outcomeWord(s council.ItemStatus) string {
	switch s {
	case council.ItemAdopted:
		return "adopté"
	case council.ItemRejected:
		return "rejeté"
	case council.ItemNoted:
		return "pris acte"
	case council.ItemWithdrawn:
		return "retiré"
	case council.ItemPostponed:
		return "reporté"
	}
	return "inscrit"
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

// feedLength is how many decisions a feed holds.
const feedLength = 100

// decisionsAtom is read by a program that has no session: it holds what is public, whoever asks.
func (p *Pages) decisionsAtom(w http.ResponseWriter, r *http.Request) error {
	all, err := p.Room.PublicDecisions(r.Context())
	if err != nil {
		return err
	}
	v := web.From(r)
	f := atom.Feed{ID: "urn:parvis:feed:decisions", Title: "Décisions · " + v.Frame.City.Name, Lang: "fr", Author: v.Frame.City.Name,
		Self: v.Frame.Origin + "/open/decisions.atom", Now: v.Now}
	for _, d := range all[:min(len(all), feedLength)] {
		f.Entries = append(f.Entries, atom.Entry{ID: "urn:parvis:decision:" + string(d.ID), Title: d.Number + " · " + d.Title, Summary: d.Text,
			Updated: atom.Noon(d.DecidedOn, v.Now), Page: v.Frame.Origin + "/id/decision/" + string(d.ID)})
	}
	var body bytes.Buffer
	if err := f.Write(&body); err != nil {
		return err
	}
	return sendOpen(w, atom.Media, "", body.Bytes())
}
