package council

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"parvis/internal/act"
	"parvis/internal/blob"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// ExchangeVersion is the version of the format of exchange files, described in docs/exchange.md.
const ExchangeVersion = 2

const exchangeFormat = "parvis-exchange"

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
	Draft      bool        `json:"draft,omitempty"` // not handed over: to be read beforehand, its return is refused
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

// SentPaper is a paper about the matter: a file of the archive, or where it is kept elsewhere, with its digest.
type SentPaper struct {
	Title   string     `json:"title"`
	Kind    string     `json:"kind"`
	Edition int        `json:"edition"`
	Link    string     `json:"link,omitempty"`
	SHA256  string     `json:"sha256,omitempty"`
	Path    string     `json:"path,omitempty"` // in the archive; absent for a link
	Media   blob.Media `json:"media,omitempty"`
	Size    int64      `json:"size,omitempty"`
	Defect  string     `json:"defect,omitempty"` // missing, damaged: the file is not in the archive, or is not what was handed in
}

// Sender is who an exchange file is from.
type Sender struct{ City, SIRET string }

// Exchange is the file of formal acts for the délibération tool and the parapheur, ready to be written: one ZIP that
// holds each act as HTML, the papers about it, manifest.json, and the table to fill and return.
type Exchange struct {
	Manifest
	at    time.Time
	pages [][]byte // of the acts, in their order
	blobs *blob.Store
}

// Exchange makes the file of one formal act. An act that was not handed over is a draft: one reads it beforehand.
// Faults: NotFound council.formal.unknown; Denied council.recused; Conflict council.formal.not_sent once it is given up.
func (r *Room) Exchange(ctx context.Context, v identity.Visitor, ref string, from Sender) (*Exchange, error) {
	if !v.Inside() {
		return nil, fault.New(fault.NotFound, "council.formal.unknown")
	}
	f, err := r.Formal(ctx, v, ref)
	if err != nil {
		return nil, err
	}
	if f.Status == FormalWithdrawn {
		return nil, fault.New(fault.Conflict, "council.formal.not_sent", "ref", f.Ref)
	}
	return r.exchange(ctx, v, from, f)
}

// ExchangeOfMeeting makes one file of all the formal acts of a meeting that were handed over and that the visitor may read.
// Faults: NotFound council.meeting.not_found; Conflict council.formal.none_sent.
func (r *Room) ExchangeOfMeeting(ctx context.Context, v identity.Visitor, meeting string, from Sender) (*Exchange, error) {
	if !v.Inside() {
		return nil, fault.New(fault.NotFound, "council.meeting.not_found")
	}
	m, err := r.Meeting(ctx, v, meeting)
	if err != nil {
		return nil, err
	}
	all, err := formalsAt(ctx, r.reads, m.ID)
	if err == nil {
		all, err = r.readable(ctx, v, all)
	}
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(f Formal) bool { return !f.HandedOver() })
	if len(all) == 0 {
		return nil, fault.New(fault.Conflict, "council.formal.none_sent", "number", m.Number)
	}
	return r.exchange(ctx, v, from, all...)
}

func (r *Room) exchange(ctx context.Context, v identity.Visitor, from Sender, acts ...Formal) (*Exchange, error) {
	x := &Exchange{Manifest: Manifest{Format: exchangeFormat, Version: ExchangeVersion, City: from.City, SIRET: from.SIRET,
		MadeAt: r.clock.Now().UTC().Format(time.RFC3339)}, at: r.clock.Now(), blobs: r.blobs}
	withheld, err := r.Withheld(ctx, v)
	if err != nil {
		return nil, err
	}
	for _, f := range acts {
		sent, err := r.describe(ctx, f, withheld)
		if err != nil {
			return nil, err
		}
		page, err := actPage(f, sent, from.City)
		if err != nil {
			return nil, err
		}
		sent.File = SentFile{Path: f.Ref + "/acte.html", SHA256: DigestOf(string(page)), Size: len(page)}
		x.Acts, x.pages = append(x.Acts, sent), append(x.pages, page)
	}
	return x, nil
}

func (r *Room) describe(ctx context.Context, f Formal, withheld Withheld) (SentFiles, error) {
	s := SentFiles{Ref: f.Ref, Draft: !f.HandedOver(), Kind: f.Kind, Object: f.Title, Digest: f.Digest, AdoptedOn: string(f.AdoptedOn),
		MatterCode: f.MatterCode, MatterName: f.MatterName, BudgetYear: f.BudgetYear, BudgetName: f.BudgetName, Transmit: f.Transmit,
		Votes: f.Votes, Signatory: f.Signatory, Papers: []SentPaper{}}
	d, err := loadDecision(ctx, r.reads, f.Decision)
	if err != nil {
		return s, err
	}
	m, err := loadMeeting(ctx, r.reads, f.Meeting)
	if err != nil {
		return s, err
	}
	s.Decision, s.Meeting = d.Number, m.Number
	papers, err := r.papersWith(ctx, d.Item, withheld)
	for _, p := range papers {
		s.Papers = append(s.Papers, p.sent(f.Ref, len(s.Papers)+1))
	}
	return s, err
}

// papersWith are the papers in view of which an item was decided that a reader may have: whoever is recused from it has
// only those that were published, even when the act itself is public. Reports come first, then in the order of forms.
func (r *Room) papersWith(ctx context.Context, item id.ID, withheld Withheld) ([]Paper, error) {
	i, err := loadItem(ctx, r.reads, item)
	if err != nil {
		return nil, err
	}
	all, err := papersAbout(ctx, r.reads, i.Root)
	kept := withheld.Item(i)
	all = slices.DeleteFunc(i.inView(all), func(p Paper) bool { return p.WithdrawnOn != "" || kept && p.Visibility != act.Public })
	kinds := PaperKinds()
	slices.SortStableFunc(all, func(a, b Paper) int {
		return cmp.Or(slices.Index(kinds, a.Kind)-slices.Index(kinds, b.Kind), cmp.Compare(a.Title, b.Title))
	})
	return all, err
}

// sent is what a manifest says of the nth paper of an act. Its name in the archive is made safe: people chose it.
func (p Paper) sent(ref string, n int) SentPaper {
	s := SentPaper{Title: p.Title, Kind: string(p.Kind), Edition: p.Edition, Link: p.Link, SHA256: p.Digest, Media: p.Media, Size: p.Size}
	if p.Media != "" {
		s.Path = fmt.Sprintf("%s/pieces/%02d %s", ref, n, p.Media.FileName(p.Title))
	}
	return s
}
