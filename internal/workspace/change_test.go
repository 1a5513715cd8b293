package workspace_test

import (
	"bytes"
	"slices"
	"testing"

	"parvis/internal/fault"
	"parvis/internal/powers"
	"parvis/internal/tabular"
	"parvis/internal/workspace"
)

// living is the workbook of the city as it is.
func (c *city) living() *tabular.Book {
	c.Helper()
	return c.read(c.exported())
}

// imports applies a book on behalf of the secretary general.
func (c *city) imports(book *tabular.Book) workspace.Report {
	c.Helper()
	by := c.agent("SGV")
	preview, err := c.work.PreviewBook(c.ctx, by, book)
	c.ok(err)
	done, err := c.work.ImportBook(c.ctx, by, book)
	for _, d := range done.Defects {
		c.Errorf("%s %s: %s %v", d.Place, d.Column, d.Key, d.Args)
	}
	c.ok(err)
	if !slices.Equal(preview.Changes, done.Changes) {
		c.Errorf("the preview said %v, the import did %v", preview.Changes, done.Changes)
	}
	c.clock.Advance(1e9)
	return done
}

func TestAWorkbookBringsTheCityUpToDate(t *testing.T) {
	each(t, func(c *city) {
		c.found()
		book := c.living()
		c.set(book, "Directions", "DVD", "Nom", "Direction des mobilités")
		c.set(book, "Directions", "DVD", "Acte", "ARR-ORG-1")
		c.set(book, "Directions", "DRH", "Rattachée à", "EXEC")
		c.set(book, "Directions", "DRH", "Acte", "ARR-ORG-2")
		c.set(book, "Fonctions", "DIR-DVD", "Prénom", "Ange")
		c.set(book, "Fonctions", "DIR-DVD", "Nom", "Zweig")
		c.set(book, "Fonctions", "DIR-DVD", "Matricule", "A99")
		c.set(book, "Fonctions", "DIR-DVD", "Courriel", "ange@valmont.example")
		c.set(book, "Fonctions", "DIR-DVD", "Titulaire depuis le", "12/03/2018")
		c.set(book, "Fonctions", "DIR-DJS", "Titulaire jusqu’au", "30/06/2018")
		c.set(book, "Élus", "ADJ-VERT", "Directions suivies", "DEVE;DVD")
		c.set(book, "Élus", "ADJ-VOIRIE", "Directions suivies", "")
		c.set(book, "Délégations", "ARR-2014-13", "Jusqu’au", "31/12/2018")
		c.set(book, "Délégations", "ARR-2014-13", "Révoquée par", "ARR-2018-1")
		c.set(book, "Projets", "VAL-07", "Budget prévu", "123 456 €")
		c.set(book, "Projets", "VAL-08", "Titre", "Un autre titre")
		done := counts(c.imports(book))
		for sheet, want := range map[string][3]int{"Directions": {0, 2, 0}, "Fonctions": {1, 0, 2}, "Élus": {0, 1, 0}, "Délégations": {0, 0, 1}, "Projets": {0, 2, 0}} {
			if got := done[sheet]; [3]int(got[:3]) != want {
				c.Errorf("%s: created, changed, ended %v, want %v", sheet, got, want)
			}
		}
		again := c.imports(c.living())
		if !again.Empty() {
			c.Errorf("the city as it has become is imported with changes: %v", again.Changes)
		}
		c.arrived()
	})
}

func TestWhoCarriesAKnownProjectIsLeftAndSaid(t *testing.T) {
	each(t, func(c *city) {
		c.found()
		book := c.living()
		c.set(book, "Projets", "VAL-07", "Élus référents", "MAIRE")
		c.set(book, "Projets", "VAL-07", "Direction pilote", "DSI")
		done := c.imports(book)
		if len(done.Changes) != 0 || len(done.Kept) != 2 || done.Kept[0].Column != "Élus référents" || done.Kept[1].Column != "Direction pilote" {
			c.Errorf("changes %v, kept %v", done.Changes, done.Kept)
		}
	})
}

// arrived looks at the city through its own queries.
func (c *city) arrived() {
	c.Helper()
	held, err := powers.HoldingsOf(c.ctx, c.db.Readers, c.post("DIR-DVD"), c.now())
	c.ok(err)
	if len(held) != 1 || held[0].Family != "Zweig" {
		c.Errorf("DIR-DVD is held by %+v", held)
	}
	unit, err := powers.RegisterOf(c.ctx, c.db.Readers, "DVD", c.now())
	c.ok(err)
	if unit[0].Name != "Direction des mobilités" {
		c.Errorf("DVD is called %s", unit[0].Name)
	}
	before, err := powers.RegisterOf(c.ctx, c.db.Readers, "DVD", c.now().On("2017-01-01"))
	c.ok(err)
	if before[0].Name != "Direction de la voirie et des déplacements" {
		c.Errorf("in 2017 it was called %s", before[0].Name)
	}
}

func TestWhatAListCannotChangeIsSaid(t *testing.T) {
	each(t, func(c *city) {
		c.found()
		before := c.state()
		by := c.agent("SGV")
		for _, h := range []struct {
			sheet, row, header, value, key string
		}{
			{"Directions", "DVD", "Nom", "Direction des mobilités", "powers.change.legal_act"},
			{"Directions", "DVD", "Type", "service", "workspace.import.fixed"},
			{"Directions", "DVD", "Depuis le", "01/01/2016", "workspace.import.fixed_day"},
			{"Fonctions", "DIR-DVD", "Intitulé", "Autre intitulé", "workspace.import.fixed"},
			{"Fonctions", "DIR-DVD", "Direction", "DPE", "workspace.import.fixed_unit"},
			{"Fonctions", "DIR-DVD", "Dirige l’entité", "non", "workspace.import.fixed_flag"},
			{"Fonctions", "DIR-DVD", "Courriel", "autre@valmont.example", "workspace.import.fixed"},
			{"Fonctions", "DIR-DVD", "Titulaire depuis le", "01/01/2016", "workspace.import.fixed_day"},
			{"Délégations", "ARR-2014-13", "Jusqu’au", "31/12/2018", "workspace.import.revoked_by"},
			{"Délégations", "ARR-2014-13", "Montant maximum", "1 €", "workspace.import.scope_fixed"},
		} {
			book := c.living()
			c.set(book, h.sheet, h.row, h.header, h.value)
			report, err := c.work.ImportBook(c.ctx, by, book)
			if fault.KindOf(err) != fault.Invalid || len(report.Defects) != 1 || report.Defects[0].Key != h.key {
				c.Errorf("%s of %s: want %s, got %v %+v", h.header, h.row, h.key, err, report.Defects)
			}
			c.said(report)
		}
		if c.state() != before {
			c.Error("something was written")
		}
	})
}

// The empty template is a book too: it changes nothing and finds nothing wrong.
func TestTheTemplateItselfIsImportedAsNothing(t *testing.T) {
	each(t, func(c *city) {
		c.found()
		var file bytes.Buffer
		c.ok(workspace.Template(&file))
		if report := c.imports(c.read(file.Bytes())); !report.Empty() || !report.Clean() {
			c.Errorf("%+v", report)
		}
	})
}
