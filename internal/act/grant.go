package act

import (
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/money"
)

// Ask is the question put to the powers: may this actor do this to that, today?
type Ask struct {
	Verb      string
	Object    Ref
	Day       calendar.Day // legal day; "": the day of the transaction
	Amount    money.Amount
	Matter    string             // code of the matter (e.g. "voirie", "numerique")
	Territory string             // code of the place; "": the whole city
	Normative bool               // makes rules for others (a regulation, a tariff)
	Stage     string             // stage of the object, for rules that depend on it
	Roles     map[string][]id.ID // what the object's own roles point to: "sponsor" → posts, "lead" → units, …
}

// Mode is how strictly the city wants its powers enforced.
type Mode string

// Indicative is the default: a city can begin before all its delegations are typed.
const (
	Indicative Mode = "indicatif" // an act without established power is allowed and says so
	Controlled Mode = "controle"  // decisions and publications without established power are refused
	Blocking   Mode = "bloquant"  // every act without established power is refused
)

// Chain is why an actor may do a thing, or what is missing: it is shown to people and kept in the act.
type Chain struct {
	Role    string `json:"role,omitempty"` // decides, opinion, visa, informed, own, bootstrap
	Mode    Mode   `json:"mode,omitempty"`
	Profile string `json:"profile,omitempty"` // id and version of the governance profile in force
	Rule    string `json:"rule,omitempty"`    // name of the rule that answered
	Steps   []Link `json:"steps,omitempty"`
	Missing []Link `json:"missing,omitempty"` // seats that nobody holds, opinions not yet given
	Lacking bool   `json:"lacking,omitempty"` // no power was established: shown as « compétence non établie »
}

// Link is one reason of a chain: a rule, a post held, a delegation, a seat.
type Link struct {
	Kind string `json:"kind"` // rule, post, delegation, unit, seat, late
	ID   id.ID  `json:"id,omitempty"`
	Ref  string `json:"ref,omitempty"` // number of the arrêté, name of the rule
}

// Decider answers an Ask inside the transaction that the answer allows. An error of kind
// fault.Denied refuses. Package powers implements it; app injects it.
type Decider func(tx *db.Tx, by Actor, ask Ask) (Chain, error)

// Grant is leave to record acts on one object, with its chain of reasons. Only Allow makes one.
type Grant struct {
	ask   Ask
	chain Chain
	tx    *Tx
}

// Chain is why the grant was given.
func (g Grant) Chain() Chain { return g.chain }
