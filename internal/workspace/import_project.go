package workspace

import (
	"errors"
	"slices"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/portfolio"
)

// sourceBook is what the projects of the city's own workbook come from: the next version of the file finds
// them again by their reference.
const sourceBook = "classeur"

// projects makes the last sheet live.
func (im *importer) projects() error {
	o := im.sheets[sheetProjects]
	if o == nil {
		return nil
	}
	im.report.count(sheetProjects)
	o.wrong = nil // said again by the portfolio, which reads its own sheet
	rows, err := im.w.Portfolio.ReadProjectsIn(im.ctx(), im.tx, o.sheet)
	if f, bad := errors.AsType[*fault.Error](err); bad && f.Kind == fault.Invalid {
		im.blame(f)
		return nil
	}
	if err != nil || len(rows) == 0 {
		return err
	}
	if by := im.tx.Actor(); by.Kind != act.Agent || by.Post == "" {
		im.report.Defects = append(im.report.Defects, Defect{Sheet: sheetProjects, Place: rows[0].At, Key: "workspace.import.nobody"})
		return nil
	}
	brought, err := im.w.Portfolio.ImportIn(im.tx, portfolio.Import{ID: im.tx.NewID(), Source: sourceBook, Rows: rows})
	if f, bad := errors.AsType[*fault.Error](err); bad && f.Kind == fault.Invalid && len(f.Fields) > 0 {
		im.report.add(sheetProjects, f)
		return nil
	}
	if err != nil {
		return err
	}
	im.pace.step(len(rows))
	im.tell(brought)
	return nil
}

// blame tells what is wrong with the projects, but for the codes whose own row is at fault already.
func (im *importer) blame(f *fault.Error) {
	f.Fields = slices.DeleteFunc(f.Fields, func(x fault.Field) bool {
		i := slices.Index(x.Args, any("code"))
		if i < 0 || i+1 >= len(x.Args) {
			return false
		}
		code, _ := x.Args[i+1].(string)
		return im.broken[code]
	})
	im.report.add(sheetProjects, f)
	im.report.Hidden += more(f)
}

func (im *importer) tell(brought []portfolio.Brought) {
	for _, b := range brought {
		for _, field := range b.Kept {
			im.report.Kept = append(im.report.Kept, Kept{sheetProjects, b.Row.At, projectHeader(field), b.Number + " " + b.Row.Title})
		}
		c := Change{Sheet: sheetProjects, Place: b.Row.At, Outcome: Created, What: b.Row.Title}
		switch {
		case b.New:
			im.report.did(c)
		case len(b.Fields) == 0:
			im.same(sheetProjects)
		default:
			c.Outcome, c.What = Changed, b.Number+" "+b.Row.Title
			for _, f := range b.Fields {
				c.Detail = f.Theirs + " → " + f.Yours
			}
			im.report.did(c)
		}
	}
}

// projectHeader is what people see above a column of the sheet of projects.
func projectHeader(field string) string {
	for _, c := range portfolio.ProjectColumns() {
		if c.Field == field {
			return c.Names[0]
		}
	}
	return field
}
