package council

import (
	"context"
	"io"
	"strings"

	"parvis/internal/act"
	"parvis/internal/blob"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// PaperForm hands in a paper: a file, or a link to the document management with its digest.
type PaperForm struct {
	Meeting id.ID
	Item    id.ID // "" for a paper of the meeting itself
	Thread  id.ID // of the document of which this is a new edition; "" for a new document
	Kind    PaperKind
	Title   string
	Link    string
	Digest  string // SHA-256 of what the link leads to, hexadecimal
	File    io.Reader
	Minor   bool // of a new edition: visas that tolerate it stand
}

// maxPapers bounds the papers of a meeting.
const maxPapers = 1000

// paper is what any room asks of a document.
func (f PaperForm) paper() blob.Paper {
	p := blob.Paper{Title: f.Title, Link: f.Link, File: f.File, Digest: f.Digest, Thread: f.Thread}
	p.Clean()
	return p
}

func (f PaperForm) check() error {
	err := form()
	f.paper().Check(err, true)
	oneOf(err, "kind", f.Kind, PaperKinds())
	return err.OrNil()
}

// AddPaper hands a paper in, or a new edition of one: editions stand beside each other, none is
// overwritten. The type of a file is read from its bytes. Faults: those of blob.Store.Put.
func (r *Room) AddPaper(ctx context.Context, by act.Actor, f PaperForm) (Paper, error) {
	if err := f.check(); err != nil {
		return Paper{}, err
	}
	kept, err := r.blobs.Keep(ctx, f.paper())
	if err != nil {
		return Paper{}, err
	}
	return do(ctx, r, by, func(tx *act.Tx) (Paper, error) { return r.addPaper(tx, f, kept) })
}

func (r *Room) addPaper(tx *act.Tx, f PaperForm, kept blob.Blob) (Paper, error) {
	c, item, err := r.openShelf(tx, f)
	if err != nil {
		return Paper{}, err
	}
	in := f.paper()
	p := Paper{ID: tx.NewID(), Version: 1, Meeting: c.m.ID, Item: f.Item, Edition: 1, Kind: f.Kind, Title: in.Title, Link: in.Link,
		Digest: string(kept.Digest), Media: kept.Media, Size: kept.Size, AddedBy: tx.Actor().Post, AddedOn: tx.Today(), Visibility: act.Internal}
	p.Thread = p.ID
	if err := r.blobs.CiteFile(tx, kept, p.Ref()); err != nil {
		return p, err
	}
	if f.Thread != "" {
		if err := p.follows(tx, f); err != nil {
			return p, err
		}
	}
	if err := c.wrote(p.row(), putPaper(tx, p)); err != nil {
		return p, err
	}
	c.tell(PaperAddedV1{p.ID, p.Thread, p.Edition, p.Item, p.Meeting, p.Minor})
	args := aboutItem(item)
	args["edition"], args["digest"] = itoa(p.Edition), p.Digest
	if err := c.settle("paper.add", p.Ref(), 1, act.Act{Args: args, Texts: []act.Text{{Name: "title", Body: p.Title}}}); err != nil || p.Edition == 1 {
		return p, err
	}
	return p, c.renewCircuits(p)
}

// openShelf loads where a paper goes: to a meeting that is still to end, to an item that is still to be dealt with.
func (r *Room) openShelf(tx *act.Tx, f PaperForm) (c *change, item Item, err error) {
	if f.Item != "" {
		c, item, err = r.openItem(tx, f.Item)
	} else {
		c, err = r.openMeeting(tx, f.Meeting)
	}
	if err != nil {
		return c, item, err
	}
	if c.m.Status == Cancelled || c.m.Held() {
		return c, item, fault.New(fault.Conflict, "council.agenda.over")
	}
	if f.Item != "" && item.Status != Listed {
		return c, item, wrongState("item", string(item.Status))
	}
	if err := c.unvoted(item); err != nil {
		return c, item, err
	}
	n, err := countPapers(tx.Context(), tx, c.m.ID)
	if err == nil && n >= maxPapers {
		err = fault.New(fault.Invalid, "council.paper.too_many", "max", maxPapers)
	}
	return c, item, err
}

// follows makes p the next edition of a document of the same matter.
func (p *Paper) follows(tx *act.Tx, f PaperForm) error {
	last, err := lastEdition(tx.Context(), tx, f.Thread)
	if err != nil {
		return err
	}
	if last.Item != f.Item {
		was, err := loadItem(tx.Context(), tx, last.Item)
		if err != nil {
			return err
		}
		if is, err := loadItem(tx.Context(), tx, f.Item); err != nil || is.Root != was.Root {
			return invalid("thread", "council.paper.other_item")
		}
	}
	if last.Digest == p.Digest {
		return invalid("file", "blob.paper.same", "edition", last.Edition)
	}
	p.Thread, p.Edition, p.Minor = last.Thread, last.Edition+1, f.Minor
	return nil
}

// unvoted refuses to change the papers of a matter while it is voted on: everybody votes in view of the same.
func (c *change) unvoted(i Item) error {
	n, err := votesOn(c.tx.Context(), c.tx, i.Root)
	if err == nil && n > 0 {
		err = fault.New(fault.Conflict, "council.paper.under_vote")
	}
	return err
}

// inForce are the editions in force of the papers of a matter.
func (c *change) inForce(i Item) ([]id.ID, error) {
	papers, err := papersAbout(c.tx.Context(), c.tx, i.Root)
	ids := []id.ID{}
	for _, p := range blob.Latest(papers) {
		ids = append(ids, p.ID)
	}
	return ids, err
}

// viewed are the editions in view of which an item is dealt with: those of its last vote, or those in force now.
func (c *change) viewed(i Item) ([]id.ID, error) {
	b, err := lastBallot(c.tx.Context(), c.tx, i.ID)
	if err != nil || b.Papers != nil {
		return b.Papers, err
	}
	return c.inForce(i)
}

// WithdrawPaper takes an edition out of the file, with a reason: its line stays and says so (I17). A file that should not
// have been shown can be taken back at any time but during a vote; minutes still name the edition that was voted on.
func (r *Room) WithdrawPaper(ctx context.Context, by act.Actor, paper id.ID, reason string) (Paper, error) {
	reason = strings.TrimSpace(reason)
	return r.movePaper(ctx, by, paper, "paper.withdraw", func(c *change, i Item, p *Paper, a *act.Act) error {
		if reason == "" {
			return invalid("reason", "council.required")
		}
		if p.WithdrawnOn != "" {
			return fault.New(fault.Conflict, "council.paper.withdrawn")
		}
		if err := c.unvoted(i); err != nil {
			return err
		}
		p.WithdrawnOn, p.WithdrawnWhy = c.tx.Today(), reason
		a.Visibility, a.Texts = p.Visibility, []act.Text{{Name: "motive", Body: reason}}
		return nil
	})
}

// PublishPaper makes an edition public: a person does it, once the item was dealt with (CRPA L311-2).
func (r *Room) PublishPaper(ctx context.Context, by act.Actor, paper id.ID) (Paper, error) {
	return r.movePaper(ctx, by, paper, "paper.publish", func(c *change, i Item, p *Paper, _ *act.Act) error {
		switch {
		case p.WithdrawnOn != "" || p.Visibility == act.Public:
			return fault.New(fault.Conflict, "council.paper.withdrawn")
		case !c.c.Public() || !c.m.Held():
			return fault.New(fault.Conflict, "council.paper.before_decision")
		}
		if err := c.dealtWith(i); err != nil {
			return err
		}
		p.Visibility, p.PublishedOn = act.Public, c.tx.Today()
		return nil
	})
}

// dealtWith refuses while a matter that was put off is still to be decided: its papers prepare that.
func (c *change) dealtWith(i Item) (err error) {
	if i.Status == ItemPostponed {
		i, err = lastOfMatter(c.tx.Context(), c.tx, i.Root)
	}
	if err == nil && i.ID != "" && !i.Settled() {
		err = fault.New(fault.Conflict, "council.paper.before_decision")
	}
	return err
}

func (r *Room) movePaper(ctx context.Context, by act.Actor, paper id.ID, verb string, edit func(*change, Item, *Paper, *act.Act) error) (Paper, error) {
	return do(ctx, r, by, func(tx *act.Tx) (Paper, error) {
		p, err := loadPaper(ctx, tx, paper)
		if err != nil {
			return p, err
		}
		c, item, err := r.shelfOf(tx, p)
		if err != nil {
			return p, err
		}
		var a act.Act
		if err := edit(c, item, &p, &a); err != nil {
			return p, err
		}
		p.Version++
		if err := c.wrote(p.row(), putPaper(tx, p)); err != nil {
			return p, err
		}
		a.Args = aboutItem(item)
		return p, c.settle(verb, p.Ref(), p.Version, a)
	})
}

func (r *Room) shelfOf(tx *act.Tx, p Paper) (*change, Item, error) {
	if p.Item != "" {
		return r.openItem(tx, p.Item)
	}
	c, err := r.openMeeting(tx, p.Meeting)
	return c, Item{}, err
}
