package passation

import (
	"slices"

	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/powers"
)

// leaves refuses a handover of what nobody holds: who leaves held the post until the eve.
func (c *change) leaves(in OpenForm) error {
	f := fault.New(fault.Invalid, "passation.form")
	holdings, err := powers.HoldingsOf(c.ctx, c.tx, in.Post, powers.Latest("0001-01-01")) // over or not
	if err != nil {
		return err
	}
	switch at := slices.IndexFunc(holdings, func(h powers.Holding) bool { return h.ID == in.Holder }); {
	case at < 0:
		f = f.At("post", "passation.not_theirs")
	case !holdings[at].Contains(in.LeavesOn.AddDays(-1)):
		f = f.At("leaves_on", "passation.not_then")
	}
	if f.OrNil() != nil {
		return f
	}
	return c.keeps(in.Interim, in.LeavesOn)
}

// keeps refuses an interim that is no post when it is to keep what is left; "" is nobody.
func (c *change) keeps(interim id.ID, leaves calendar.Day) error {
	if interim == "" {
		return nil
	}
	posts, err := powers.PostsOn(c.ctx, c.tx, []id.ID{interim}, powers.Latest(max(leaves, c.today)))
	if _, there := posts[interim]; err == nil && !there {
		return fault.New(fault.Invalid, "passation.form").At("interim", "passation.interim_unknown")
	}
	return err
}
