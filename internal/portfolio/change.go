package portfolio

import (
	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fact"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// change is one use case at work on one initiative: it asks for the grant, gathers the rows that it
// writes, and records the act that explains them.
type change struct {
	r     *Room
	tx    *act.Tx
	i     Initiative // zero for an action item that a committee ordered about none
	from  Sitting    // of an action item: what ordered it
	parts []Part     // read when the roles are needed
	rows  []act.Row
	facts []any // told with the act that is recorded next
}

// open loads the initiative that is to be changed.
func (r *Room) open(tx *act.Tx, initiative id.ID) (*change, error) {
	i, err := loadInitiative(tx.Context(), tx, initiative)
	if err != nil {
		return nil, err
	}
	parts, err := loadParts(tx.Context(), tx, initiative)
	return &change{r: r, tx: tx, i: i, parts: parts}, err
}

// ask is the question put to the powers about the initiative, with the roles it gives to posts and units.
func (c *change) ask(verb string, object act.Ref) (act.Ask, error) {
	holders, err := loadHolders(c.tx.Context(), c.tx, c.i.ID)
	return askAbout(c.i, holders, c.parts, c.tx.Today(), verb, object), err
}

func askAbout(i Initiative, holders []Holder, parts []Part, today calendar.Day, verb string, object act.Ref) act.Ask {
	roles := map[string][]id.ID{}
	if i.Author != "" {
		roles["author"] = []id.ID{i.Author}
	}
	for _, h := range holders {
		if h.Contains(today) {
			roles[string(h.Role)] = append(roles[string(h.Role)], h.Post)
		}
	}
	for _, p := range parts {
		switch {
		case p.Unit == "" || !p.Open():
		case p.Role == Lead && (p.Status == Accepted || p.Status == Reported):
			roles["lead"] = append(roles["lead"], p.Unit)
		default:
			roles["part"] = append(roles["part"], p.Unit)
		}
	}
	ask := act.Ask{Verb: "portfolio." + verb, Object: object, Matter: i.Matter, Stage: string(i.Stage), Roles: roles}
	if len(i.Places) == 1 {
		ask.Territory = i.Places[0]
	}
	return ask
}

// allow asks for the grant of an ordinary verb.
func (c *change) allow(verb string, object act.Ref) (act.Grant, error) {
	ask, err := c.ask(verb, object)
	if err != nil {
		return act.Grant{}, err
	}
	return c.tx.Allow(ask)
}

// wrote notes a row that the act must explain.
func (c *change) wrote(row act.Row, err error) error {
	c.rows = append(c.rows, row)
	return err
}

// save writes the initiative itself.
func (c *change) save() error {
	c.i.Version++
	return c.wrote(c.i.row(), putInitiative(c.tx, c.i))
}

// record explains the change and tells the wall and the search. The rows noted so far belong to this
// act; a second act in the same change explains only what is written after it.
func (c *change) record(g act.Grant, verb string, a act.Act) (id.ID, error) {
	a.Verb = "portfolio." + verb
	a.Subject = c.i.Ref()
	if c.i.ID == "" {
		a.Subject = act.Ref{Type: "meeting", ID: c.from.Meeting}
	}
	a.Rows, c.rows = append(a.Rows, c.rows...), nil
	if a.Object.Zero() {
		a.Object, a.Version = c.i.Ref(), c.i.Version
	}
	recorded := c.tx.Record(g, a)
	if c.i.ID != "" {
		if err := touch(c.tx, c.i); err != nil {
			return "", err
		}
	}
	return recorded, c.tellAll()
}

// tell queues a fact: its cause is the act that is recorded next.
func (c *change) tell(f any) { c.facts = append(c.facts, f) }

func (c *change) tellAll() error {
	facts := c.facts
	c.facts = nil
	if c.i.ID != "" {
		facts = append(facts, InitiativeChangedV1{Initiative: c.i.ID, Public: c.i.Public()})
	}
	for _, f := range facts {
		if err := fact.Insert(c.tx, f); err != nil {
			return err
		}
	}
	return nil
}

// shown is the visibility of an act that everyone may read once the initiative is public.
func (c *change) shown() act.Visibility {
	if c.i.Public() {
		return act.Public
	}
	return act.Internal
}

// fresh refuses a form that was filled from an older version than the one that is stored. fields
// tell, for each text that differs, what was typed and what is stored now: nothing typed is lost.
func fresh(seen, stored int64, fields ...Differing) error {
	if seen == stored {
		return nil
	}
	err := fault.New(fault.Conflict, "portfolio.stale", "seen", seen, "stored", stored)
	for _, f := range fields {
		if f.Yours != f.Theirs {
			err.At(f.Field, "portfolio.stale.field", "yours", f.Yours, "theirs", f.Theirs)
		}
	}
	return err
}

// Differing is a text that somebody else changed meanwhile.
type Differing struct{ Field, Yours, Theirs string }
