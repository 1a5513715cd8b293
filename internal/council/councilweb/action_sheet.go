package councilweb

import (
	"bytes"
	"io"
	"net/http"

	"parvis/internal/portfolio"
	"parvis/internal/tabular"
	"parvis/internal/web"
)

// actionColumns are the titles of the spreadsheet of what a committee asked for.
func actionColumns() []string {
	return []string{"what", "unit", "post", "due", "status", "since", "reason", "meeting", "address"}
}

// actionSheet is what a committee asked for, at a meeting and before, as the reader may see it: the list that is gone
// through at a steering committee.
func (p *Pages) actionSheet(r *http.Request) (tabular.Output, fileView, error) {
	v := web.From(r)
	view, err := p.view(r, r.PathValue("meeting"), "council.actions")
	out := tabular.Output{Sheet: v.P.T("councilweb.actions.title")}
	for _, c := range actionColumns() {
		out.Header = append(out.Header, v.P.T("councilweb.actions.column."+c))
	}
	out.Rows = func(yield func([]any) bool) {
		for _, a := range view.Actions {
			if !yield(view.actionRow(v, a)) {
				return
			}
		}
	}
	return out, view, err
}

func (v fileView) actionRow(visit *web.Visit, a portfolio.Action) []any {
	var post, address any
	if a.Post != "" {
		post = v.Book.post(a.Post).Long
	}
	if a.From.Item != "" {
		address = visit.Frame.Origin + visit.URL("council.item", a.From.Item)
	}
	state := visit.P.T("councilweb.actions.state." + string(a.Status))
	if a.Late(v.Today) {
		state = visit.P.T("councilweb.action.late")
	}
	return []any{a.What, v.Book.unit(a.Unit).Long, post, a.Due, state, a.StatusOn, a.Reason, a.From.Number, address}
}

func (p *Pages) actionsCSV(w http.ResponseWriter, r *http.Request) error {
	dialect := tabular.Machine()
	if web.From(r).Lang == "fr" {
		dialect = tabular.French()
	}
	return p.sendActions(w, r, web.CSV, "csv", func(out io.Writer, t tabular.Output) error { return tabular.WriteCSV(out, t, dialect) })
}

func (p *Pages) actionsXLSX(w http.ResponseWriter, r *http.Request) error {
	return p.sendActions(w, r, web.XLSX, "xlsx", func(out io.Writer, t tabular.Output) error { return tabular.WriteXLSX(out, t) })
}

// sendActions writes the sheet whole before its head is sent, so that a failure gets its own page.
func (p *Pages) sendActions(w http.ResponseWriter, r *http.Request, media, extension string, write func(io.Writer, tabular.Output) error) error {
	sheet, view, err := p.actionSheet(r)
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := write(&file, sheet); err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "private, no-store")
	web.Download(w, media, tabular.FileName(view.Meeting.Number+" "+sheet.Sheet, extension))
	_, err = w.Write(file.Bytes())
	return err
}
