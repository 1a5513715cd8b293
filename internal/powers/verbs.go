package powers

import "parvis/internal/act"

// The verbs of this package.
const (
	verbFound     = "powers.body.found"
	verbAssign    = "powers.competence.assign"
	verbUnit      = "powers.unit.create"
	verbLink      = "powers.unit.link"
	verbChange    = "powers.unit.change"
	verbPost      = "powers.post.create"
	verbClosePost = "powers.post.close"
	verbPerson    = "powers.person.add"
	verbName      = "powers.person.name"
	verbErase     = "powers.person.erase"
	verbAppoint   = "powers.holder.appoint"
	verbEnd       = "powers.holder.end"
	verbDelegate  = "powers.delegation.give"
	verbRevoke    = "powers.delegation.revoke"
	verbVerify    = "powers.delegation.verify"
	verbReferent  = "powers.referent.set"
	verbProfile   = "powers.profile.install"
)

// publication is the article on which publishing the organisation and its delegations rests.
const publication = "CRPA L312-1-1, L322-6"

// Verbs lists the acts of the organisation. The acts themselves are signed elsewhere (arrêtés,
// délibérations): recording them is done, not decided. Choosing the profile is a decision.
func Verbs() []act.Verb {
	did := func(name string) act.Verb {
		return act.Verb{Name: name, Force: act.Did, Default: act.Public, Basis: publication}
	}
	kept := func(name string) act.Verb {
		return act.Verb{Name: name, Force: act.Did, Default: act.Internal, Basis: "CRPA L311-6; RGPD art. 5"}
	}
	return []act.Verb{
		did(verbFound), did(verbAssign), did(verbUnit), did(verbLink), did(verbChange),
		did(verbPost), did(verbClosePost), did(verbAppoint), did(verbEnd), did(verbDelegate), did(verbRevoke), did(verbVerify), did(verbReferent),
		kept(verbPerson), kept(verbName), kept(verbErase),
		{Name: verbProfile, Force: act.Decided, Default: act.Public, Basis: publication},
	}
}
