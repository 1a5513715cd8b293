package council

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// FormalForm makes a formal act of a decision, or changes one that was not handed over yet.
type FormalForm struct {
	Decision id.ID
	Kind     FormalKind
	FormalText
}

var (
	matterCode = regexp.MustCompile(`^[1-9]\.\d{1,2}$`)
	budgetYear = regexp.MustCompile(`^(\d{4}(/\d{4})?)?$`)
)

func (f *FormalForm) check() error {
	err := form()
	for _, s := range []*string{&f.Title, &f.MatterCode, &f.MatterName, &f.BudgetYear, &f.BudgetName, &f.Signatory} {
		*s = strings.TrimSpace(*s)
	}
	oneOf(err, "kind", f.Kind, FormalKinds())
	required(err, "title", f.Title, 1000)
	required(err, "matter_name", f.MatterName, maxTitle)
	if !matterCode.MatchString(f.MatterCode) {
		err.At("matter_code", "council.formal.matter")
	}
	if !budgetYear.MatchString(f.BudgetYear) || (f.BudgetYear == "") != (f.BudgetName == "") {
		err.At("budget_year", "council.formal.budget")
	}
	limited(err, "text", f.Text, 200_000)
	return err.OrNil()
}

// PrepareFormal makes a formal act of an adopted decision: its text, its vote and its day come from there.
func (r *Room) PrepareFormal(ctx context.Context, by act.Actor, in FormalForm) (Formal, error) {
	if err := in.check(); err != nil {
		return Formal{}, err
	}
	return do(ctx, r, by, func(tx *act.Tx) (Formal, error) {
		d, err := loadDecision(ctx, tx, in.Decision)
		if err != nil {
			return Formal{}, err
		}
		c, _, err := r.openItem(tx, d.Item)
		if err != nil {
			return Formal{}, err
		}
		if d.Opinion() {
			return Formal{}, fault.New(fault.Conflict, "council.formal.of_opinion", "number", d.Number)
		}
		if d.Result != ItemAdopted {
			return Formal{}, fault.New(fault.Conflict, "council.formal.not_adopted", "number", d.Number)
		}
		if err := in.adoptedBy(c.c.Kind); err != nil {
			return Formal{}, err
		}
		f := Formal{ID: c.newID(), Year: tx.Today().Year(), Kind: in.Kind, Decision: d.ID, Meeting: d.Meeting, Committee: d.Committee,
			FormalText: in.FormalText, Status: FormalPrepared, AdoptedOn: d.DecidedOn, Visibility: act.Internal}
		f.Text = d.Text
		f.Digest = DigestOf(f.Text)
		if f.Seq, err = nextFormal(ctx, tx, f.Year); err != nil {
			return f, err
		}
		f.Ref = fmt.Sprintf("AF-%d-%d", f.Year, f.Seq)
		if f.Votes, err = countOf(tx, f.Kind, d); err != nil {
			return f, err
		}
		return f, c.settleFormal("formal.prepare", &f, act.Act{Texts: f.texts()})
	})
}

// adoptedBy refuses what a committee cannot adopt: only an assembly deliberates (CGCT, art. L2121-29). Any other act is
// that of the authority which signs it, whatever a committee thinks of it: it names that authority (CRPA, art. L212-1)
// and claims no vote.
func (f FormalForm) adoptedBy(k Kind) error {
	err := form()
	switch {
	case f.Kind == Deliberation && k != Council:
		err.At("kind", "council.formal.not_an_assembly")
	case f.Kind != Deliberation:
		required(err, "signatory", f.Signatory, maxTitle)
	}
	return err.OrNil()
}

func (f FormalText) texts() []act.Text {
	return []act.Text{{Name: "title", Body: f.Title}, {Name: "signatory", Body: f.Signatory}}
}

// countOf is the public count of the ballot that adopted a deliberation; nil when there was none.
func countOf(tx *act.Tx, k FormalKind, d Decision) (*Count, error) {
	if d.Ballot == "" || k != Deliberation {
		return nil, nil
	}
	b, err := loadBallot(tx.Context(), tx, d.Ballot)
	if err != nil {
		return nil, err
	}
	return &Count{Seats: b.Seats + b.Recused, Cast: b.For + b.Against + b.Abstain, For: b.For, Against: b.Against, Abstain: b.Abstain}, nil
}

// ReviseFormal changes what was typed of a formal act. Its text is that of the decision, and stays.
func (r *Room) ReviseFormal(ctx context.Context, by act.Actor, formal id.ID, version int64, in FormalForm) (Formal, error) {
	if err := in.check(); err != nil {
		return Formal{}, err
	}
	return r.moveFormal(ctx, by, formal, version, "revise", func(c *change, f *Formal) (act.Act, error) {
		if err := in.adoptedBy(c.c.Kind); err != nil {
			return act.Act{}, err
		}
		text, digest := f.Text, f.Digest
		f.Kind, f.FormalText = in.Kind, in.FormalText
		f.Text, f.Digest = text, digest
		d, err := loadDecision(c.tx.Context(), c.tx, f.Decision)
		if err != nil {
			return act.Act{}, err
		}
		f.Votes, err = countOf(c.tx, f.Kind, d)
		return act.Act{Texts: f.texts()}, err
	})
}

// WithdrawFormal gives up a formal act that was not signed.
func (r *Room) WithdrawFormal(ctx context.Context, by act.Actor, formal id.ID, version int64, reason string) (Formal, error) {
	reason = strings.TrimSpace(reason)
	bad := form()
	required(bad, "reason", reason, maxText)
	if err := bad.OrNil(); err != nil {
		return Formal{}, err
	}
	return r.moveFormal(ctx, by, formal, version, "withdraw", func(*change, *Formal) (act.Act, error) {
		return act.Act{Texts: []act.Text{{Name: "motive", Body: reason}}}, nil
	})
}

// SendFormal notes that the file of a formal act was handed to the other tools.
func (r *Room) SendFormal(ctx context.Context, by act.Actor, formal id.ID, version int64) (Formal, error) {
	return r.moveFormal(ctx, by, formal, version, "send", func(c *change, f *Formal) (act.Act, error) {
		f.SentOn = c.tx.Today()
		return act.Act{Args: map[string]string{"digest": f.Digest}}, nil
	})
}

// MaskFormal chooses the passages of a formal act that are not published. It replaces what was chosen
// before.
func (r *Room) MaskFormal(ctx context.Context, by act.Actor, formal id.ID, version int64, masks []Mask) (Formal, error) {
	return r.moveFormal(ctx, by, formal, version, "mask", func(c *change, f *Formal) (act.Act, error) {
		bad := form()
		kept := masks[:0:0]
		for _, k := range masks {
			if k.Passage = strings.TrimSpace(k.Passage); k.Passage == "" {
				continue
			}
			if !strings.Contains(f.Title+"\n"+f.Text, k.Passage) {
				bad.At("masks", "council.minutes.not_there", "passage", k.Passage)
			}
			kept = append(kept, k)
		}
		f.Masks = kept
		return act.Act{Args: map[string]string{"count": itoa(len(kept))}}, bad.OrNil()
	})
}

// PublishFormal shows a signed act to everyone, once a person says that they reviewed what is hidden and
// what is not. What is shown is the adopted text but for the masked passages (I10).
func (r *Room) PublishFormal(ctx context.Context, by act.Actor, formal id.ID, version int64, reviewed bool) (Formal, error) {
	return r.moveFormal(ctx, by, formal, version, "publish", func(c *change, f *Formal) (act.Act, error) {
		if !reviewed {
			return act.Act{}, invalid("reviewed", "council.minutes.review")
		}
		if f.Signed == "" {
			return act.Act{}, fault.New(fault.Conflict, "council.formal.not_signed", "ref", f.Ref)
		}
		f.Published = f.Masked(f.Text)
		f.PublishedDigest, f.PublishedBy, f.PublishedOn, f.Visibility = DigestOf(f.Published), by.Post, c.tx.Today(), act.Public
		return act.Act{Visibility: act.Public, Args: map[string]string{"digest": f.PublishedDigest, "number": f.Number}}, nil
	})
}

// Masked is a text of the act with the masked passages hidden.
func (f Formal) Masked(text string) string {
	for _, k := range f.Masks {
		text = strings.ReplaceAll(text, k.Passage, Hidden)
	}
	return text
}

func (r *Room) moveFormal(ctx context.Context, by act.Actor, formal id.ID, version int64, event string, edit func(*change, *Formal) (act.Act, error)) (Formal, error) {
	return do(ctx, r, by, func(tx *act.Tx) (Formal, error) {
		f, err := loadFormal(ctx, tx, formal)
		if err != nil {
			return f, err
		}
		c, err := r.openFormal(tx, f)
		if err != nil {
			return f, err
		}
		to, err := next(formalStates(), f.Status, event)
		if err != nil {
			return f, err
		}
		if err := fresh(version, f.Version); err != nil {
			return f, err
		}
		f.Status = to
		a, err := edit(c, &f)
		if err != nil {
			return f, err
		}
		return f, c.settleFormal("formal."+event, &f, a)
	})
}

// openFormal loads the meeting of a formal act; whoever is recused from its matter changes nothing of it.
func (r *Room) openFormal(tx *act.Tx, f Formal) (*change, error) {
	d, err := loadDecision(tx.Context(), tx, f.Decision)
	if err != nil {
		return nil, err
	}
	c, _, err := r.openItem(tx, d.Item)
	return c, err
}

func (c *change) settleFormal(verb string, f *Formal, a act.Act) error {
	f.Version++
	if err := c.wrote(f.row(), putFormal(c.tx, *f)); err != nil {
		return err
	}
	if a.Args == nil {
		a.Args = map[string]string{}
	}
	a.Args["formal"] = f.Ref
	return c.settle(verb, f.ActRef(), f.Version, a)
}

// May tells whether an event may happen to a formal act as it stands.
func (f Formal) May(event string) bool {
	return slices.Contains(formalStates().Events(string(f.Status)), event)
}
