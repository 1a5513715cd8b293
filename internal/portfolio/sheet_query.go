package portfolio

import (
	"context"
	"slices"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// Sheet reads one initiative, by its id or its number, with all that the visitor may read of it.
//
// Faults: NotFound when it does not exist or is not for the visitor, which looks the same; Gone when
// it is a tombstone: everyone is told so of one that was public (I17).
func (r *Room) Sheet(ctx context.Context, v identity.Visitor, key string) (Sheet, error) {
	i, err := r.find(ctx, v, key)
	if err != nil {
		return Sheet{}, err
	}
	s := Sheet{Initiative: i, Inside: v.Inside(), Today: r.Today()}
	for _, read := range []func(context.Context, identity.Visitor, *Sheet) error{
		r.readSpans, r.readPeople, r.readParts, r.readDossier, r.readDecisions} {
		if err := read(ctx, v, &s); err != nil {
			return s, err
		}
	}
	return s, r.name(ctx, &s)
}

// find reads the initiative itself.
func (r *Room) find(ctx context.Context, v identity.Visitor, key string) (Initiative, error) {
	i, err := db.One(ctx, r.reads, scanInitiative, `SELECT `+initiativeColumns.List("i")+` FROM
		(SELECT x.id FROM portfolio_initiative x WHERE x.id = $1 OR x.number = $1) k CROSS JOIN portfolio_initiative i
		WHERE i.id = k.id AND (`+visible(v, "i")+` OR i.withdrawn_on <> '' AND `+visibleThing(v, "i")+`)`, key)
	if err != nil {
		return i, notFound(err, "portfolio.initiative.not_found")
	}
	if i.WithdrawnOn != "" {
		return Initiative{}, fault.New(fault.Gone, "portfolio.initiative.withdrawn", "number", i.Number, "day", string(i.WithdrawnOn))
	}
	return i, nil
}

func (r *Room) readSpans(ctx context.Context, v identity.Visitor, s *Sheet) error {
	spans, err := loadSpans(ctx, r.reads, s.ID)
	s.spans = spans
	for _, sp := range spans {
		switch {
		case sp.Arbitration != "":
		case sp.Kind == SpanStage:
			s.Stages = append(s.Stages, sp)
		case !sp.Open():
			s.Waits = append(s.Waits, sp)
		case sp.Kind == SpanSuspended:
			s.Suspended = &sp
		default:
			s.Maturing = &sp
		}
	}
	return err
}

// readPeople tells the posts in charge from those whose charge has ended, and from those that nobody
// holds today (I27): the directory is read in name, so the sorting happens there.
func (r *Room) readPeople(ctx context.Context, v identity.Visitor, s *Sheet) error {
	holders, err := loadHolders(ctx, r.reads, s.ID)
	for _, h := range holders {
		switch {
		case !h.Contains(s.Today):
			s.Former = append(s.Former, h)
		case h.Role == Sponsor:
			s.Sponsors = append(s.Sponsors, h)
		default:
			s.Owners = append(s.Owners, h)
		}
	}
	return err
}

func (r *Room) readParts(ctx context.Context, v identity.Visitor, s *Sheet) error {
	parts, err := loadParts(ctx, r.reads, s.ID)
	for _, p := range parts {
		if shown, ok := p.seenBy(v); ok {
			s.Parts = append(s.Parts, shown)
		}
	}
	return err
}

// seenBy shows outsiders what was agreed (I4) and what a source states, not the talk before it.
func (p Part) seenBy(v identity.Visitor) (Part, bool) {
	if v.Inside() {
		return p, true
	}
	if !(p.Partner() || p.Status == Reported || p.Status == Ended && p.Consent != NoConsent) {
		return p, false
	}
	p.Counter, p.Reason = "", ""
	return p, true
}

func (r *Room) readDossier(ctx context.Context, v identity.Visitor, s *Sheet) (err error) {
	if s.Milestones, err = loadMilestones(ctx, r.reads, s.ID); err != nil {
		return err
	}
	if s.Budget, err = loadBudget(ctx, r.reads, s.ID); err != nil {
		return err
	}
	questions, err := db.All(ctx, r.reads, scanQuestion, `SELECT `+questionColumns.List("o")+` FROM portfolio_question o
		WHERE o.initiative = $1 AND `+visibleThing(v, "o")+` ORDER BY o.due, o.id`, s.ID)
	if err != nil {
		return err
	}
	for _, o := range questions {
		if o.Kind == Legal {
			s.Questions = append(s.Questions, o)
		} else {
			s.Unknowns = append(s.Unknowns, o)
		}
	}
	if s.Papers, err = r.papersOf(ctx, v, s.ID); err != nil {
		return err
	}
	if s.Objectives, err = r.objectives(ctx, s.Initiative.Objectives); err != nil || !v.Inside() {
		return err
	}
	s.Notes, err = db.All(ctx, r.reads, scanNote, `SELECT `+string(noteColumns)+` FROM portfolio_note
		WHERE initiative = $1 ORDER BY written_at DESC, id`, s.ID)
	return err
}

func (r *Room) objectives(ctx context.Context, ids []id.ID) ([]Objective, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return db.All(ctx, r.reads, scanObjective, `SELECT `+string(objectiveColumns)+` FROM portfolio_objective
		WHERE id IN (`+db.Marks(1, len(ids))+`) ORDER BY code`, db.Args(ids)...)
}

// readDecisions reads the questions, each with its age, and what follows from those decided.
func (r *Room) readDecisions(ctx context.Context, v identity.Visitor, s *Sheet) error {
	lines, err := r.arbitrationLines(ctx, v, s)
	if err != nil {
		return err
	}
	s.Arbitrations = lines
	public := map[id.ID]bool{}
	for _, l := range lines {
		public[l.ID] = l.Visibility == act.Public
	}
	actions, err := db.All(ctx, r.reads, scanAction, `SELECT `+string(actionColumns)+` FROM portfolio_action
		WHERE initiative = $1 ORDER BY due, id`, s.ID)
	if err != nil {
		return err
	}
	s.Actions, err = permitted(ctx, r, v, slices.DeleteFunc(actions, func(a Action) bool { return !v.Inside() && !public[a.Arbitration] }), action)
	return err
}

func (r *Room) arbitrationLines(ctx context.Context, v identity.Visitor, s *Sheet) ([]ArbitrationLine, error) {
	all, err := db.All(ctx, r.reads, scanArbitration, `SELECT `+arbitrationColumns.List("a")+` FROM portfolio_arbitration a
		WHERE a.initiative = $1 AND `+visibleThing(v, "a")+` ORDER BY a.asked_on, a.id`, s.ID)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	if all, err = without(r, ctx, v, all, question); err != nil {
		return nil, err
	}
	if err := withAsked(ctx, r.reads, all); err != nil {
		return nil, err
	}
	acts, err := decisionActs(ctx, r.reads, s.ID)
	lines := make([]ArbitrationLine, len(all))
	for n, a := range all {
		a.DecisionAct, a.Asked = acts[a.ID], remarksFor(v, a.Asked)
		lines[n] = ArbitrationLine{a, AgeOf(a, s.spans, s.Today)}
	}
	return lines, err
}

// withAsked adds to each question the posts to whom it is put: one statement for all.
func withAsked(ctx context.Context, q db.Querier, all []Arbitration) error {
	ids := make([]id.ID, len(all))
	at := map[id.ID]int{}
	for n, a := range all {
		ids[n], at[a.ID] = a.ID, n
	}
	asked, err := loadAsked(ctx, q, ids...)
	for _, p := range asked {
		all[at[p.Arbitration]].Asked = append(all[at[p.Arbitration]].Asked, p)
	}
	return err
}

// decisionActs finds the acts by which the questions of an initiative were decided.
func decisionActs(ctx context.Context, q db.Querier, initiative id.ID) (map[id.ID]id.ID, error) {
	type pair struct{ question, act id.ID }
	found, err := db.All(ctx, q, func(r db.Row) (pair, error) {
		var p pair
		err := r.Scan(&p.question, &p.act)
		return p, err
	}, `SELECT object_id, id FROM act WHERE subject_type = 'initiative' AND subject_id = $1
		AND verb = 'portfolio.arbitration.decide' ORDER BY recorded_at`, initiative)
	out := map[id.ID]id.ID{}
	for _, p := range found {
		out[p.question] = p.act
	}
	return out, err
}
