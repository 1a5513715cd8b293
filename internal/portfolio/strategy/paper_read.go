package strategy

import (
	"context"
	"net/http"

	"parvis/internal/act"
	"parvis/internal/blob"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// PaperFor reads an edition of a paper for a visitor. Faults: NotFound for what is not public, outside; Gone once it was
// removed.
func (r *Room) PaperFor(ctx context.Context, v identity.Visitor, paper id.ID) (Paper, error) {
	p, err := loadPaper(ctx, r.reads, paper)
	if err != nil {
		return Paper{}, err
	}
	if _, err := r.Find(ctx, v, string(p.Strategy)); err != nil || !mayRead(v, p.Visibility) {
		return Paper{}, fault.New(fault.NotFound, "strategy.paper.not_found")
	}
	if p.RemovedOn != "" {
		return Paper{}, fault.New(fault.Gone, "strategy.paper.removed")
	}
	return p, nil
}

// ServePaper sends the file of a paper that the reader may have, or leads to where it is kept.
func (r *Room) ServePaper(w http.ResponseWriter, req *http.Request, p Paper) error {
	return r.blobs.Send(r.reads, w, req, p.Link, blob.Leave{Digest: blob.Digest(p.Digest), Name: p.Title, Public: p.Visibility == act.Public})
}

// PaperLine is an edition of a paper with the strategy that it belongs to.
type PaperLine struct {
	Paper
	Number string // of the strategy
	Matter string // its title
}

// papersRead is how many papers EachPaper holds in memory.
const papersRead = 200

// EachPaper gives do every edition of every paper that a visitor may read, little by little: for exports. Outsiders have none
// that was removed.
func (r *Room) EachPaper(ctx context.Context, v identity.Visitor, do func(PaperLine) error) error {
	next := func(last *PaperLine) ([]PaperLine, error) { return r.papersAfter(ctx, v, last, papersRead) }
	return db.Paged(next, func(l PaperLine) error {
		if l.RemovedOn != "" && !v.Inside() {
			return nil
		}
		return do(l)
	})
}
