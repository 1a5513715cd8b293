package council

import (
	"context"
	"slices"

	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
)

// Concern is a question as whoever may have an interest in it must see it: what it is called and who asks, nothing of
// its file (governance.md §6: one declares before seeing it).
type Concern struct {
	portfolio.Titled
	Mine     []Interest // declared by the visitor
	Declared []Interest // by others, in full: to whoever may end their recusals
	Away     []Interest // who withdrew, and nothing of why
	Speaker  id.ID      // post of the visitor that the question is put to, "" for none
	Adviser  id.ID      // post of the deontologist, "" while nobody holds it
	Ender    id.ID      // post of the visitor that may end a recusal, "" for none
	On       Item       // by which it stands on an agenda, zero while it is alone
	Sitting  Meeting    // of that agenda
	Stranded bool       // everybody who was asked to decide withdrew: the question waits to be put to somebody else
	Posts    map[id.ID]portfolio.Post
}

// Withdrawn tells whether the visitor withdrew.
func (c Concern) Withdrawn() bool {
	return slices.ContainsFunc(c.Mine, func(i Interest) bool { return i.Status == Recused })
}

// Concern reads a question by its number for a declaration, also for those who withdrew from it. Faults: NotFound,
// Denied outside.
func (r *Room) Concern(ctx context.Context, v identity.Visitor, number string) (Concern, error) {
	if !v.Inside() {
		return Concern{}, fault.New(fault.Denied, "council.agents_only")
	}
	a, err := r.portfolio.Titled(ctx, v, number)
	if err != nil {
		return Concern{}, err
	}
	c := Concern{Titled: a}
	for _, p := range a.Asked {
		if _, holds := v.Post(p.Post); holds && c.Speaker == "" {
			c.Speaker = p.Post
		}
	}
	if c.On, err = openItemAsking(ctx, r.reads, a.ID); err != nil {
		return c, err
	}
	if c.On.ID != "" {
		if c.Sitting, err = loadMeeting(ctx, r.reads, c.On.Meeting); err != nil {
			return c, err
		}
	}
	if err := r.fillInterests(ctx, v, &c); err != nil {
		return c, err
	}
	return c, r.nameConcern(ctx, &c)
}

func (r *Room) fillInterests(ctx context.Context, v identity.Visitor, c *Concern) error {
	all, err := r.declaredAbout(ctx, c.ID)
	if err != nil {
		return err
	}
	away, err := r.away(ctx, r.reads, all, r.Today())
	if err != nil {
		return err
	}
	c.Stranded = c.strands(away)
	if c.Adviser, err = r.deontologist(ctx, r.reads, r.Today()); err != nil {
		return err
	}
	for _, i := range all {
		if i.Status == Recused {
			c.Away = append(c.Away, i.bare())
		}
		if i.of(v) {
			c.Mine = append(c.Mine, i)
			continue
		}
		ender, err := r.enderOf(ctx, *c, i)
		if err != nil {
			return err
		}
		if _, holds := v.Post(ender); ender != "" && holds {
			c.Ender, c.Declared = ender, append(c.Declared, i)
		}
	}
	return nil
}

// strands tells whether a question that waits has nobody left to decide it: neither a post that was asked nor a committee.
func (c Concern) strands(away map[id.ID]bool) bool {
	free := func(p portfolio.AskedPost) bool { return p.Capacity == portfolio.Decides && !away[p.Post] }
	return len(away) > 0 && c.Waiting() && c.On.Nature != ForDecision && !slices.ContainsFunc(c.Asked, free)
}

// enderOf is who may end a recusal from a question that is alone, "" for nobody; of one on an agenda the page of the item says it.
func (r *Room) enderOf(ctx context.Context, c Concern, i Interest) (id.ID, error) {
	if c.Adviser != "" || c.On.ID != "" {
		return c.Adviser, nil
	}
	return r.above(ctx, r.reads, i.Post, Item{Root: i.Root, Arbitration: i.Arbitration}, r.Today())
}

// declaredAbout lists what stands declared about a question, under the posts of today.
func (r *Room) declaredAbout(ctx context.Context, question id.ID) ([]Interest, error) {
	root, err := rootOf(ctx, r.reads, question)
	if err != nil {
		return nil, err
	}
	all, err := interestsOf(ctx, r.reads, Item{Root: root, Arbitration: question})
	if err != nil {
		return nil, err
	}
	return r.standing(ctx, r.reads, all, r.Today())
}

// bare is an interest without what only those who examine it may read.
func (i Interest) bare() Interest {
	i.Note, i.Nature = "", ""
	return i
}

func (r *Room) nameConcern(ctx context.Context, c *Concern) (err error) {
	posts := []id.ID{c.AskedBy, c.Adviser}
	for _, i := range slices.Concat(c.Mine, c.Declared, c.Away) {
		posts = append(posts, i.Post)
	}
	c.Posts, err = r.dir.Posts(ctx, r.reads, distinct(posts), r.Today())
	return err
}

// WithdrawnFrom lists the questions that wait and from which the visitor withdrew, by what they are about.
func (r *Room) WithdrawnFrom(ctx context.Context, v identity.Visitor) ([]Concern, error) {
	if !v.Inside() || len(v.Posts) == 0 {
		return nil, nil
	}
	mine, err := recusalsOf(ctx, r.reads, v)
	var out []Concern
	for _, i := range mine {
		if i.Arbitration == "" || slices.ContainsFunc(out, func(c Concern) bool { return c.ID == i.Arbitration }) {
			continue
		}
		a, err := r.portfolio.Titled(ctx, v, string(i.Arbitration))
		if err != nil {
			return nil, err
		}
		if a.Waiting() || a.Status == portfolio.Returned {
			out = append(out, Concern{Titled: a, Mine: []Interest{i}})
		}
	}
	return out, err
}

// strandedOf lists the questions that posts asked and that nobody who was asked may decide any more.
func (r *Room) strandedOf(ctx context.Context, v identity.Visitor, posts []id.ID) ([]Concern, error) {
	left, err := questionsLeft(ctx, r.reads)
	if err != nil {
		return nil, err
	}
	known, err := r.portfolio.QuestionsOf(ctx, v, left)
	var out []Concern
	for _, q := range left {
		a, ok := known[q]
		if !ok || !slices.Contains(posts, a.AskedBy) || !a.Waiting() {
			continue
		}
		c, err := r.Concern(ctx, v, a.Number)
		if err != nil {
			return nil, err
		}
		if c.Stranded && !c.Withdrawn() {
			out = append(out, c)
		}
	}
	return out, err
}

// questionsLeft lists the questions from which somebody withdrew.
func questionsLeft(ctx context.Context, q db.Querier) ([]id.ID, error) {
	return db.All(ctx, q, db.Scalar[id.ID], `SELECT DISTINCT arbitration FROM council_interest WHERE status = 'recused' AND arbitration <> '' ORDER BY arbitration`)
}
