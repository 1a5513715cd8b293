package council

import (
	"context"
	"slices"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// ChronicleOf is whose committees a chronicle tells of: those that are one of some units, or that one of some posts
// presides or keeps the minutes of, now or before; and between which days.
type ChronicleOf struct {
	Units, Posts []id.ID
	Days         calendar.Period
	Most         int // the latest ones
}

// Chronicle lists what committees decided, opinions left out, as far as a visitor may read it: what is public, and for
// those inside the rest too, without what they withdrew from.
func (r *Room) Chronicle(ctx context.Context, v identity.Visitor, of ChronicleOf) ([]DecisionLine, error) {
	if len(of.Posts) == 0 || len(of.Units) == 0 {
		return nil, nil
	}
	posts, units := db.Marks(4, len(of.Posts)), db.Marks(4+len(of.Posts), len(of.Units))
	args := append([]any{string(of.Days.From), string(of.Days.To), of.Most}, append(db.Args(of.Posts), db.Args(of.Units)...)...)
	kept := Withheld{}
	reach := act.Resident
	if v.Inside() {
		reach = act.Agent
		var err error
		if kept, err = r.Withheld(ctx, v); err != nil {
			return nil, err
		}
	}
	all, err := db.All(ctx, r.reads, scanDecisionLine, decisionLines+decisionColumns.List("d")+fromDecisions+`WHERE i.nature <> 'opinion' AND d.`+act.VisibleTo(reach)+`
		AND d.decided_on >= $1 AND d.decided_on < $2 AND (c.unit IN (`+units+`) OR EXISTS (SELECT 1 FROM council_member s WHERE s.committee = c.id
			AND s.role IN ('president', 'secretary') AND s.post IN (`+posts+`))) ORDER BY d.decided_on DESC, d.id DESC LIMIT $3`, args...)
	return slices.DeleteFunc(all, func(d DecisionLine) bool { return d.Visibility != act.Public && kept.decision(d) }), err
}
