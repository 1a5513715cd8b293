// Package powers knows who may do what, for whom and since when: bodies, units, posts, holders,
// delegations and the governance profile in force. It answers « Qui décide ? ».
//
// # Changing it
//
// Every change is a function of an *act.Tx, called inside act.Do, so that an import can make many
// changes in one transaction:
//
//	FoundBody, AssignCompetence             legal persons and what they are competent for
//	CreateUnit, LinkUnit, EndLink           units and how they depend on each other
//	Change                                  merge, split, rename, move, dissolve, with the legal act
//	CreatePost, ClosePost                   posts
//	AddPerson, SetName, EraseName           persons; names are apart and erasable
//	Appoint, EndHolding                     holders: affectation or mandat, interim
//	Delegate, Revoke                        delegations of fonction, signature or attribution
//	SetReferent                             « la bonne porte »
//	InstallProfile                          a governance profile (TOML), from a day on
//
// # Asking it
//
//	engine, founder := powers.NewEngine(verbs)   // app alone: founder may act before any profile exists
//	log := act.NewLog(writer, verbs, engine.Decide)
//	engine.Decide(tx, by, ask)                   // may this actor do this, here and now?
//	engine.DecideAt(ctx, q, by, ask, known)      // might they, on ask.Day, as the record stood at known?
//	engine.Who(ctx, q, ask, known)               // who may?
//
// Decide and Who read the same act.Ask and run the same evaluation (judge): a property test holds
// them together. A rule of the profile gives a power to a role; a post has it by bearing the role, or
// by a chain of unrevoked delegations that starts at a post which bears it.
//
// Roles of rules, and the key of act.Ask.Roles each reads:
//
//	post:CODE                the post of that code
//	head:W, member:W         who leads, or any post of, a unit; W is lead, part or unit (units of
//	                         Ask.Roles) or a kind of unit (mission, secretariat_general, operator, …)
//	sg, mission              short for head:secretariat_general and member:mission
//	sponsor owner asked author  the posts of Ask.Roles
//	committee:CODE           the head of that committee, in its name; members:CODE its other posts
//	layer:L                  posts of a layer: elu, cabinet, haut_fonctionnaire, service, terrain, externe
//	agent, resident, anyone  whoever holds a post; residents; both and the machine's visitors
//	all:R,R,…                jointly: every seat named, nobody alone; "sponsor:part" is one elected seat
//	                         for each unit of "lead" and "part": its referent for the topic "elu"
//
// Other keys of Ask.Roles: "agreed", posts that already agreed to a joint decision; "opined" and
// "visaed", posts whose opinion or visa was given.
//
// # Invariants, each a property test on both engines
//
//   - I1: at every instant a unit has at most one hierarchical parent, and the hierarchy has no cycle.
//   - I2: a post is held only inside the life of the post and of its unit.
//   - I5: a decision whose power is not established says so (Chain.Lacking), or is refused.
//   - I6: a delegation is never wider than the delegator's own; no cycle; revoking is not retroactive.
//   - I20: merging units keeps every act and re-routes only what comes after.
//   - I27: a holder whose term has ended is never shown as current.
//   - What was known then never changes: rows are statements with legal days (Europe/Paris, half-open)
//     and instants of record; nothing recorded later alters the answer for a day as known at an instant.
package powers
