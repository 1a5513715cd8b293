package council

import (
	"bytes"
	"html/template"
	"strings"

	"parvis/internal/calendar"
)

// actTemplate is the act as a page of its own: no script, no style that another tool would have to load.
var actTemplate = template.Must(template.New("act").Parse(`<!DOCTYPE html>
<html lang="fr">
<head><meta charset="utf-8"><title>{{.Act.Object}}</title></head>
<body>
<h1>{{.Act.Object}}</h1>
<dl>
<dt>Collectivité</dt><dd>{{.City}}</dd>
<dt>Référence</dt><dd>{{.Act.Ref}}</dd>
<dt>Séance</dt><dd>{{.Act.Meeting}}, {{.Day}}</dd>
<dt>Matière</dt><dd>{{.Act.MatterCode}} {{.Act.MatterName}}</dd>
{{if .Act.Draft}}<dt>État</dt><dd>Projet : cet acte n’a pas été remis</dd>
{{end}}{{with .Act.Votes}}<dt>Vote</dt><dd>{{.For}} pour, {{.Against}} contre, {{.Abstain}} abstention(s)</dd>
{{end}}{{with .Act.Signatory}}<dt>Autorité signataire</dt><dd>{{.}}</dd>
{{end}}</dl>
{{range .Paragraphs}}<p>{{.}}</p>
{{end}}<footer><p>Texte adopté, SHA-256 : <code>{{.Act.Digest}}</code>. Document non signé.</p></footer>
</body>
</html>
`))

func actPage(f Formal, s SentFiles, city string) ([]byte, error) {
	var b bytes.Buffer
	err := actTemplate.Execute(&b, map[string]any{"Act": s, "City": city, "Day": frenchDay(f.AdoptedOn), "Paragraphs": paragraphs(f.Text)})
	return b.Bytes(), err
}

func frenchDay(d calendar.Day) string {
	if !d.Valid() {
		return ""
	}
	return string(d[8:] + "/" + d[5:7] + "/" + d[:4])
}

// paragraphs cuts a text where its author left a blank line.
func paragraphs(text string) []string {
	var out []string
	for _, p := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}
