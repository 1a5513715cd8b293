package council

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

// InterestForm is what somebody declares about a matter: an item of an agenda, or a question of the portfolio.
type InterestForm struct {
	Item     id.ID
	Question id.ID  // when no item is named
	Post     id.ID  // "": the post of whoever acts, with a seat or without: whoever is consulted may withdraw too
	Event    string // deny, declare, recuse, clear
	Nature   InterestNature
	Note     string // read by the declarant, the bureau and the deontologist (CRPA L311-6); of a clearance: the opinion
}

// DeclareInterest notes what a member says of their interests in a matter: none, one to be looked at, or a
// recusal, which takes effect at once: file, score and debate are then kept from them, and their seat
// leaves the quorum base. The bureau notes what is said in the room for somebody else. Nobody clears themselves.
func (r *Room) DeclareInterest(ctx context.Context, by act.Actor, f InterestForm) (Interest, error) {
	f.Note = strings.TrimSpace(f.Note)
	return do(ctx, r, by, func(tx *act.Tx) (Interest, error) {
		c, item, err := r.openMatter(tx, f)
		if err != nil {
			return Interest{}, err
		}
		who, err := c.declarer(f, by)
		if err != nil {
			return Interest{}, err
		}
		known, err := interestsOf(ctx, tx, item)
		if err != nil {
			return Interest{}, err
		}
		i := Interest{ID: tx.NewID(), Post: who.ID, Holder: who.Holder, Person: who.Person, Root: item.Root, Initiative: item.Initiative,
			Arbitration: item.Arbitration, DeclaredOn: tx.Today()}
		if n := slices.IndexFunc(known, i.same); n >= 0 {
			i = known[n]
		}
		if err := c.mayDeclare(i, item, f, by); err != nil {
			return i, err
		}
		if err := c.declare(&i, f, by); err != nil {
			return i, err
		}
		if err := c.takeBack(i); err != nil {
			return i, err
		}
		return i, c.recordInterest(&i, item, f)
	})
}

// openMatter loads what a declaration is about: also what the actor is recused from.
func (r *Room) openMatter(tx *act.Tx, f InterestForm) (*change, Item, error) {
	if f.Item == "" {
		return r.openQuestion(tx, f.Question)
	}
	i, err := loadItem(tx.Context(), tx, f.Item)
	if err != nil {
		return nil, i, err
	}
	c, err := r.openMeeting(tx, i.Meeting)
	if err == nil && (c.m.Held() || c.m.Status == Cancelled) {
		err = fault.New(fault.Conflict, "council.agenda.over")
	}
	return c, i, err
}

// declarer is who declares: oneself, or any holder of a post, noted by the bureau. An interest is a person's, and the
// next holder has their own.
func (c *change) declarer(f InterestForm, by act.Actor) (portfolio.Post, error) {
	post := cmp.Or(f.Post, by.Post)
	p, err := c.r.post(c.tx, post, "post")
	if err == nil && !p.Held {
		err = invalid("post", "council.interest.vacant")
	}
	if post == by.Post {
		p.Holder = cmp.Or(by.Holder, p.Holder)
	}
	return p, err
}

func (c *change) declare(i *Interest, f InterestForm, by act.Actor) error {
	from := i.Status
	if from == "" {
		from = "pending"
	}
	to, ok := map[string]InterestStatus{"deny": NoInterest, "declare": Declared, "recuse": Recused, "clear": Cleared}[f.Event]
	if !ok {
		return invalid("event", "council.choose")
	}
	if _, err := next(interestStates(), from, f.Event); err != nil {
		return err
	}
	err := form()
	limited(err, "note", f.Note, 2000)
	if f.Event == "declare" || f.Event == "recuse" && f.Nature != "" {
		oneOf(err, "nature", f.Nature, InterestNatures())
	}
	if f.Event == "clear" && f.Note == "" {
		err.At("note", "council.required")
	}
	if err := err.OrNil(); err != nil {
		return err
	}
	i.Status, i.StatusOn, i.Note = to, c.tx.Today(), f.Note
	if f.Nature != "" {
		i.Nature = f.Nature
	}
	if to == Cleared {
		i.ClearedBy = by.Post
	}
	return nil
}

// takeBack silences the voice that whoever withdraws gave, or held for another, in a vote that is still open.
func (c *change) takeBack(i Interest) error {
	ballots, err := loadBallots(c.tx.Context(), c.tx, c.m.ID)
	if err != nil || i.Status != Recused {
		return err
	}
	mine, err := c.r.through(c.tx.Context(), c.tx, i, c.tx.Today())
	if err != nil {
		return err
	}
	for _, b := range ballots {
		if b.Status != BallotOpen {
			continue
		}
		item, err := loadItem(c.tx.Context(), c.tx, b.Item)
		if err != nil {
			return err
		}
		voices, err := voicesOf(c.tx.Context(), c.tx, b.ID)
		for _, v := range voices {
			if i.about(item) && v.Choice != Apart && (slices.Contains(mine, v.Post) || slices.Contains(mine, v.CastBy)) {
				err = cmp.Or(err, c.silence(v))
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// mayDeclare tells whether somebody may say this: of oneself all but the end of one's recusal, of others the bureau,
// those of it who take part. A recusal ends by the opinion of the deontologist (CGCT, art. L1111-1-1); where nobody
// holds that post, by the bureau, with the reference of the opinion that was given; by the post above, while no
// committee has the question.
func (c *change) mayDeclare(i Interest, item Item, f InterestForm, by act.Actor) error {
	mine, err := c.r.through(c.tx.Context(), c.tx, i, c.tx.Today())
	if err != nil {
		return err
	}
	own := slices.Contains(mine, by.Post)
	if own && f.Event == "clear" {
		return fault.New(fault.Denied, "council.interest.own")
	}
	if own {
		return nil
	}
	adviser, err := c.r.deontologist(c.tx.Context(), c.tx, c.tx.Today())
	switch {
	case err != nil:
		return err
	case f.Event == "clear" && adviser == by.Post:
		return nil
	case f.Event == "clear" && adviser != "":
		return fault.New(fault.Denied, "council.interest.deontologist")
	case c.alone != nil:
		return c.mayEndAlone(i, f.Event)
	case !c.bureau(by.Post):
		return fault.New(fault.Denied, "council.attendance.not_yours")
	}
	away, err := c.recused(item)
	if err == nil && away[by.Post] {
		err = fault.New(fault.Denied, "council.recused")
	}
	return err
}

func (c *change) recordInterest(i *Interest, item Item, f InterestForm) error {
	i.Version++
	if err := c.wrote(i.row(), putInterest(c.tx, *i)); err != nil {
		return err
	}
	verb, err := c.interestVerb(i.Status)
	if err != nil {
		return err
	}
	said := act.Act{Args: map[string]string{"post": string(i.Post), "status": string(i.Status)}, Texts: []act.Text{{Name: act.Reserved + "note", Body: f.Note}}}
	if c.alone != nil {
		return c.recordAlone(verb, *i, said)
	}
	said.Args["item"] = itoa(item.Rank)
	return c.settle(verb, i.Ref(), i.Version, said)
}

// interestVerb is the verb of a declaration; a clearance by the deontologist is an opinion.
func (c *change) interestVerb(s InterestStatus) (string, error) {
	switch s {
	case Recused:
		return "interest.recuse", nil
	case Cleared:
		adviser, err := c.r.deontologist(c.tx.Context(), c.tx, c.tx.Today())
		if adviser != "" {
			return "interest.advise", err
		}
		return "interest.clear", err
	}
	return "interest.declare", nil
}
