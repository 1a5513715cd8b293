package ui_test

import (
	"strings"
	"testing"

	"parvis/internal/i18n"
	"parvis/internal/ui"
	"parvis/internal/ui/chart"
	"parvis/internal/ui/uitest"
)

func TestStylePageIsSoundInBothLanguages(t *testing.T) {
	for _, lang := range i18n.Languages() {
		t.Run(lang, func(t *testing.T) {
			f := uitest.Frame(t, lang)
			uitest.Page(t, uitest.Render(t, f, ui.StylePage(chart.StyleSection())))
		})
	}
}

func TestARefusedFormKeepsWhatWasTypedAndSaysWhy(t *testing.T) {
	f := uitest.Frame(t, "fr")
	f.Attempt = &ui.Attempt{Title: "À corriger",
		Problems: []ui.Problem{{Field: "amount", Text: "Trop grand"}, {Text: "Et encore"}, {Field: "Feuille!B4", Text: "Illisible"}},
		Values:   map[string][]string{"title": {`Vélos <b>"place"</b>`}, "unit": {"deve"}, "notify": {"part"}, "problem": {"\nLigne"}}}
	page := uitest.Render(t, f, ui.StylePage(nil))
	uitest.Page(t, page)
	for _, want := range []string{
		"<title>À corriger\u00a0: ", `href="#f-amount"`, `Trop grand`, `Et encore`, "Feuille!B4\u00a0: Illisible", `aria-describedby="f-amount-error"`, `aria-invalid="true"`,
		`value="Vélos &lt;b&gt;&#34;place&#34;&lt;/b&gt;"`, `<option value="deve" selected>`, `value="part" checked`, ">\n\nLigne</textarea>",
	} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(string(page), `value="arbitration" checked`) {
		t.Error("a box that was unticked came back ticked")
	}
}

func TestAnAttemptAtOneFormLeavesTheOthersAlone(t *testing.T) {
	f := uitest.Frame(t, "fr")
	f.Attempt = &ui.Attempt{Form: "reply", Values: map[string][]string{"reason": {"tapé"}}, Problems: []ui.Problem{{Field: "reason", Text: "Non"}}}
	mine := string(uitest.Render(t, f, ui.Text(ui.Field{Form: "reply", Name: "reason", Label: "Motif"})))
	other := string(uitest.Render(t, f, ui.Text(ui.Field{Form: "other", Name: "reason", Label: "Motif", Value: "gardé"})))
	if !strings.Contains(mine, `value="tapé"`) || !strings.Contains(mine, "Non") {
		t.Errorf("the refused form forgot: %s", mine)
	}
	if !strings.Contains(other, `value="gardé"`) || strings.Contains(other, "Non") {
		t.Errorf("another form of the page was touched: %s", other)
	}
}

func TestASecretIsNeverShownAgain(t *testing.T) {
	f := uitest.Frame(t, "fr")
	f.Attempt = &ui.Attempt{Values: map[string][]string{"code": {"hunter2"}}}
	html := string(uitest.Render(t, f, ui.Text(ui.Field{Name: "code", Label: "Code", Secret: true, Value: "stored"})))
	if strings.Contains(html, "hunter2") || strings.Contains(html, "stored") {
		t.Error("the secret came back")
	}
}

func TestPagerShowsEndsAndNeighbours(t *testing.T) {
	f := uitest.Frame(t, "fr")
	render := func(page, total int) string {
		return string(uitest.Render(t, f, ui.Pages(ui.Pager{Page: page, Size: 10, Total: total, URL: func(n int) string { return "?p" }})))
	}
	if got := render(1, 10); got != "" {
		t.Errorf("one page needs no pager: %s", got)
	}
	for _, c := range []struct {
		page, total int
		gaps        int
		count       string
	}{{1, 11, 0, "1 à 10 sur 11"}, {2, 11, 0, "11 à 11 sur 11"}, {5, 100, 2, "41 à 50 sur 100"}, {1, 100, 1, "1 à 10 sur 100"}, {3, 50, 0, "21 à 30 sur 50"}} {
		got := render(c.page, c.total)
		if n := strings.Count(got, "…"); n != c.gaps {
			t.Errorf("page %d of %d things: %d gaps, want %d", c.page, c.total, n, c.gaps)
		}
		if !strings.Contains(got, c.count) {
			t.Errorf("page %d of %d things does not say %q: %s", c.page, c.total, c.count, got)
		}
	}
}

// What a map shows is also written, for those who do not see it.
func TestAMapSaysTheSameInAList(t *testing.T) {
	f := uitest.Frame(t, "fr")
	page := string(uitest.Render(t, f, ui.MapView(ui.Map{Label: "Idées", Width: 10, Height: 5,
		Areas:  []ui.Area{{Path: "M0 0h5v5z", Name: "Centre", Text: "7 idées", URL: "/fr/centre", Level: 9}, {Path: "M5 0h5v5z", Name: "Gare", Text: "aucune"}},
		Points: []ui.Point{{X: 1.5, Y: 2, Name: "Place d’Armes", URL: "/fr/place"}}})))
	_, list, found := strings.Cut(page, "<figcaption>")
	if !found {
		t.Fatal("the map has no list")
	}
	for _, want := range []string{`<a href="/fr/centre">Centre</a>`, "7 idées", "Gare", "aucune", `<a href="/fr/place">Place d’Armes</a>`} {
		if !strings.Contains(list, want) {
			t.Errorf("the list lacks %s", want)
		}
	}
	if !strings.Contains(page, `class="area l4"`) {
		t.Error("a level over the scale is not the highest")
	}
}

func TestABoardMovesByItsFormsAlone(t *testing.T) {
	f := uitest.Frame(t, "fr")
	html := string(uitest.Render(t, f, ui.BoardView(ui.Board{ID: "b", Label: "B", Columns: []ui.Column{
		{Key: "a", Title: "Besoin", Cards: []ui.BoardCard{{ID: "1", Title: "Vélos", Move: "/fr/deplacer/1", Version: "3"}, {ID: "2", Title: "Fixe"}}}, {Key: "z", Title: "Étude"}}})))
	for _, want := range []string{`action="/fr/deplacer/1"`, `name="version" value="3"`, `<option value="a" selected>Besoin`, `<option value="z">Étude`} {
		if !strings.Contains(html, want) {
			t.Errorf("the board lacks %s: %s", want, html)
		}
	}
	if n := strings.Count(html, "<form"); n != 1 {
		t.Errorf("%d forms: a card that may not move has one", n)
	}
}
