package workspace_test

import (
	"archive/zip"
	"bytes"
	"slices"
	"strings"
	"testing"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/identity/identityweb"
	"parvis/internal/portfolio/portfolioweb"
	"parvis/internal/powers/powersweb"
	"parvis/internal/tabular"
	"parvis/internal/workspace"
)

// set writes a text in the row whose first cell is key, under a header.
func (c *city) set(book *tabular.Book, sheet, key, header, value string) {
	c.Helper()
	s := book.Sheet(sheet)
	col := slices.IndexFunc(s.Rows[0].Cells, func(x tabular.Cell) bool { return x.Text == header })
	row := slices.IndexFunc(s.Rows, func(r tabular.Row) bool { return r.Cells[0].Text == key })
	if col < 0 || row < 0 {
		c.Fatalf("no %s of %s in %s", header, key, sheet)
	}
	for len(s.Rows[row].Cells) <= col {
		s.Rows[row].Cells = append(s.Rows[row].Cells, tabular.Cell{})
	}
	kind := tabular.Text
	switch {
	case value == "":
		kind = tabular.Blank
	case strings.HasPrefix(value, "#"):
		kind = tabular.Error
	}
	s.Rows[row].Cells[col] = tabular.Cell{Kind: kind, Text: value}
}

// again adds a copy of a row at the end of its sheet.
func (c *city) again(book *tabular.Book, sheet, key string) {
	s := book.Sheet(sheet)
	row := slices.IndexFunc(s.Rows, func(r tabular.Row) bool { return r.Cells[0].Text == key })
	last := s.Rows[len(s.Rows)-1].Number
	s.Rows = append(s.Rows, tabular.Row{Number: last + 1, Cells: slices.Clone(s.Rows[row].Cells)})
}

// state counts everything that an import could have written.
func (c *city) state() [9]int {
	return [9]int{c.count("act"), c.count("powers_unit"), c.count("powers_unit_link"), c.count("powers_post"), c.count("powers_holder"),
		c.count("powers_delegation"), c.count("portfolio_initiative"), c.count("op_account"), c.count("fact")}
}

// hostile is a book that must be refused: for which reason, in which column and cell.
var hostile = []struct {
	name   string
	spoil  func(*city, *tabular.Book)
	place  string
	column string
	key    string
}{
	{"a header that is gone", func(c *city, b *tabular.Book) { b.Sheet("Directions").Rows[0].Cells[0].Text = "Truc" }, "Directions!A1", "Code", "tabular.header.column_missing"},
	{"a cyclic unit", func(c *city, b *tabular.Book) { c.set(b, "Directions", "SG", "Rattachée à", "MISSION") }, "Directions!F5", "Rattachée à", "powers.link.cycle"},
	{"a unit above itself", func(c *city, b *tabular.Book) { c.set(b, "Directions", "SG", "Rattachée à", "SG") }, "Directions!F4", "Rattachée à", "powers.link.cycle"},
	{"an unknown parent", func(c *city, b *tabular.Book) { c.set(b, "Directions", "DVD", "Rattachée à", "NULLE") }, "Directions!F7", "Rattachée à", "workspace.import.unknown_unit"},
	{"an unknown kind", func(c *city, b *tabular.Book) { c.set(b, "Directions", "DVD", "Type", "machin") }, "Directions!E7", "Type", "tabular.cell.choice"},
	{"a code that is a formula", func(c *city, b *tabular.Book) { c.set(b, "Directions", "DVD", "Code", "=HYPERLINK(1)") }, "Directions!A7", "Code", "powers.code_invalid"},
	{"a formula that failed", func(c *city, b *tabular.Book) { c.set(b, "Directions", "DVD", "Nom", "#REF!") }, "Directions!B7", "Nom", "tabular.cell.error"},
	{"a day that is none", func(c *city, b *tabular.Book) { c.set(b, "Directions", "DVD", "Depuis le", "31/02/2014") }, "Directions!H7", "Depuis le", "calendar.day.impossible"},
	{"a code twice", func(c *city, b *tabular.Book) { c.again(b, "Directions", "DVD") }, "Directions!A16", "Code", "workspace.import.twice"},
	{"overlapping holders", func(c *city, b *tabular.Book) {
		c.set(b, "Fonctions", "DIR-DRH", "Nom", "Autre")
		c.again(b, "Fonctions", "DIR-DVD")
		rows := b.Sheet("Fonctions").Rows
		for i, v := range map[int]string{8: "Quelqu’un", 9: "A99", 10: ""} {
			rows[len(rows)-1].Cells[i] = tabular.Cell{Kind: tabular.Text, Text: v}
		}
	}, "Fonctions!M15", "Titulaire depuis le", "powers.holder.overlap"},
	{"a holder before the post", func(c *city, b *tabular.Book) {
		c.set(b, "Fonctions", "DIR-DVD", "Fonction depuis le", "05/04/2016")
	}, "Fonctions!M6", "Titulaire depuis le", "powers.holder.outside_post"},
	{"somebody without a name", func(c *city, b *tabular.Book) { c.set(b, "Élus", "ADJ-VERT", "Nom", "") }, "Élus!E7", "Nom", "tabular.cell.blank"},
	{"an address twice", func(c *city, b *tabular.Book) { c.set(b, "Élus", "ADJ-VERT", "Courriel", "elu1@valmont.example") }, "Élus!G7", "Courriel", "identity.account.email_taken"},
	{"a delegation to oneself", func(c *city, b *tabular.Book) { c.set(b, "Délégations", "ARR-2014-01", "À", "MAIRE") }, "Délégations!C3", "À", "powers.delegation.self"},
	{"an unknown post", func(c *city, b *tabular.Book) { c.set(b, "Délégations", "ARR-2014-03", "À", "ADJ-LUNE") }, "Délégations!C5", "À", "workspace.import.unknown_post"},
	{"a delegation that comes back", func(c *city, b *tabular.Book) {
		c.set(b, "Délégations", "ARR-2014-11", "De", "ADJ-PROPRETE")
		c.set(b, "Délégations", "ARR-2014-11", "À", "MAIRE")
	}, "Délégations!C13", "À", "powers.delegation.cycle"},
	{"an amount that is none", func(c *city, b *tabular.Book) {
		c.set(b, "Délégations", "ARR-2014-03", "Montant maximum", "beaucoup")
	}, "Délégations!J5", "Montant maximum", "money.format"},
	{"a project of nobody", func(c *city, b *tabular.Book) { c.set(b, "Projets", "VAL-07", "Élus référents", "ADJ-LUNE") }, "Projets!I9", "Élus référents", "portfolio.import.unknown_post"},
	{"a project that an agent sponsors", func(c *city, b *tabular.Book) { c.set(b, "Projets", "VAL-07", "Élus référents", "SGV") }, "Projets!I9", "Élus référents", "portfolio.sponsor.not_elected"},
	{"a project without a problem", func(c *city, b *tabular.Book) { c.set(b, "Projets", "VAL-07", "Problème", "") }, "Projets!C9", "Problème", "tabular.cell.blank"},
}

func TestWhatIsWrongIsNamedByItsCellAndNothingIsWritten(t *testing.T) {
	each(t, func(c *city) {
		before := c.state()
		for _, h := range hostile {
			book := c.example()
			h.spoil(c, book)
			c.refused(c.founder, book, h.place, h.column, h.key)
			if c.state() != before {
				c.Fatalf("%s: something was written", h.name)
			}
		}
	})
}

// A giver that received a power hands on no more than it received: in the first workbook, and after.
func TestADelegationIsNeverWiderThanItsSource(t *testing.T) {
	wide := func(c *city, b *tabular.Book) { // ADJ-VOIRIE received 200 000 € for voirie
		c.set(b, "Délégations", "ARR-2014-12", "Montant maximum", "900 000 €")
	}
	each(t, func(c *city) {
		before := c.state()
		book := c.example()
		wide(c, book)
		c.refused(c.founder, book, "Délégations!B14", "De", "powers.delegation.wider")
		if c.state() != before {
			c.Error("something was written")
		}
		c.found()
		before = c.state()
		for _, row := range [][]string{
			{"ARR-1", "ADJ-VOIRIE", "SGV", "signature", "voirie", "900 000 €", "12/03/2018", "ARR-2014-02"},
			{"ARR-2", "ADJ-VOIRIE", "SGV", "signature", "culture", "100 €", "12/03/2018", "ARR-2014-02"},
			{"ARR-3", "ADJ-VOIRIE", "SGV", "signature", "", "100 €", "12/03/2018", "ARR-2014-02"},
		} {
			c.refused(c.agent("SGV"), &tabular.Book{Sheets: []tabular.Sheet{{Name: "Délégations", Rows: []tabular.Row{
				textRow(1, "Arrêté", "De", "À", "Nature", "Matières", "Montant maximum", "Depuis le", "Au titre de"), textRow(2, row...)}}}},
				"Délégations!B2", "De", "powers.delegation.wider")
		}
		if c.state() != before {
			c.Error("something was written")
		}
	})
}

func (c *city) refused(by act.Actor, book *tabular.Book, place, column, key string) {
	c.Helper()
	report, err := c.work.ImportBook(c.ctx, by, book)
	if fault.KindOf(err) != fault.Invalid || !slices.ContainsFunc(report.Defects, func(d workspace.Defect) bool {
		return d.Place == place && d.Column == column && d.Key == key
	}) {
		c.Errorf("want %s %s %s, got %v %+v", place, column, key, err, report.Defects)
	}
	c.said(report)
}

// said checks that every reason is a sentence in both languages.
func (c *city) said(report workspace.Report) {
	c.Helper()
	catalog, err := i18n.Load(workspace.Messages, powersweb.Messages, portfolioweb.Messages, identityweb.Messages)
	c.ok(err)
	for _, d := range report.Defects {
		for _, lang := range i18n.Languages() {
			if text := catalog.Printer(lang).T(d.Key, d.Args...); strings.Contains(text, "⟦") {
				c.Errorf("%s: %s says %s", lang, d.Key, text)
			}
		}
	}
}

func textRow(n int, cells ...string) tabular.Row {
	r := tabular.Row{Number: n}
	for _, s := range cells {
		kind := tabular.Text
		if s == "" {
			kind = tabular.Blank
		}
		r.Cells = append(r.Cells, tabular.Cell{Kind: kind, Text: s})
	}
	return r
}

func TestAFileThatIsNoWorkbookIsRefused(t *testing.T) {
	each(t, func(c *city) {
		var bomb bytes.Buffer
		z := zip.NewWriter(&bomb)
		f, err := z.Create("xl/worksheets/sheet1.xml")
		c.ok(err)
		_, err = f.Write(bytes.Repeat([]byte("<c/>"), 60<<20/4))
		c.ok(err)
		c.ok(z.Close())
		var whole bytes.Buffer
		c.ok(workspace.Example(&whole))
		for name, file := range map[string][]byte{"a bomb": bomb.Bytes(), "a cut file": whole.Bytes()[:whole.Len()/2], "an old one": []byte("\xd0\xcf\x11\xe0old")} {
			if _, err := tabular.Read(bytes.NewReader(file), tabular.Usual()); err == nil {
				c.Errorf("%s was read", name)
			}
		}
		csv := &tabular.Book{Sheets: []tabular.Sheet{{Rows: []tabular.Row{textRow(1, "a", "b")}}}}
		if _, err := c.work.PreviewBook(c.ctx, c.founder, csv); fault.KindOf(err) != fault.Invalid {
			c.Errorf("a file without any of the sheets: %v", err)
		}
	})
}

func TestWhoeverMayNotImportsNothing(t *testing.T) {
	each(t, func(c *city) {
		c.found()
		before := c.state()
		book := c.example()
		c.set(book, "Directions", "DVD", "Code", "DVX")
		for name, by := range map[string]act.Actor{"the founder, once a profile is in force": c.founder, "a resident": {Kind: act.Resident, Account: "x"}} {
			if _, err := c.work.ImportBook(c.ctx, by, book); fault.KindOf(err) != fault.Denied {
				c.Errorf("%s: %v", name, err)
			}
		}
		if c.state() != before {
			c.Error("something was written")
		}
	})
}
