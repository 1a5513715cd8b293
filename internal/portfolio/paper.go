package portfolio

import (
	"context"
	"strconv"

	"parvis/internal/act"
	"parvis/internal/blob"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Attach is the form of a paper.
type Attach struct {
	blob.Paper
	Initiative  id.ID
	Arbitration id.ID // "" when it belongs to the initiative at large
}

// maxPapers bounds the papers of an initiative.
const maxPapers = 500

// AttachPaper adds a paper, or a new edition of one, internal until a person publishes it. Editions stand beside each
// other, none is overwritten. The type of a file is read from its bytes. Faults: those of blob.Store.Put.
func (r *Room) AttachPaper(ctx context.Context, by act.Actor, in Attach) (Paper, error) {
	in.Clean()
	f := fault.New(fault.Invalid, "portfolio.form")
	if in.Check(f, false); f.OrNil() != nil {
		return Paper{}, f
	}
	kept, err := r.blobs.Keep(ctx, in.Paper)
	if err != nil {
		return Paper{}, err
	}
	var p Paper
	err = r.edit(ctx, by, in.Initiative, "paper.attach", func(c *change) (act.Act, error) {
		if err := c.barred(Arbitration{ID: in.Arbitration}.Ref()); err != nil {
			return act.Act{}, err
		}
		p = Paper{ID: c.tx.NewID(), Version: 1, Initiative: c.i.ID, Arbitration: in.Arbitration, Edition: 1, Title: in.Title, Link: in.Link,
			Digest: string(kept.Digest), Media: kept.Media, Size: kept.Size, Visibility: act.Internal, AddedOn: c.tx.Today()}
		p.Thread = p.ID
		if err := c.shelve(&p, in.Thread); err != nil {
			return act.Act{}, err
		}
		if err := r.blobs.CiteFile(c.tx, kept, p.Ref()); err != nil {
			return act.Act{}, err
		}
		return paperAct(p, act.Internal), c.wrote(p.row(), putPaper(c.tx, p))
	})
	return p, err
}

// shelve bounds how many papers an initiative has, and makes p the next edition of a document, if it is one.
func (c *change) shelve(p *Paper, thread id.ID) error {
	n, err := countPapers(c.tx.Context(), c.tx, p.Initiative)
	if err != nil {
		return err
	}
	if n >= maxPapers {
		return invalid("file", "portfolio.paper.too_many", "max", maxPapers)
	}
	if thread == "" {
		return nil
	}
	last, err := lastEdition(c.tx.Context(), c.tx, thread)
	switch {
	case err != nil:
		return err
	case last.Initiative != p.Initiative || last.Arbitration != p.Arbitration:
		return invalid("thread", "portfolio.paper.elsewhere")
	case last.Digest != "" && last.Digest == p.Digest:
		return invalid("file", "blob.paper.same", "edition", last.Edition)
	}
	p.Thread, p.Edition = last.Thread, last.Edition+1
	return nil
}

// PublishPaper makes a paper as public as its initiative. Papers that prepare a decision are not
// communicable before it (CRPA L311-2): one attached to a question waits for its answer.
func (r *Room) PublishPaper(ctx context.Context, by act.Actor, paper id.ID) error {
	return r.editPaper(ctx, by, paper, "paper.publish", func(c *change, p *Paper) error {
		if !c.i.Public() {
			return fault.New(fault.Conflict, "portfolio.initiative.not_public", "number", c.i.Number)
		}
		if p.Arbitration != "" {
			a, err := loadArbitration(c.tx.Context(), c.tx, p.Arbitration)
			if err != nil {
				return err
			}
			if a.Status != Decided {
				return fault.New(fault.Conflict, "portfolio.paper.preparatory")
			}
		}
		p.Visibility = act.Public
		return nil
	})
}

// RemovePaper takes a paper away; its line stays, with its digest and the day.
func (r *Room) RemovePaper(ctx context.Context, by act.Actor, paper id.ID) error {
	return r.editPaper(ctx, by, paper, "paper.remove", func(c *change, p *Paper) error {
		p.RemovedOn = c.tx.Today()
		return nil
	})
}

func (r *Room) editPaper(ctx context.Context, by act.Actor, paper id.ID, verb string, fn func(*change, *Paper) error) error {
	p, err := loadPaper(ctx, r.reads, paper)
	if err != nil {
		return err
	}
	return r.edit(ctx, by, p.Initiative, verb, func(c *change) (act.Act, error) {
		if p, err = loadPaper(c.tx.Context(), c.tx, paper); err != nil {
			return act.Act{}, err
		}
		if p.RemovedOn != "" {
			return act.Act{}, fault.New(fault.Gone, "portfolio.paper.removed")
		}
		if err := c.barred(Arbitration{ID: p.Arbitration}.Ref()); err != nil {
			return act.Act{}, err
		}
		if err := fn(c, &p); err != nil {
			return act.Act{}, err
		}
		p.Version++
		return paperAct(p, p.Visibility), c.wrote(p.row(), putPaper(c.tx, p))
	})
}

func paperAct(p Paper, v act.Visibility) act.Act {
	return act.Act{Object: p.Ref(), Version: p.Version, Visibility: v,
		Args:  map[string]string{"digest": p.Digest, "edition": strconv.Itoa(p.Edition)},
		Texts: []act.Text{{Name: "title", Body: p.Title}, {Name: "link", Body: p.Link}}}
}
