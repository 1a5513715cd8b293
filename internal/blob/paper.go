package blob

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Paper is a document that somebody hands in: a file, or a link to the document management (GED).
type Paper struct {
	Title  string
	Link   string // an address, or
	File   io.Reader
	Digest string // SHA-256 of what the link leads to, hexadecimal; that of a file is counted, not told
	Thread id.ID  // of the document of which this is a new edition; "" for a new document
}

// MaxPaper is the largest paper, in bytes.
const MaxPaper = 50 << 20

// The longest title, in signs, and the longest link, in bytes.
const (
	maxTitle = 250
	maxLink  = 2000
)

// Clean takes away the blanks around what was typed.
func (p *Paper) Clean() {
	p.Title, p.Link, p.Digest = strings.TrimSpace(p.Title), strings.TrimSpace(p.Link), strings.ToLower(strings.TrimSpace(p.Digest))
}

// Check adds to f what is wrong in the fields title, file, link and digest. Where proof is asked for, a link is secure
// and comes with the digest of what it leads to.
func (p Paper) Check(f *fault.Error, proof bool) {
	switch {
	case p.Title == "":
		f.At("title", "blob.paper.untitled")
	case len([]rune(p.Title)) > maxTitle:
		f.At("title", "blob.paper.long_title", "max", maxTitle)
	case strings.ContainsFunc(p.Title, invisible):
		f.At("title", "blob.paper.title")
	}
	switch {
	case p.File == nil && p.Link == "":
		f.At("file", "blob.paper.file_or_link")
	case p.File != nil && p.Link != "":
		f.At("link", "blob.paper.file_or_link")
	case p.Link != "":
		p.checkLink(f, proof)
	}
}

func (p Paper) checkLink(f *fault.Error, proof bool) {
	u, bad := url.Parse(p.Link)
	switch {
	case bad != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || len(p.Link) > maxLink:
		f.At("link", "blob.paper.link")
	case proof && u.Scheme != "https":
		f.At("link", "blob.paper.https")
	}
	if (proof || p.Digest != "") && !digestForm.MatchString(p.Digest) {
		f.At("digest", "blob.paper.digest")
	}
}

// Keep stores the file of a paper and tells what it is; of a link only the digest is known. It is called before the
// transaction that cites it: nothing slow happens inside, and what no act cites is swept. s may be nil.
// Faults: those of Put; Unavailable blob.paper.no_store without a store.
func (s *Store) Keep(ctx context.Context, p Paper) (Blob, error) {
	if p.File == nil {
		return Blob{Digest: Digest(p.Digest)}, nil
	}
	if s == nil {
		return Blob{}, fault.New(fault.Unavailable, "blob.paper.no_store")
	}
	return s.Put(ctx, p.File, Limits{Size: MaxPaper, Media: Documents()})
}

// CiteFile ties what Keep stored to its paper; of a link there is nothing to tie.
func (s *Store) CiteFile(tx db.Transaction, kept Blob, paper act.Ref) error {
	if kept.Media == "" {
		return nil
	}
	return s.Cite(tx, kept, paper)
}

// Send serves the file of a paper whose reader was let in, or leads to where it is kept.
func (s *Store) Send(q db.Querier, w http.ResponseWriter, r *http.Request, link string, leave Leave) error {
	if link != "" {
		http.Redirect(w, r, link, http.StatusSeeOther)
		return nil
	}
	if s == nil || leave.Digest == "" {
		return fault.New(fault.NotFound, "blob.not_found")
	}
	return s.Handler(q, func(*http.Request) (Leave, error) { return leave, nil })(w, r)
}

// invisible are the signs by which a title may pass for another.
func invisible(r rune) bool {
	return r < ' ' || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}
