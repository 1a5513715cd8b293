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
		Problems: []ui.Problem{{Field: "amount", Text: "Trop grand"}, {Text: "Et encore"}},
		Values:   map[string][]string{"title": {`Vélos <b>"place"</b>`}, "unit": {"deve"}, "notify": {"part"}, "problem": {"\nLigne"}}}
	page := uitest.Render(t, f, ui.StylePage(nil))
	uitest.Page(t, page)
	for _, want := range []string{
		"<title>À corriger\u00a0: ", `href="#f-amount"`, `Trop grand`, `Et encore`, `aria-describedby="f-amount-error"`, `aria-invalid="true"`,
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
