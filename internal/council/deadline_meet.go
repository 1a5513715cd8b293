package council

import (
	"context"
	"slices"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// MeetDeadline says that a deadline of a meeting is met, or, with done false, that it is not after all. Whoever it is
// for may say so, and the bureau. What the room knows by itself is not said by hand.
// Faults: NotFound council.deadline.not_found; Conflict council.deadline.settles_itself, council.deadline.unchanged.
func (r *Room) MeetDeadline(ctx context.Context, by act.Actor, meeting, thread id.ID, done bool) error {
	return perform(ctx, r, by, func(tx *act.Tx) error {
		c, d, err := r.openMeetingDeadline(tx, meeting, thread)
		if err != nil {
			return err
		}
		return c.meet(d, done)
	})
}

func (r *Room) openMeetingDeadline(tx *act.Tx, meeting, thread id.ID) (*change, MeetingDeadline, error) {
	c, err := r.openMeeting(tx, meeting)
	if err != nil {
		return c, MeetingDeadline{}, err
	}
	all, err := r.deadlinesAt(tx.Context(), tx, c.m, Minutes{})
	if err != nil {
		return c, MeetingDeadline{}, err
	}
	n := slices.IndexFunc(all, func(d MeetingDeadline) bool { return d.Thread == thread })
	switch {
	case n < 0:
		return c, MeetingDeadline{}, fault.New(fault.NotFound, "council.deadline.not_found")
	case all[n].Settled != BySomebody:
		return c, all[n], fault.New(fault.Conflict, "council.deadline.settles_itself")
	case c.m.Status == Cancelled:
		return c, all[n], fault.New(fault.Conflict, "council.agenda.over")
	}
	return c, all[n], nil
}

func (c *change) meet(d MeetingDeadline, done bool) error {
	if done == (d.Done != "") {
		return fault.New(fault.Conflict, "council.deadline.unchanged")
	}
	met, verb := d.Said, "meeting.reopen_deadline"
	if met.ID == "" {
		met = Met{ID: c.tx.NewID(), Meeting: c.m.ID, Deadline: d.Thread}
	}
	met.By, met.On = c.tx.Actor().Post, ""
	if done {
		met.On, verb = c.tx.Today(), "meeting.meet_deadline"
	}
	met.Version++
	if err := c.wrote(met.row(), putMet(c.tx, met)); err != nil {
		return err
	}
	ask := c.ask(verb, d.Ref())
	ask.Roles["owner"] = append(ask.Roles["owner"], d.Post) // for whom it is: they keep it like the bureau
	g, err := c.tx.Allow(ask)
	if err != nil {
		return err
	}
	_, err = c.record(g, verb, act.Act{Object: d.Ref(), Version: met.Version, Args: map[string]string{"days": d.count(), "due": string(d.Due)}})
	return err
}
