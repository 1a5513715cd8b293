package council

import (
	"cmp"
	"context"
	"slices"

	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
)

// gather reads what the room itself keeps of a meeting.
func (r *Room) gather(ctx context.Context, q db.Querier, m Meeting) (File, error) {
	f := File{Meeting: m, Now: r.clock.Now()}
	var err error
	if f.Committee, err = loadCommittee(ctx, q, m.Committee); err != nil {
		return f, err
	}
	f.Committee = f.Committee.at(m)
	members, err := loadMembers(ctx, q, m.Committee)
	if err != nil {
		return f, err
	}
	f.Assembly.Kind, f.Assembly.Rules = f.Committee.Kind, f.Committee.Rules
	if f.Assembly.Seats, err = r.inExercise(ctx, q, members, m.Day); err != nil {
		return f, err
	}
	if f.Assembly.Said, err = loadAttendance(ctx, q, m.ID); err != nil {
		return f, err
	}
	if f.Assembly.Stays, err = loadPresences(ctx, q, m.ID); err != nil {
		return f, err
	}
	if m.ConvenedOn != "" {
		if f.Told, err = toldOf(ctx, q, m, f.Assembly.Seats); err != nil {
			return f, err
		}
	}
	if f.HasList() {
		_, err := loadList(ctx, q, m.ID)
		if f.Listed = err == nil; err != nil && fault.KindOf(err) != fault.NotFound {
			return f, err
		}
	}
	if m.Again != "" || m.Held() {
		if f.Calls, err = otherCalls(ctx, q, m); err != nil {
			return f, err
		}
	}
	f.Base = f.Assembly.Base(f.Now, nil)
	return f, r.gatherItems(ctx, q, &f)
}

func (r *Room) gatherItems(ctx context.Context, q db.Querier, f *File) error {
	items, err := loadItems(ctx, q, f.Meeting.ID)
	if err != nil {
		return err
	}
	papers, err := loadPapers(ctx, q, f.Meeting.ID)
	if err != nil {
		return err
	}
	interests, err := interestsAt(ctx, q, f.Meeting.ID)
	if err == nil && !f.Meeting.Held() {
		interests, err = r.standing(ctx, q, interests, r.Today())
	}
	if err != nil {
		return err
	}
	decisions, err := loadDecisions(ctx, q, f.Meeting.ID)
	if err != nil {
		return err
	}
	moved, err := movedFrom(ctx, q, f.Meeting.ID)
	if err != nil {
		return err
	}
	roots := map[id.ID]id.ID{} // of items of earlier meetings whose papers are on the table
	for _, i := range moved {
		roots[i.item] = i.root
	}
	for _, i := range items {
		roots[i.ID] = i.Root
		f.Items = append(f.Items, ItemFile{Item: i})
	}
	for n := range f.Items {
		f.Items[n].fill(papers, roots, interests, decisions, moved)
	}
	f.Papers = slices.DeleteFunc(papers, func(p Paper) bool { return p.Item != "" || p.Meeting != f.Meeting.ID })
	if err := gatherActs(ctx, q, f); err != nil {
		return err
	}
	return r.gatherVotes(ctx, q, f)
}

// fill hands an item what was read for the whole meeting.
func (i *ItemFile) fill(papers []Paper, roots map[id.ID]id.ID, interests []Interest, decisions []Decision, moved []movedItem) {
	for _, p := range papers {
		if p.Item != "" && roots[p.Item] == i.Root {
			i.Papers = append(i.Papers, p)
		}
	}
	for _, x := range interests {
		if x.about(i.Item) {
			i.Interests = append(i.Interests, x)
		}
	}
	for n, d := range decisions {
		if d.Item == i.ID {
			i.Decision = &decisions[n]
		}
	}
	for _, m := range moved {
		if m.item == i.MovedFrom {
			i.From = &m.MovedFrom
		}
	}
}

func (r *Room) gatherVotes(ctx context.Context, q db.Querier, f *File) error {
	ballots, err := loadBallots(ctx, q, f.Meeting.ID)
	if err != nil || len(ballots) == 0 {
		return err
	}
	voices, err := loadVoices(ctx, q, f.Meeting.ID)
	for n := range f.Items {
		i := &f.Items[n]
		for _, b := range ballots {
			if b.Item != i.ID {
				continue
			}
			file := BallotFile{Ballot: b}
			for _, v := range voices {
				if v.Ballot == b.ID && b.Status != BallotCancelled {
					file.Voices = append(file.Voices, v)
				}
			}
			if b.Status == BallotOpen {
				away, err := r.away(ctx, q, i.Interests, r.Today())
				if err != nil {
					return err
				}
				file.Seats = f.Assembly.Voices(b.OpenedAt, away)
			}
			i.Ballots = append(i.Ballots, file)
		}
	}
	return err
}

// fillOthers reads what other rooms know of the things on the agenda.
func (r *Room) fillOthers(ctx context.Context, v identity.Visitor, f *File, withheld Withheld) error {
	var questions, projects []id.ID
	for _, i := range f.Items {
		questions, projects = append(questions, i.Arbitration), append(projects, i.Initiative)
	}
	var err error
	if f.Questions, err = r.portfolio.QuestionsOf(ctx, v, questions); err != nil {
		return err
	}
	if f.Projects, err = r.portfolio.BriefsOf(ctx, v, projects); err != nil {
		return err
	}
	for n := range f.Items {
		i := &f.Items[n]
		if q, ok := f.Questions[i.Arbitration]; ok {
			i.Question = &q
		}
		if p, ok := f.Projects[i.Initiative]; ok {
			i.Project = &p
		}
	}
	if f.Minutes, err = loadMinutes(ctx, r.reads, f.Meeting.ID); err != nil && fault.KindOf(err) != fault.NotFound {
		return err
	}
	if !v.Inside() {
		return nil
	}
	f.Actions, err = r.following(ctx, v, f.Committee.ID, withheld)
	return err
}

// following are the action items that a committee ordered, and those of its decisions: they are followed from one meeting
// to the next. Those of a matter that is kept from the visitor are left out.
func (r *Room) following(ctx context.Context, v identity.Visitor, committee id.ID, withheld Withheld) ([]portfolio.Action, error) {
	decisions, err := rootedDecisions(ctx, r.reads, committee)
	if err != nil {
		return nil, err
	}
	keys := []id.ID{committee}
	for _, d := range decisions {
		if !withheld.Item(Item{Root: d.root, Arbitration: d.Arbitration}) {
			keys = append(append(keys, d.Arbitration), d.Actions...)
		}
	}
	return r.portfolio.ActionsOf(ctx, v, keys...)
}

func (r *Room) nameFile(ctx context.Context, f *File) error {
	posts, units := []id.ID{f.Meeting.President, f.Meeting.Secretary, f.Minutes.ApprovedBy, f.Minutes.PublishedBy}, []id.ID{f.Committee.Unit}
	for _, m := range f.Assembly.Seats {
		posts = append(posts, m.Post)
	}
	for _, i := range f.Items {
		posts = append(posts, i.Rapporteur, i.President)
		for _, x := range slices.Concat(i.Interests, i.Declared) {
			posts = append(posts, x.Post)
		}
		for _, b := range i.Ballots {
			for _, v := range b.Voices {
				posts = append(posts, v.Post, v.CastBy)
			}
		}
		if i.Decision != nil {
			posts, units = append(posts, i.Decision.DecidedBy), append(units, i.Decision.Answers.Units...)
		}
		if i.Question != nil {
			for _, a := range i.Question.Asked {
				posts = append(posts, a.Post)
			}
		}
	}
	for _, d := range f.Deadlines {
		posts = append(posts, d.Post)
	}
	for _, a := range f.Actions {
		posts, units = append(posts, a.Post), append(units, a.Unit)
	}
	var err error
	if f.Posts, err = r.dir.Posts(ctx, r.reads, distinct(posts), f.Meeting.Day); err != nil {
		return err
	}
	f.Units, err = r.dir.Units(ctx, r.reads, distinct(units), r.Today())
	return err
}

// distinct sorts ids and drops the empty ones and those that come twice.
func distinct(list []id.ID) []id.ID {
	list = slices.DeleteFunc(slices.Clone(list), func(i id.ID) bool { return i == "" })
	slices.SortFunc(list, func(a, b id.ID) int { return cmp.Compare(a, b) })
	return slices.Compact(list)
}
