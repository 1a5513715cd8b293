package portfolio

import (
	"context"
	"encoding/hex"
	"net/url"
	"strings"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Attach is the form of a paper: a link to the GED, or a content already stored by its digest.
type Attach struct {
	Initiative  id.ID
	Arbitration id.ID // "" when it belongs to the initiative at large
	Title       string
	Link        string // https address, or
	Digest      string // SHA-256 of the content, hexadecimal; with a link: of what it led to, if known
	MediaType   string
	Size        int64 // bytes
}

// AttachPaper adds a paper, internal until a person publishes it.
func (r *Room) AttachPaper(ctx context.Context, by act.Actor, in Attach) (Paper, error) {
	in.Title, in.Link = strings.TrimSpace(in.Title), strings.TrimSpace(in.Link)
	if err := in.check(); err != nil {
		return Paper{}, err
	}
	var p Paper
	err := r.edit(ctx, by, in.Initiative, "paper.attach", func(c *change) (act.Act, error) {
		if err := c.barred(in.Arbitration); err != nil {
			return act.Act{}, err
		}
		p = Paper{ID: c.newID(), Version: 1, Initiative: c.i.ID, Arbitration: in.Arbitration, Title: in.Title, Link: in.Link,
			Digest: strings.ToLower(in.Digest), MediaType: in.MediaType, Size: in.Size, Visibility: act.Internal, AddedOn: c.tx.Today()}
		return paperAct(p, act.Internal), c.wrote(p.row(), putPaper(c.tx, p))
	})
	return p, err
}

func (in Attach) check() error {
	err := fault.New(fault.Invalid, "portfolio.form")
	required(err, "title", in.Title, maxTitle)
	if in.Link == "" && in.Digest == "" {
		err.At("link", "portfolio.paper.link_or_file")
	}
	if in.Link != "" {
		if u, bad := url.Parse(in.Link); bad != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" {
			err.At("link", "portfolio.paper.bad_link")
		}
	}
	if b, bad := hex.DecodeString(in.Digest); bad != nil || (len(b) != 0 && len(b) != 32) {
		err.At("digest", "portfolio.paper.bad_digest")
	}
	return err.OrNil()
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
		if err := c.barred(p.Arbitration); err != nil {
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
	return act.Act{Object: act.Ref{Type: "paper", ID: p.ID}, Version: p.Version, Visibility: v,
		Args:  map[string]string{"digest": p.Digest},
		Texts: []act.Text{{Name: "title", Body: p.Title}, {Name: "link", Body: p.Link}}}
}
