package council

import (
	"context"
	"fmt"
	"strings"

	"parvis/internal/act"
	"parvis/internal/council/scdl"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// FormalForm makes a formal act of a decision, or changes one that was not handed over yet.
type FormalForm struct {
	Decision id.ID
	Kind     FormalKind
	FormalText
}

// check cleans what was typed and refuses what open data would refuse once the act is published: it is mended by whoever
// types it. The name of the matter is that of the nomenclature, whatever was typed.
func (f *FormalForm) check() error {
	err := form()
	for _, s := range []*string{&f.Title, &f.MatterCode, &f.BudgetYear, &f.BudgetName, &f.Signatory} {
		*s = strings.TrimSpace(*s)
	}
	f.MatterName = scdl.MatterName(f.MatterCode)
	oneOf(err, "kind", f.Kind, FormalKinds())
	required(err, "title", f.Title, 1000)
	limited(err, "budget_name", f.BudgetName, maxTitle)
	if f.MatterName == "" {
		err.At("matter_code", "council.formal.matter")
	}
	typed := scdl.Deliberation{BudgetYear: f.BudgetYear, BudgetName: f.BudgetName}
	if refused, bad := typed.Defects("BUDGET_ANNEE", "BUDGET_NOM"); bad != nil {
		return bad
	} else if len(refused) > 0 {
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
		if err := c.onlyOne(d, in.Kind, ""); err != nil {
			return Formal{}, err
		}
		f := Formal{ID: c.tx.NewID(), Year: tx.Today().Year(), Kind: in.Kind, Decision: d.ID, Meeting: d.Meeting, Committee: d.Committee,
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

// onlyOne refuses a second act of a kind that says the same decision: both would leave, with two numbers. One that was given
// up does not count.
func (c *change) onlyOne(d Decision, k FormalKind, but id.ID) error {
	all, err := formalsAt(c.tx.Context(), c.tx, d.Meeting)
	for _, f := range all {
		if f.Decision == d.ID && f.Kind == k && f.Status != FormalWithdrawn && f.ID != but {
			return invalid("kind", "council.formal.second", "number", d.Number, "ref", f.Ref)
		}
	}
	return err
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
		if err == nil {
			err = c.onlyOne(d, in.Kind, f.ID)
		}
		if err != nil {
			return act.Act{}, err
		}
		f.Votes, err = countOf(c.tx, f.Kind, d)
		return act.Act{Texts: f.texts()}, err
	})
}
