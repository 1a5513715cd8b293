package portfolio

import (
	"context"
	"fmt"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/id"
)

// Signal is the form of a new initiative.
type Signal struct {
	Brief
	Sponsors     []id.ID // elected posts
	Owners       []id.ID // posts; none: the author's own
	Draft        id.ID   // the draft that it comes from, which disappears
	Solicitation *act.Ref
}

// SignalInitiative makes an initiative, internal to the city, in its first stage.
func (r *Room) SignalInitiative(ctx context.Context, by act.Actor, in Signal) (Initiative, error) {
	return do(ctx, r, by, func(tx *act.Tx) (Initiative, error) { return r.SignalIn(tx, in) })
}

// SignalIn is SignalInitiative inside a transaction of a later room.
func (r *Room) SignalIn(tx *act.Tx, in Signal) (Initiative, error) {
	in.Brief = in.Brief.clean()
	if err := in.Brief.check(); err != nil {
		return Initiative{}, err
	}
	c := &change{r: r, tx: tx, i: Initiative{ID: tx.NewID(), Brief: in.Brief, Stage: Signalled, StageSince: tx.Today(),
		Visibility: act.Internal, Author: tx.Actor().Post, SignalledOn: tx.Today()}}
	ask := act.Ask{Verb: "portfolio.initiative.signal", Object: c.i.Ref(), Matter: in.Matter,
		Roles: map[string][]id.ID{"author": {c.i.Author}, "sponsor": in.Sponsors}}
	g, err := tx.Allow(ask)
	if err != nil {
		return Initiative{}, err
	}
	if err := c.begin(in); err != nil {
		return Initiative{}, err
	}
	a := act.Act{Args: map[string]string{"initiative": c.i.Number, "origin": string(in.Origin)}, Texts: c.i.Brief.words(Brief{}, false)}
	a.For.Territory, a.Why.Objectives, a.Why.Solicitation = in.Places, in.Objectives, in.Solicitation
	_, err = c.record(g, "initiative.signal", a)
	return c.i, err
}

// words are what somebody typed in a brief and did not in the one before, each a text of its own, that can be effaced.
// Initials stand on the city's own walls: no public act says them.
func (b Brief) words(before Brief, public bool) (texts []act.Text) {
	for _, w := range []struct{ name, now, before string }{{"title", b.Title, before.Title}, {"problem", b.Problem, before.Problem},
		{"sufferer", b.Sufferer, before.Sufferer}, {"origin_note", b.OriginNote, before.OriginNote}, {"address", b.Address, before.Address},
		{"initials", b.Initials, before.Initials}} {
		if w.now != "" && w.now != w.before && !(public && w.name == "initials") {
			texts = append(texts, act.Text{Name: w.name, Lang: b.Lang, Body: w.now})
		}
	}
	return texts
}

// begin numbers and writes the initiative, its first stage and its first posts.
func (c *change) begin(in Signal) error {
	if err := c.number(); err != nil {
		return err
	}
	if err := c.save(); err != nil {
		return err
	}
	if err := index(c.tx, c.i); err != nil {
		return err
	}
	if err := c.enter(c.i.Stage, "", ""); err != nil {
		return err
	}
	if len(in.Owners) == 0 && c.tx.Actor().Post != "" {
		in.Owners = []id.ID{c.tx.Actor().Post}
	}
	for _, s := range distinct(in.Sponsors) {
		if err := c.hold(Sponsor, s); err != nil {
			return err
		}
	}
	for _, o := range distinct(in.Owners) {
		if err := c.hold(Owner, o); err != nil {
			return err
		}
	}
	return dropDraft(c.tx, in.Draft)
}

func (c *change) number() (err error) {
	c.i.Year = c.tx.Today().Year()
	if c.i.Seq, err = nextSeq(c.tx, "portfolio_initiative", c.i.Year); err != nil {
		return err
	}
	c.i.Number = fmt.Sprintf("P-%d-%d", c.i.Year, c.i.Seq)
	return nil
}

// enter begins the span of a stage.
func (c *change) enter(stage Stage, note string, until calendar.Day) error {
	s := Span{ID: c.tx.NewID(), Version: 1, Initiative: c.i.ID, Kind: SpanStage, Stage: stage, Note: note, Until: until,
		Period: calendar.Since(c.tx.Today())}
	return c.wrote(s.row(), putSpan(c.tx, s))
}
