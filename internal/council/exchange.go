package council

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"html/template"
	"io"
	"strings"
	"time"

	"parvis/internal/blob"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/identity"
)

// ExchangeVersion is the version of the format of exchange files, described in docs/exchange.md.
const ExchangeVersion = 1

// Manifest is manifest.json of an exchange file.
type Manifest struct {
	Format  string      `json:"format"` // "parvis-exchange"
	Version int         `json:"version"`
	City    string      `json:"city"`
	SIRET   string      `json:"siret,omitempty"`
	MadeAt  string      `json:"made_at"` // RFC 3339
	Acts    []SentFiles `json:"acts"`
}

// SentFiles is what a manifest says of one act.
type SentFiles struct {
	Ref        string      `json:"ref"`
	Kind       FormalKind  `json:"kind"`
	Object     string      `json:"object"`
	Digest     string      `json:"digest"` // SHA-256 of the adopted text: the return file repeats it
	AdoptedOn  string      `json:"adopted_on"`
	MatterCode string      `json:"matter_code"`
	MatterName string      `json:"matter_name"`
	BudgetYear string      `json:"budget_year,omitempty"`
	BudgetName string      `json:"budget_name,omitempty"`
	Transmit   bool        `json:"transmit"`
	Meeting    string      `json:"meeting"`
	Decision   string      `json:"decision"`
	Votes      *Count      `json:"votes,omitempty"`
	Signatory  string      `json:"signatory,omitempty"` // name and quality, of an act that no assembly adopted
	File       SentFile    `json:"file"`
	Papers     []SentPaper `json:"papers"`
}

// SentFile is a file of the archive with its digest.
type SentFile struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
	Size   int    `json:"size"`
}

// SentPaper is a paper under the item: where it is and its digest. Its content travels by its own tool.
type SentPaper struct {
	Title   string `json:"title"`
	Kind    string `json:"kind"`
	Edition int    `json:"edition"`
	Link    string `json:"link,omitempty"`
	SHA256  string `json:"sha256,omitempty"`
}

// ExchangeFile writes the file of a formal act for the délibération tool and the parapheur: a ZIP that
// holds the act as HTML, manifest.json, and the table to fill and return.
func (r *Room) ExchangeFile(ctx context.Context, v identity.Visitor, w io.Writer, ref, city, siret string) error {
	if !v.Inside() {
		return fault.New(fault.NotFound, "council.formal.unknown")
	}
	f, err := r.Formal(ctx, v, ref)
	if err != nil {
		return err
	}
	if f.Status == FormalPrepared || f.Status == FormalWithdrawn {
		return fault.New(fault.Conflict, "council.formal.not_sent", "ref", f.Ref)
	}
	sent, err := r.describe(ctx, f)
	if err != nil {
		return err
	}
	page, err := actPage(f, sent, city)
	if err != nil {
		return err
	}
	sent.File = SentFile{Path: f.Ref + "/acte.html", SHA256: DigestOf(string(page)), Size: len(page)}
	m := Manifest{Format: "parvis-exchange", Version: ExchangeVersion, City: city, SIRET: siret, MadeAt: r.clock.Now().UTC().Format(time.RFC3339),
		Acts: []SentFiles{sent}}
	return writeExchange(w, r.clock.Now(), m, page)
}

func (r *Room) describe(ctx context.Context, f Formal) (SentFiles, error) {
	s := SentFiles{Ref: f.Ref, Kind: f.Kind, Object: f.Title, Digest: f.Digest, AdoptedOn: string(f.AdoptedOn), MatterCode: f.MatterCode,
		MatterName: f.MatterName, BudgetYear: f.BudgetYear, BudgetName: f.BudgetName, Transmit: f.Transmit, Votes: f.Votes, Signatory: f.Signatory, Papers: []SentPaper{}}
	d, err := loadDecision(ctx, r.reads, f.Decision)
	if err != nil {
		return s, err
	}
	m, err := loadMeeting(ctx, r.reads, f.Meeting)
	if err != nil {
		return s, err
	}
	s.Decision, s.Meeting = d.Number, m.Number
	papers, err := loadPapers(ctx, r.reads, f.Meeting)
	for _, p := range blob.Latest(papers) {
		if p.Item == d.Item {
			s.Papers = append(s.Papers, SentPaper{p.Title, string(p.Kind), p.Edition, p.Link, p.Digest})
		}
	}
	return s, err
}

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
{{with .Act.Votes}}<dt>Vote</dt><dd>{{.For}} pour, {{.Against}} contre, {{.Abstain}} abstention(s)</dd>
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

// returnHeader names the columns of the table that comes back.
var returnHeader = []string{"ref", "digest", "number", "signed_on", "transmitted_on", "received_on", "receipt", "authority", "notified_on", "posted_on", "url"}

func writeExchange(w io.Writer, at time.Time, m Manifest, page []byte) error {
	manifest, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	var table bytes.Buffer
	c := csv.NewWriter(&table)
	c.UseCRLF = true
	c.Write(returnHeader)
	for _, a := range m.Acts {
		c.Write(append([]string{a.Ref, a.Digest}, make([]string, len(returnHeader)-2)...))
	}
	c.Flush()
	z := zip.NewWriter(w)
	for _, e := range []struct {
		name string
		body []byte
	}{{"manifest.json", append(manifest, '\n')}, {m.Acts[0].File.Path, page}, {"retour.csv", table.Bytes()}} {
		f, err := z.CreateHeader(&zip.FileHeader{Name: e.name, Method: zip.Deflate, Modified: at.UTC().Truncate(2 * time.Second)})
		if err != nil {
			return err
		}
		if _, err := f.Write(e.body); err != nil {
			return err
		}
	}
	return z.Close()
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
