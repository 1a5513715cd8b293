package workspace_test

import (
	"bytes"
	"testing"
	"time"

	"parvis/internal/identity"
	"parvis/internal/portfolio"
	"parvis/internal/tabular"
	"parvis/internal/workspace"
)

// example is the workbook of the invented city, as it comes out of its file.
func (c *city) example() *tabular.Book {
	c.Helper()
	var file bytes.Buffer
	c.ok(workspace.Example(&file))
	return c.read(file.Bytes())
}

func (c *city) read(file []byte) *tabular.Book {
	c.Helper()
	book, err := tabular.Read(bytes.NewReader(file), tabular.Usual())
	c.ok(err)
	return book
}

// found makes the city of the example.
func (c *city) found() workspace.Report {
	c.Helper()
	report, err := c.work.ImportBook(c.ctx, c.founder, c.example())
	for _, d := range report.Defects {
		c.Errorf("%s %s (%s): %s %v", d.Sheet, d.Place, d.Column, d.Key, d.Args)
	}
	c.ok(err)
	c.clock.Advance(time.Minute) // what was recorded a moment ago is known now
	return report
}

func counts(r workspace.Report) map[string][4]int {
	out := map[string][4]int{}
	for _, n := range r.Counts {
		out[n.Sheet] = [4]int{n.Created, n.Changed, n.Ended, n.Unchanged}
	}
	return out
}

var insider = identity.Visitor{Kind: identity.Agent}

func TestACityBeginsFromOneWorkbook(t *testing.T) {
	each(t, func(c *city) {
		preview, err := c.work.PreviewBook(c.ctx, c.founder, c.example())
		c.ok(err)
		if !preview.Clean() || c.count("act") != 0 || c.count("powers_unit") != 0 {
			c.Fatalf("a preview changes nothing and finds nothing wrong: %v, %d acts", preview.Defects, c.count("act"))
		}
		done := c.found()
		if got, want := counts(done)["Projets"], counts(preview)["Projets"]; got != want || got[0] != 40 {
			c.Errorf("projects %v, the preview said %v", got, want)
		}
		if got := counts(done)["Délégations"]; got[0] != 25 {
			c.Errorf("delegations %v", got)
		}
		for sheet, want := range counts(preview) {
			if got := counts(done)[sheet]; got != want {
				c.Errorf("%s: the preview said %v, the import did %v", sheet, want, got)
			}
		}
		c.copil()
	})
}

// copil reads the file of a steering committee over what was imported.
func (c *city) copil() {
	c.Helper()
	file, err := c.room.Copil(c.ctx, insider, "COPIL", portfolio.View{GroupBy: portfolio.BySponsor}, "")
	c.ok(err)
	if len(file.Sheets) != 40 {
		c.Fatalf("%d sheets in the file of the committee", len(file.Sheets))
	}
	for _, s := range file.Sheets {
		if len(s.Sponsors) != 1 || len(s.Owners) != 1 || len(s.Parts) != 2 || len(s.Budget) != 1 || s.Problem == "" {
			c.Fatalf("the sheet of %s lacks something: %+v", s.Number, s)
		}
		if _, named := file.Posts[s.Sponsors[0].Post]; !named || s.Parts[0].Status != portfolio.Reported {
			c.Fatalf("%s: sponsors are named, parts are only reported: %+v", s.Number, s.Parts)
		}
	}
}

func TestImportingTwiceChangesNothing(t *testing.T) {
	each(t, func(c *city) {
		c.found()
		acts := c.count("act")
		again, err := c.work.ImportBook(c.ctx, c.agent("CHEF-MVI"), c.example())
		c.ok(err)
		if !again.Empty() || c.count("act") != acts {
			c.Errorf("the second import did %v: %v", counts(again), again.Changes)
		}
	})
}

func TestWhatIsExportedIsImportedWithoutChange(t *testing.T) {
	each(t, func(c *city) {
		c.found()
		_, err := c.room.SignalInitiative(c.ctx, c.agent("CHEF-MVI"), portfolio.Signal{Brief: portfolio.Brief{Title: "Né ici", Problem: "Un problème",
			Origin: portfolio.Supply, OriginNote: "Une offre", Tags: []string{"a", "b"}}})
		c.ok(err)
		c.clock.Advance(time.Minute)
		acts := c.count("act")
		var file bytes.Buffer
		c.ok(c.work.ExportBook(c.ctx, &file))
		again, err := c.work.ImportBook(c.ctx, c.agent("CHEF-MVI"), c.read(file.Bytes()))
		for _, d := range again.Defects {
			c.Errorf("%s %s: %s %v", d.Place, d.Column, d.Key, d.Args)
		}
		c.ok(err)
		if !again.Empty() || c.count("act") != acts {
			c.Errorf("importing the export did %v: %v", counts(again), again.Changes)
		}
		if got := counts(again)["Projets"]; got[3] != 41 {
			c.Errorf("projects recognised: %v", got)
		}
	})
}
