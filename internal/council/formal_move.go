package council

import (
	"context"
	"errors"
	"slices"
	"strings"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
)

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
	return r.moveFormal(ctx, by, formal, version, "send", handOver)
}

func handOver(c *change, f *Formal) (act.Act, error) {
	f.SentOn = c.tx.Today()
	return act.Act{Args: map[string]string{"digest": f.Digest}}, nil
}

// SendFormals notes that the files of all the acts prepared for a meeting were handed over, each with its own act, in one
// transaction. Acts from whose matter the author is recused are left where they are. It tells how many were handed over.
// Faults: Conflict council.formal.none_prepared.
func (r *Room) SendFormals(ctx context.Context, by act.Actor, meeting id.ID) (int, error) {
	return do(ctx, r, by, func(tx *act.Tx) (n int, err error) {
		all, err := formalsAt(ctx, tx, meeting)
		if err != nil {
			return 0, err
		}
		for _, f := range all {
			if f.Status != FormalPrepared {
				continue
			}
			_, err := r.moveIn(tx, f, f.Version, "send", handOver)
			if key, ok := errors.AsType[*fault.Error](err); ok && key.Key == "council.recused" {
				continue
			}
			if err != nil {
				return n, err
			}
			n++
		}
		if n == 0 {
			return 0, fault.New(fault.Conflict, "council.formal.none_prepared")
		}
		return n, nil
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
		return r.moveIn(tx, f, version, event, edit)
	})
}

// moveIn moves a formal act within a transaction.
func (r *Room) moveIn(tx *act.Tx, f Formal, version int64, event string, edit func(*change, *Formal) (act.Act, error)) (Formal, error) {
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
