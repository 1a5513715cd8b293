package portfolio

import (
	"parvis/internal/act"
	"parvis/internal/identity"
)

// visible is the one condition, in SQL, of what a visitor may read of the initiatives under an alias
// of portfolio_initiative: what is public for everyone, what is internal for those who work for the
// city; never a tombstone. Drafts are not initiatives: only their author reads them, see Drafts.
func visible(v identity.Visitor, alias string) string {
	return "(" + alias + ".withdrawn_on = '' AND " + visibleThing(v, alias) + ")"
}

// visibleThing is the same condition on what belongs to an initiative and has a visibility of its own
// (a paper, a legal question, an arbitration). It is used beside visible, never instead of it.
func visibleThing(v identity.Visitor, alias string) string {
	return alias + "." + act.VisibleTo(reader(v))
}

// reader is the kind of reader that a visitor is for act.VisibleTo.
func reader(v identity.Visitor) act.ActorKind {
	if v.Inside() {
		return act.Agent
	}
	return act.Resident
}

// mayRead is the same rule on a thing that is already read (a card of the wall).
func mayRead(v identity.Visitor, visibility act.Visibility) bool {
	return visibility == act.Public || v.Inside() && visibility == act.Internal
}
