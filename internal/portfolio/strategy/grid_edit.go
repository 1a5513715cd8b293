package strategy

import (
	"context"
	"slices"
	"strconv"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

// WriteGrid is the form of an edition that is being written. An empty ID begins the next edition, with
// the criteria of the one in force.
type WriteGrid struct {
	ID      id.ID
	Version int64
	Title   Words
	Intro   Words
	Changes Words
}

// WriteGrid begins the next edition or revises its draft. There is one draft at a time.
func (r *Room) WriteGrid(ctx context.Context, by act.Actor, in WriteGrid) (Grid, error) {
	return run(ctx, r, by, func(c *change) (Grid, error) {
		in.Title.trim()
		in.Intro.trim()
		in.Changes.trim()
		f := newForm()
		f.required("title", in.Title.FR, maxTitle)
		f.limited("title_en", in.Title.EN, maxTitle)
		f.required("intro", in.Intro.FR, maxText)
		f.limited("intro_en", in.Intro.EN, maxText)
		f.limited("changes", in.Changes.FR, maxText)
		f.limited("changes_en", in.Changes.EN, maxText)
		if err := f.OrNil(); err != nil {
			return Grid{}, err
		}
		g, err := c.edition(in)
		if err != nil {
			return g, err
		}
		g.Version++
		g.Title, g.Intro, g.Changes = in.Title, in.Intro, in.Changes
		return g, c.recordGrid("grid.write", &g)
	})
}

// edition is the draft that a form is about, or the next edition.
func (c *change) edition(in WriteGrid) (Grid, error) {
	if in.ID != "" {
		g, err := c.openGrid(in.ID)
		if err != nil {
			return g, err
		}
		return g, fresh(in.Version, g.Version, portfolio.Differing{Field: "title", Yours: in.Title.FR, Theirs: g.Title.FR},
			portfolio.Differing{Field: "intro", Yours: in.Intro.FR, Theirs: g.Intro.FR},
			portfolio.Differing{Field: "changes", Yours: in.Changes.FR, Theirs: g.Changes.FR})
	}
	all, err := grids(c.ctx, c.tx)
	if err != nil {
		return Grid{}, err
	}
	g := Grid{ID: c.tx.NewID(), Edition: len(all) + 1, Visibility: act.Internal}
	if len(all) == 0 {
		return g, nil
	}
	last := all[len(all)-1]
	if !last.Frozen() {
		return g, fault.New(fault.Conflict, "strategy.grid.draft_there", "edition", last.Edition)
	}
	return g, c.copyCriteria(last.ID, g.ID)
}

func (c *change) copyCriteria(from, to id.ID) error {
	criteria, err := criteriaOf(c.ctx, c.tx, from)
	if err != nil {
		return err
	}
	for _, k := range criteria {
		k.ID, k.Version, k.Grid = c.tx.NewID(), 1, to
		if err := c.putCriterion(&k); err != nil {
			return err
		}
	}
	return nil
}

// openGrid loads an edition that is still a draft.
func (c *change) openGrid(grid id.ID) (Grid, error) {
	g, err := loadGrid(c.ctx, c.tx, grid)
	if err == nil && g.Frozen() {
		err = fault.New(fault.Conflict, "strategy.grid.frozen", "edition", g.Edition)
	}
	return g, err
}

func (c *change) recordGrid(verb string, g *Grid) error {
	if err := c.putGrid(g); err != nil {
		return err
	}
	_, err := c.record(verb, act.Act{Object: g.Ref(), Version: g.Version, Visibility: g.Visibility, Args: map[string]string{"edition": strconv.Itoa(g.Edition), "digest": g.Digest}})
	return err
}

// SetCriterion is the form of a criterion of a draft edition.
type SetCriterion struct {
	Grid     id.ID
	ID       id.ID
	Version  int64
	Code     string
	Rank     int
	Name     Words
	Question Words
	Dilemma  string
	Levels   []Level
}

func (in *SetCriterion) check() error {
	trim(&in.Code)
	in.Name.trim()
	in.Question.trim()
	f := newForm()
	f.required("code", in.Code, maxCode)
	f.required("name", in.Name.FR, maxTitle)
	f.limited("name_en", in.Name.EN, maxTitle)
	f.required("question", in.Question.FR, maxText)
	f.limited("question_en", in.Question.EN, maxText)
	if len(in.Levels) < 2 || len(in.Levels) > 7 {
		f.At("levels", "strategy.grid.levels")
	}
	seen := map[string]bool{}
	for n := range in.Levels {
		l := &in.Levels[n]
		l.Label.trim()
		if l.Code = strconv.Itoa(n); l.Label.FR == "" || seen[l.Label.FR] || l.Lean < -1 || l.Lean > 1 {
			f.At("levels", "strategy.grid.bad_level", "n", n+1)
		}
		seen[l.Label.FR] = true
	}
	return f.OrNil()
}

// SetCriterion adds a criterion to a draft edition, or changes one.
func (r *Room) SetCriterion(ctx context.Context, by act.Actor, in SetCriterion) (Criterion, error) {
	return run(ctx, r, by, func(c *change) (Criterion, error) {
		if err := in.check(); err != nil {
			return Criterion{}, err
		}
		g, err := c.openGrid(in.Grid)
		if err != nil {
			return Criterion{}, err
		}
		k, err := c.criterion(in)
		if err != nil {
			return k, err
		}
		k.Code, k.Name, k.Question, k.Dilemma, k.Levels = in.Code, in.Name, in.Question, in.Dilemma, in.Levels
		if in.Rank > 0 {
			k.Rank = in.Rank
		}
		return k, c.recordCriterion("grid.criterion.set", g, &k)
	})
}

func (c *change) criterion(in SetCriterion) (Criterion, error) {
	all, err := criteriaOf(c.ctx, c.tx, in.Grid)
	if err != nil {
		return Criterion{}, err
	}
	if slices.ContainsFunc(all, func(k Criterion) bool { return k.Code == in.Code && k.ID != in.ID }) {
		return Criterion{}, fault.New(fault.Invalid, "strategy.form").At("code", "strategy.grid.code_twice")
	}
	if in.ID == "" {
		return Criterion{ID: c.tx.NewID(), Grid: in.Grid, Rank: len(all) + 1}, nil
	}
	at := slices.IndexFunc(all, func(k Criterion) bool { return k.ID == in.ID })
	if at < 0 {
		return Criterion{}, fault.New(fault.NotFound, "strategy.grid.no_criterion")
	}
	return all[at], fresh(in.Version, all[at].Version, portfolio.Differing{Field: "name", Yours: in.Name.FR, Theirs: all[at].Name.FR},
		portfolio.Differing{Field: "question", Yours: in.Question.FR, Theirs: all[at].Question.FR})
}

// RemoveCriterion takes a criterion out of a draft edition.
func (r *Room) RemoveCriterion(ctx context.Context, by act.Actor, criterion id.ID, version int64) error {
	_, err := run(ctx, r, by, func(c *change) (Criterion, error) {
		k, err := loadCriterion(c.ctx, c.tx, criterion)
		if err != nil {
			return k, err
		}
		g, err := c.openGrid(k.Grid)
		if err != nil {
			return k, err
		}
		if err := fresh(version, k.Version); err != nil {
			return k, err
		}
		k.RemovedOn = c.today
		return k, c.recordCriterion("grid.criterion.remove", g, &k)
	})
	return err
}

func (c *change) recordCriterion(verb string, g Grid, k *Criterion) error {
	k.Version++
	if err := c.putCriterion(k); err != nil {
		return err
	}
	_, err := c.record(verb, act.Act{Object: act.Ref{Type: "criterion", ID: k.ID}, Subject: g.Ref(), Version: k.Version, Visibility: g.Visibility,
		Args: map[string]string{"edition": strconv.Itoa(g.Edition), "code": k.Code}})
	return err
}

// PublishGrid freezes an edition and puts it in force. Placements made under the one before keep
// naming it: nothing is placed anew by itself.
func (r *Room) PublishGrid(ctx context.Context, by act.Actor, grid id.ID, version int64) (Grid, error) {
	return run(ctx, r, by, func(c *change) (Grid, error) {
		g, err := c.openGrid(grid)
		if err != nil {
			return g, err
		}
		if err := fresh(version, g.Version); err != nil {
			return g, err
		}
		criteria, err := criteriaOf(c.ctx, c.tx, g.ID)
		if err != nil {
			return g, err
		}
		if len(criteria) == 0 {
			return g, fault.New(fault.Invalid, "strategy.grid.empty")
		}
		g.Version, g.PublishedOn, g.Visibility, g.Digest = g.Version+1, c.today, act.Public, Sum(g, criteria)
		return g, c.recordGrid("grid.publish", &g)
	})
}
