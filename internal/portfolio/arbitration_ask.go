package portfolio

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/money"
)

// AskForm is the form of a question put to whoever may answer it.
type AskForm struct {
	Initiative id.ID
	Case
	Answers Answers // those of the six that whoever asks can already give
	Draft   id.ID   // the draft that it comes from, which disappears
}

// maxOptions is how many ways out half a page can weigh.
const maxOptions = 5

// AskArbitration puts a question to posts. It is internal until it is decided (CRPA L311-2).
func (r *Room) AskArbitration(ctx context.Context, by act.Actor, in AskForm) (Arbitration, error) {
	return do(ctx, r, by, func(tx *act.Tx) (Arbitration, error) { return r.AskIn(tx, in) })
}

// AskIn is AskArbitration inside a transaction of a later room.
func (r *Room) AskIn(tx *act.Tx, in AskForm) (Arbitration, error) {
	in.Case, in.Answers = in.Case.clean(), in.Answers.clean()
	if err := in.Case.check(); err != nil {
		return Arbitration{}, err
	}
	if err := in.Answers.check(); err != nil {
		return Arbitration{}, err
	}
	c, err := r.open(tx, in.Initiative)
	if err != nil {
		return Arbitration{}, err
	}
	a := Arbitration{ID: tx.NewID(), Initiative: c.i.ID, Case: in.Case, Answers: in.Answers,
		AskedOn: tx.Today(), Status: Asked, StatusOn: tx.Today(), Visibility: act.Internal, Year: tx.Today().Year()}
	if a.Matter == "" {
		a.Matter = c.i.Matter
	}
	// Nobody is the author yet: to ask is no reason for being allowed to ask.
	g, err := c.allowArbitration("arbitration.ask", a)
	if err != nil {
		return a, err
	}
	a.AskedBy = tx.Actor().Post
	if a.Seq, err = nextSeq(tx, "portfolio_arbitration", a.Year); err != nil {
		return a, err
	}
	a.Number = fmt.Sprintf("A-%d-%d", a.Year, a.Seq)
	if err := c.putToPosts(&a); err != nil {
		return a, err
	}
	if err := dropDraft(tx, in.Draft); err != nil {
		return a, err
	}
	return a, c.asked(g, "arbitration.ask", &a, "")
}

// asked writes a question that waits, tells it, and records the act.
func (c *change) asked(g act.Grant, verb string, a *Arbitration, text string) error {
	posts := make([]id.ID, len(a.Asked))
	for n, p := range a.Asked {
		posts[n] = p.Post
	}
	c.tell(ArbitrationAskedV1{a.ID, c.i.ID, posts, a.Amount})
	_, err := c.settleArbitration(g, verb, a, act.Act{Texts: []act.Text{{Name: "question", Body: a.Question}, {Name: "motive", Body: text}}})
	return err
}

func (k Case) clean() Case {
	for _, s := range []*string{&k.Question, &k.Context, &k.Recommendation, &k.Matter, &k.Place} {
		*s = strings.TrimSpace(*s)
	}
	var options []Option
	for _, o := range k.Options {
		o.Label, o.Consequence = strings.TrimSpace(o.Label), strings.TrimSpace(o.Consequence)
		if o != (Option{}) {
			options = append(options, o)
		}
	}
	k.Options = options
	if k.Amount.Currency == "" {
		k.Amount.Currency = money.EUR
	}
	return k
}

func (k Case) check() error {
	err := fault.New(fault.Invalid, "portfolio.form")
	required(err, "question", k.Question, 500)
	limited(err, "context", k.Context, maxText)
	limited(err, "recommendation", k.Recommendation, maxText)
	if k.Amount.Cents < 0 {
		err.At("amount", "portfolio.negative")
	}
	if len(k.Options) > maxOptions {
		err.At("options", "portfolio.too_many", "max", maxOptions)
	}
	for n, o := range k.Options {
		required(err, fmt.Sprintf("option%d", n+1), o.Label, maxTitle)
	}
	if k.Recommended < 0 || k.Recommended > len(k.Options) {
		err.At("recommended", "portfolio.choose")
	}
	if len(k.Asked) == 0 {
		err.At("asked", "portfolio.arbitration.nobody_asked")
	}
	for _, p := range k.Asked {
		if p.Capacity != Decides && p.Capacity != Opinion && p.Capacity != Visa && p.Capacity != Informed {
			err.At("asked", "portfolio.choose")
		}
	}
	return err.OrNil()
}

// putToPosts writes to whom the question is put.
func (c *change) putToPosts(a *Arbitration) error {
	seen := map[id.ID]bool{}
	kept := a.Asked[:0:0]
	for _, p := range a.Asked {
		if seen[p.Post] {
			continue
		}
		seen[p.Post] = true
		if _, err := c.r.post(c.tx, p.Post, "asked"); err != nil {
			return err
		}
		p = AskedPost{ID: c.tx.NewID(), Version: 1, Arbitration: a.ID, Post: p.Post, Capacity: p.Capacity}
		if err := c.wrote(p.row(), putAsked(c.tx, p)); err != nil {
			return err
		}
		kept = append(kept, p)
	}
	a.Asked = kept
	return nil
}

// putAgain writes to whom the question is put now: those who are asked no more go, those who stay in the
// same capacity keep their line and their stance, the others come.
func (c *change) putAgain(a *Arbitration, before []AskedPost) error {
	same := func(x AskedPost) func(AskedPost) bool {
		return func(y AskedPost) bool { return x.Post == y.Post && x.Capacity == y.Capacity }
	}
	var stay []AskedPost
	for _, p := range before {
		if slices.ContainsFunc(a.Asked, same(p)) {
			stay = append(stay, p)
		} else if err := c.wrote(p.row(), dropAsked(c.tx, p.ID)); err != nil {
			return err
		}
	}
	come := slices.DeleteFunc(slices.Clone(a.Asked), func(p AskedPost) bool { return slices.ContainsFunc(stay, same(p)) })
	a.Asked = come
	if err := c.putToPosts(a); err != nil {
		return err
	}
	a.Asked = append(stay, a.Asked...)
	return nil
}

// allowArbitration asks the powers with everything that a rule may look at.
func (c *change) allowArbitration(verb string, a Arbitration) (act.Grant, error) {
	if err := c.barred(a.Ref()); err != nil {
		return act.Grant{}, err
	}
	ask, err := c.ask(verb, a.Ref())
	if err != nil {
		return act.Grant{}, err
	}
	a.into(&ask)
	return c.tx.Allow(ask)
}

// into adds what the question itself says: amount, matter, place, who is asked, what was already said.
func (a Arbitration) into(ask *act.Ask) {
	ask.Amount, ask.Matter, ask.Territory, ask.Normative = a.Amount, a.Matter, a.Place, a.Normative
	if a.AskedBy != "" {
		ask.Roles["author"] = []id.ID{a.AskedBy}
	}
	for _, p := range a.Asked {
		switch {
		case p.Capacity == Decides:
			ask.Roles["asked"] = append(ask.Roles["asked"], p.Post)
			if p.Stance == InFavour {
				ask.Roles["agreed"] = append(ask.Roles["agreed"], p.Post)
			}
		case p.Capacity == Opinion && p.Stance != "":
			ask.Roles["opined"] = append(ask.Roles["opined"], p.Post)
		case p.Capacity == Visa && p.Stance == InFavour:
			ask.Roles["visaed"] = append(ask.Roles["visaed"], p.Post)
		}
	}
}

// DecisionAsk is what « Qui décide ? » must be asked about a question on an initiative, before it is put to
// anybody or since.
func (r *Room) DecisionAsk(ctx context.Context, v identity.Visitor, a Arbitration) (act.Ask, error) {
	i, err := r.find(ctx, v, string(a.Initiative))
	if err != nil {
		return act.Ask{}, err
	}
	holders, err := loadHolders(ctx, r.reads, i.ID)
	if err != nil {
		return act.Ask{}, err
	}
	parts, err := loadParts(ctx, r.reads, i.ID)
	ask := askAbout(i, holders, parts, r.Today(), "arbitration.decide", a.Ref())
	if a.Matter == "" {
		a.Matter = i.Matter
	}
	a.into(&ask)
	ask.Day = r.Today()
	return ask, err
}

// settleArbitration writes a question and records its act.
func (c *change) settleArbitration(g act.Grant, verb string, a *Arbitration, out act.Act) (id.ID, error) {
	a.Version++
	if err := c.wrote(a.row(), putArbitration(c.tx, *a)); err != nil {
		return "", err
	}
	out.Object, out.Version = a.Ref(), a.Version
	if out.Args == nil {
		out.Args = map[string]string{}
	}
	out.Args["initiative"], out.Args["arbitration"] = c.i.Number, a.Number
	return c.record(g, verb, out)
}
