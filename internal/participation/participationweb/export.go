package participationweb

import (
	"bytes"
	"iter"
	"net/http"
	"strconv"
	"strings"
	"time"

	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/participation"
	"parvis/internal/participation/recount"
	"parvis/internal/tabular"
	"parvis/internal/web"
)

// all reads every lot of a counted election.
func (p *Pages) all(r *http.Request) (electionView, []participation.LotSheet, error) {
	e, err := p.read(r)
	if err != nil {
		return e, nil, err
	}
	if !e.Counted() {
		return e, nil, fault.New(fault.NotFound, "participation.not_counted")
	}
	var lots []participation.LotSheet
	for _, l := range e.Lots {
		s, err := p.Room.LotSheet(r.Context(), e.Sheet, l.Code)
		if err != nil {
			return e, nil, err
		}
		lots = append(lots, s)
	}
	return e, lots, nil
}

// csv gives every project with what became of it, for a spreadsheet.
func (p *Pages) csv(w http.ResponseWriter, r *http.Request) error {
	e, lots, err := p.all(r)
	if err != nil {
		return err
	}
	v := web.From(r)
	out := tabular.Output{Sheet: e.Number, Rows: csvRows(v, lots)}
	for _, key := range []string{"lot", "code", "project", "category", "district", "cost", "currency", "votes", "won", "order", "cause"} {
		out.Header = append(out.Header, v.P.T("participation.csv."+key))
	}
	dialect := tabular.Machine()
	if v.Lang == i18n.French {
		dialect = tabular.French()
	}
	var file bytes.Buffer
	if err := tabular.WriteCSV(&file, out, dialect); err != nil {
		return err
	}
	web.Download(w, web.CSV, tabular.FileName(e.Number+" "+e.Title, "csv"))
	_, err = w.Write(file.Bytes())
	return err
}

func csvRows(v *web.Visit, lots []participation.LotSheet) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for _, l := range lots {
			for _, project := range l.Projects {
				if !yield(csvRow(v, l, project)) {
					return
				}
			}
		}
	}
}

func csvRow(v *web.Visit, l participation.LotSheet, p participation.Project) []any {
	votes, order := any(p.Votes), any("")
	if l.Lot.Result.Disclosure == recount.OnlyWinners || l.Lot.Result.Grades != nil {
		votes = ""
	}
	if p.Won() {
		order = p.Turn
	}
	return []any{l.Lot.Name, p.Code, p.Title, p.Category, p.District, p.Cost, p.Cost.Currency, votes, p.Won(), order, v.P.T("participation.cause." + p.Why.Cause)}
}

// json gives the same to machines, with the figures of each lot.
func (p *Pages) json(w http.ResponseWriter, r *http.Request) error {
	e, lots, err := p.all(r)
	if err != nil {
		return err
	}
	out := jsonElection{Number: e.Number, Title: e.Title, Invented: e.Invented, Rule: e.Doc.Rule, Rules: e.RulesDigest, Result: e.ResultDigest, Manifest: e.FilesDigest, Currency: e.Currency}
	for _, l := range lots {
		out.Lots = append(out.Lots, jsonOf(l))
	}
	w.Header().Set("Cache-Control", "private, no-cache")
	return web.SendJSON(w, http.StatusOK, out)
}

type jsonElection struct {
	Number   string    `json:"number"`
	Title    string    `json:"title"`
	Invented bool      `json:"invented"`
	Rule     string    `json:"rule"`
	Rules    string    `json:"rules_sha256"`
	Result   string    `json:"result_sha256"`
	Manifest string    `json:"manifest_sha256"`
	Currency string    `json:"currency"`
	Lots     []jsonLot `json:"lots"`
}

type jsonLot struct {
	Code     string        `json:"lot"`
	Name     string        `json:"name"`
	Told     string        `json:"published"`
	Voters   int64         `json:"voters,omitempty"`
	Without  int64         `json:"voters_without_winner,omitempty"`
	Budget   string        `json:"budget,omitempty"`
	Spent    string        `json:"spent"`
	Projects []jsonProject `json:"projects"`
}

type jsonProject struct {
	Code     string  `json:"project_id"`
	Title    string  `json:"name"`
	Cost     string  `json:"cost"`
	Category string  `json:"category,omitempty"`
	District string  `json:"district,omitempty"`
	Votes    *int64  `json:"votes,omitempty"`
	Selected bool    `json:"selected"`
	Turn     int     `json:"turn,omitempty"`
	Cause    string  `json:"cause"`
	Grades   []int64 `json:"grades_worst_to_best,omitempty"`
}

func jsonOf(l participation.LotSheet) jsonLot {
	r := l.Lot.Result
	out := jsonLot{Code: l.Lot.Code, Name: l.Lot.Name, Told: string(r.Disclosure), Voters: r.Voters, Without: r.WithoutWinner, Spent: decimal(r.Spent)}
	if r.Budget > 0 {
		out.Budget = decimal(r.Budget)
	}
	for _, p := range l.Projects {
		j := jsonProject{Code: p.Code, Title: p.Title, Cost: decimal(p.Cost.Cents), Category: p.Category, District: p.District, Selected: p.Won(),
			Turn: p.Turn, Cause: p.Why.Cause, Grades: p.Why.Grades}
		if r.Disclosure != recount.OnlyWinners && r.Grades == nil {
			j.Votes = &p.Votes
		}
		out.Projects = append(out.Projects, j)
	}
	return out
}

// decimal writes cents as a decimal number, for machines.
func decimal(cents int64) string {
	s := strconv.FormatInt(cents/100, 10)
	if rest := cents % 100; rest != 0 {
		s += "." + strings.TrimRight(strconv.FormatInt(100+rest, 10)[1:], "0")
	}
	return s
}

// file hands out a public file byte for byte, as its digest in the log says it is.
func (p *Pages) file(w http.ResponseWriter, r *http.Request) error {
	e, err := p.read(r)
	if err != nil {
		return err
	}
	f, body, err := p.Room.OpenFile(r.Context(), e.Election, r.PathValue("file"))
	if err != nil {
		return err
	}
	defer body.Close()
	h := w.Header()
	h.Set("Content-Type", mediaOf(f.Name))
	h.Set("ETag", `"`+f.Digest+`"`)
	h.Set("Cache-Control", "public, no-cache")
	http.ServeContent(w, r, "", time.Time{}, body)
	return nil
}

func mediaOf(name string) string {
	switch {
	case strings.HasSuffix(name, ".json"):
		return "application/json"
	case strings.HasSuffix(name, ".csv"):
		return "text/csv; charset=utf-8"
	}
	return "text/plain; charset=utf-8"
}
