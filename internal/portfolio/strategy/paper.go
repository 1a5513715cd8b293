package strategy

import (
	"context"
	"strconv"

	"parvis/internal/act"
	"parvis/internal/blob"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Paper is an edition of a document of a strategy: a file, or a link with the digest of what it leads to.
type Paper struct {
	ID         id.ID
	Version    int64
	Strategy   id.ID
	Thread     id.ID // id of the first edition
	Edition    int   // 1, 2…
	Title      string
	Link       string
	Digest     string // SHA-256, hexadecimal, or ""; the name of the blob when Link is ""
	Media      blob.Media
	Size       int64 // bytes
	Visibility act.Visibility
	AddedOn    calendar.Day
	RemovedOn  calendar.Day
}

// Ref names the paper in acts.
func (p Paper) Ref() act.Ref { return act.Ref{Type: "strategy_paper", ID: p.ID} }

// Of makes a paper a blob.Edition.
func (p Paper) Of() (thread id.ID, number int) {
	if p.RemovedOn != "" {
		return p.Thread, 0
	}
	return p.Thread, p.Edition
}

// maxPapers bounds the papers of a strategy.
const maxPapers = 500

// Attach is the form of a paper.
type Attach struct {
	blob.Paper
	Strategy id.ID
	Public   bool // at once, in a strategy that is public
}

// AttachPaper adds a document to a strategy, or a new edition of one: editions stand beside each other, none is
// overwritten. The type of a file is read from its bytes. Faults: those of blob.Store.Put.
func (r *Room) AttachPaper(ctx context.Context, by act.Actor, in Attach) (Paper, error) {
	in.Clean()
	f := newForm()
	if in.Check(f.Error, false); f.OrNil() != nil {
		return Paper{}, f.OrNil()
	}
	kept, err := r.blobs.Keep(ctx, in.Paper)
	if err != nil {
		return Paper{}, err
	}
	return run(ctx, r, by, func(c *change) (Paper, error) {
		s, err := loadStrategy(c.ctx, c.tx, in.Strategy)
		if err != nil {
			return Paper{}, err
		}
		p := Paper{ID: c.tx.NewID(), Version: 1, Strategy: s.ID, Edition: 1, Title: in.Title, Link: in.Link, Digest: string(kept.Digest),
			Media: kept.Media, Size: kept.Size, Visibility: act.Internal, AddedOn: c.today}
		if p.Thread = p.ID; in.Public && s.Public() {
			p.Visibility = act.Public
		}
		if err := c.shelve(&p, in.Thread); err != nil {
			return p, err
		}
		if err := r.blobs.CiteFile(c.tx, kept, p.Ref()); err != nil {
			return p, err
		}
		return p, c.recordPaper("paper.attach", s, &p)
	})
}

// shelve bounds how many papers a strategy has, and makes p the next edition of a document, if it is one.
func (c *change) shelve(p *Paper, thread id.ID) error {
	n, err := countPapers(c.ctx, c.tx, p.Strategy)
	if err != nil {
		return err
	}
	if n >= maxPapers {
		return invalid("file", "strategy.paper.too_many", "max", maxPapers)
	}
	if thread == "" {
		return nil
	}
	last, err := lastEdition(c.ctx, c.tx, thread)
	switch {
	case err != nil:
		return err
	case last.Strategy != p.Strategy:
		return invalid("thread", "strategy.paper.elsewhere")
	case last.Digest != "" && last.Digest == p.Digest:
		return invalid("file", "blob.paper.same", "edition", last.Edition)
	}
	p.Thread, p.Edition = last.Thread, last.Edition+1
	return nil
}

// PublishPaper makes a document as public as its strategy: a person does it.
func (r *Room) PublishPaper(ctx context.Context, by act.Actor, paper id.ID) error {
	return r.turnPaper(ctx, by, paper, "paper.publish", func(s Strategy, p *Paper, _ calendar.Day) error {
		if !s.Public() {
			return fault.New(fault.Conflict, "strategy.paper.not_public")
		}
		p.Visibility = act.Public
		return nil
	})
}

// RemovePaper takes a document away; its line stays in the state, with the day.
func (r *Room) RemovePaper(ctx context.Context, by act.Actor, paper id.ID) error {
	return r.turnPaper(ctx, by, paper, "paper.remove", func(_ Strategy, p *Paper, today calendar.Day) error {
		p.RemovedOn = today
		return nil
	})
}

func (r *Room) turnPaper(ctx context.Context, by act.Actor, paper id.ID, verb string, fn func(Strategy, *Paper, calendar.Day) error) error {
	_, err := run(ctx, r, by, func(c *change) (Paper, error) {
		p, err := loadPaper(c.ctx, c.tx, paper)
		if err != nil {
			return p, err
		}
		if p.RemovedOn != "" {
			return p, fault.New(fault.Gone, "strategy.paper.removed")
		}
		s, err := loadStrategy(c.ctx, c.tx, p.Strategy)
		if err != nil {
			return p, err
		}
		if err := fn(s, &p, c.today); err != nil {
			return p, err
		}
		p.Version++
		return p, c.recordPaper(verb, s, &p)
	})
	return err
}

func (c *change) recordPaper(verb string, s Strategy, p *Paper) error {
	if err := c.putPaper(p); err != nil {
		return err
	}
	a := act.Act{Object: p.Ref(), Subject: s.Ref(), Version: p.Version, Visibility: p.Visibility,
		Args: map[string]string{"strategy": s.Number, "digest": p.Digest, "edition": strconv.Itoa(p.Edition)}}
	_, err := c.record(verb, said(said(a, "title", "fr", p.Title), "link", "fr", p.Link))
	return err
}
