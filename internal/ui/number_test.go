package ui_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"parvis/internal/ui"
)

// The numbers of things stay whole in a heading, French punctuation stays with the word before it, and the words are as they
// were written.
func TestNumbersStayWholeInHeadings(t *testing.T) {
	for title, want := range map[string]string{
		"A-2016-1":                         `<h1><span class="whole">A-2016-1</span></h1>`,
		"Compte rendu de COPIL-2018-2, 3e": `<h1>Compte rendu de <span class="whole">COPIL-2018-2</span>, 3e</h1>`,
		"Avant-projet 2016-2018 <b>":       `<h1>Avant-projet 2016-2018 &lt;b&gt;</h1>`,
		"Wi-Fi : renouveler ?":             "<h1>Wi-Fi\u00a0: renouveler\u202f?</h1>",
		"":                                 `<h1></h1>`,
	} {
		var b bytes.Buffer
		if err := ui.PageHead(ui.Head{Title: title}).Render(context.Background(), &b); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q: %s", title, b.String())
		}
	}
}
