package genealogy

import (
	"context"
	"slices"

	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio/passation"
	"parvis/internal/powers"
)

// decisionsShown bounds the decisions of one page.
const decisionsShown = 200

// said chooses the English words when the reader wants them and the city gave some.
func said(lang, french, english string) string {
	if lang == i18n.English && english != "" {
		return english
	}
	return french
}

// gather reads all that is dated about the unit, one kind after the other.
func (p *Pages) gather(ctx context.Context, v *view) error {
	var err error
	if v.line, err = powers.LineageOf(ctx, p.Read, v.Unit, v.now, v.visitor.Inside()); err != nil {
		return err
	}
	v.organisation()
	for _, some := range []func(context.Context, *view) error{p.profiles, p.strategies, p.positions, p.decisions, p.stories} {
		if err := some(ctx, v); err != nil {
			return err
		}
	}
	order(v.all)
	return nil
}

func (v *view) add(e Event) { v.all = append(v.all, e) }

func (v *view) organisation() {
	for _, c := range v.line.Changes {
		v.add(Event{Kind: Change, Period: calendar.Period{From: c.From}, Key: "genealogy.change." + c.Kind, Route: "powers.unit", About: first(c.New, c.Old), LegalAct: c.LegalAct,
			Args: []any{"old", said(v.Lang, c.OldName.Name, c.OldName.NameEN), "new", said(v.Lang, c.NewName.Name, c.NewName.NameEN)}, thing: c.New})
	}
	for _, l := range v.line.Links {
		v.add(Event{Kind: Link, Period: l.Period, Key: "genealogy.link." + l.Nature, Route: "powers.unit", About: l.Parent, LegalAct: l.LegalAct,
			Args: []any{"unit", v.called(l.Child, l.From), "above", said(v.Lang, l.Other.Name, l.Other.NameEN)}, thing: l.ID})
	}
	for _, post := range v.line.Posts {
		v.add(Event{Kind: Post, Period: post.Period, Key: "genealogy.post", Route: "powers.post", About: post.ID,
			Args: []any{"post", said(v.Lang, post.Title, post.TitleEN), "unit", v.called(post.Unit, post.From)}, thing: post.ID})
	}
}

// called is the name of a unit of the lineage on a day.
func (v *view) called(unit id.ID, day calendar.Day) (name string) {
	for _, n := range v.line.Names {
		if n.Unit == unit && (name == "" || n.Contains(day)) {
			name = said(v.Lang, n.Name, n.NameEN)
		}
	}
	return name
}

func (p *Pages) profiles(ctx context.Context, v *view) error {
	all, err := powers.Profiles(ctx, p.Read, v.now)
	for _, in := range all {
		read, err := p.Engine.Profile(ctx, p.Read, in.Digest)
		if err != nil {
			return err
		}
		v.add(Event{Kind: Profile, Period: in.Period, Key: "genealogy.profile", Route: "powers.profile", About: in.Digest, LegalAct: in.LegalAct,
			Args: []any{"name", read.Name.In(v.Lang)}, thing: in.ID})
	}
	return err
}

func (p *Pages) strategies(ctx context.Context, v *view) error {
	all, err := p.Strategy.Strategies(ctx, v.visitor)
	for _, s := range all {
		if s.AdoptedOn != "" {
			v.add(Event{Kind: Strategy, Period: s.Applied(), Key: "genealogy.strategy", Route: "strategy.sheet", About: s.Number, LegalAct: s.Instrument,
				Args: []any{"title", s.Title.In(v.Lang)}, thing: s.ID})
		}
	}
	return err
}

func (p *Pages) positions(ctx context.Context, v *view) error {
	all, err := p.Strategy.Positioning(ctx, v.visitor, v.Today)
	for _, s := range all {
		if s.Now == nil {
			continue
		}
		until := calendar.Forever
		latest := append(s.Before[:0:0], *s.Now)
		for _, taken := range append(latest, s.Before...) {
			pole, key := s.Right, "genealogy.position"
			switch {
			case taken.Lean < 0:
				pole = s.Left
			case taken.Lean == 0:
				key = "genealogy.position.between"
			}
			v.add(Event{Kind: Position, Period: calendar.Period{From: taken.TakenOn, To: until}, Key: key, Route: "strategy.positions", LegalAct: taken.Instrument,
				Args: []any{"dilemma", s.Dilemma.Name.In(v.Lang), "pole", pole.In(v.Lang)}, thing: taken.ID})
			until = taken.TakenOn
		}
	}
	return err
}

func (p *Pages) decisions(ctx context.Context, v *view) error {
	posts := v.posts()
	all, err := p.Portfolio.DecidedFor(ctx, posts, v.Years, decisionsShown)
	told := map[id.ID]bool{}
	for _, d := range all {
		told[d.ID] = true
		v.add(Event{Kind: Decision, Period: calendar.Period{From: d.On}, Key: "genealogy.decision", Route: "portfolio.arbitration", About: d.Number,
			Args: []any{"question", d.Question, "initiative", d.Initiative}, thing: d.ID})
	}
	if err != nil {
		return err
	}
	return p.committees(ctx, v, told)
}

// committees adds what the committees of the lineage decided; a decision by which a question was answered is told once.
func (p *Pages) committees(ctx context.Context, v *view, told map[id.ID]bool) error {
	all, err := p.Council.Chronicle(ctx, v.visitor, council.ChronicleOf{Units: v.units(), Posts: v.posts(), Days: v.Years, Most: decisionsShown})
	for _, d := range all {
		if !told[d.Arbitration] {
			v.add(Event{Kind: Decision, Period: calendar.Period{From: d.DecidedOn}, Key: "genealogy.committee." + string(d.Result), Route: "council.item", About: d.Item,
				Args: []any{"committee", d.CommitteeName(v.Lang), "number", d.Number, "title", d.Title}, thing: d.ID})
		}
	}
	return err
}

// posts are those of the lineage.
func (v *view) posts() (out []id.ID) {
	for _, post := range v.line.Posts {
		out = append(out, post.ID)
	}
	return out
}

// units are the unit and those from which it comes.
func (v *view) units() []id.ID {
	out := []id.ID{v.Unit}
	for _, n := range v.line.Names {
		if !slices.Contains(out, n.Unit) {
			out = append(out, n.Unit)
		}
	}
	return out
}

// stories adds the récits of those who held a post of the lineage, as far as they are published.
func (p *Pages) stories(ctx context.Context, v *view) error {
	all, err := p.Passation.Stories(ctx, identity.Visitor{})
	of := map[id.ID]string{}
	for _, post := range v.line.Posts {
		of[post.ID] = said(v.Lang, post.Title, post.TitleEN)
	}
	for _, s := range all {
		if title, ours := of[s.Post]; ours && s.Status == passation.Published {
			v.add(Event{Kind: Story, Period: calendar.Period{From: s.PublishedOn}, Key: "genealogy.story", Route: "passation.story", About: s.ID,
				Args: []any{"title", s.Title, "post", title}, thing: s.ID})
		}
	}
	return err
}

func first(a, b id.ID) id.ID {
	if a != "" {
		return a
	}
	return b
}
