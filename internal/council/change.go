package council

import (
	"cmp"
	"slices"
	"strconv"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fact"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

// change is one use case at work on one committee, or on one of its meetings: it asks for the grant,
// gathers the rows that it writes, and records the act that explains them.
type change struct {
	r         *Room
	tx        *act.Tx
	c         Committee
	members   []Member               // every seat, ended ones too
	m         Meeting                // zero for a change of the committee itself
	presiding id.ID                  // post that presides the item at hand; "" without one
	alone     *portfolio.Arbitration // a question that is on no agenda: there is no committee then
	rows      []act.Row
	facts     []any // told with the act that is recorded next
}

func (r *Room) openCommittee(tx *act.Tx, committee id.ID) (*change, error) {
	c, err := loadCommittee(tx.Context(), tx, committee)
	if err != nil {
		return nil, err
	}
	members, err := loadMembers(tx.Context(), tx, committee)
	return &change{r: r, tx: tx, c: c, members: members}, err
}

// openMeeting loads a meeting for a change of it, with its committee as it was when it was called.
func (r *Room) openMeeting(tx *act.Tx, meeting id.ID) (*change, error) {
	m, err := loadMeeting(tx.Context(), tx, meeting)
	if err != nil {
		return nil, err
	}
	c, err := r.openCommittee(tx, m.Committee)
	if err != nil {
		return nil, err
	}
	c.c, c.m = c.c.at(m), m
	return c, nil
}

// openItem loads an item for a change of it. A recused post changes nothing of the matter.
func (r *Room) openItem(tx *act.Tx, item id.ID) (*change, Item, error) {
	i, err := loadItem(tx.Context(), tx, item)
	if err != nil {
		return nil, i, err
	}
	c, err := r.openMeeting(tx, i.Meeting)
	if err != nil {
		return nil, i, err
	}
	c.presiding = c.m.ChairOf(i)
	away, err := c.recused(i)
	if err == nil && away[tx.Actor().Post] {
		err = fault.New(fault.Denied, "council.recused")
	}
	return c, i, err
}

// seats are the seats in exercise on a day.
func seatsOn(members []Member, day calendar.Day) []Member {
	var out []Member
	for _, m := range members {
		if m.Contains(day) {
			out = append(out, m)
		}
	}
	return out
}

// posts of the seats that have one of the roles today.
func (c *change) posts(roles ...Role) []id.ID {
	return seatedIn(seatsOn(c.members, c.tx.Today()), roles...)
}

// seatedIn are the posts of seats that have one of the roles.
func seatedIn(seats []Member, roles ...Role) []id.ID {
	var out []id.ID
	for _, m := range seats {
		if len(roles) == 0 || slices.Contains(roles, m.Role) {
			out = append(out, m.Post)
		}
	}
	return out
}

// Bureau are the posts that preside a committee or keep its papers today: they follow what it ordered.
func (r *Room) Bureau(tx *act.Tx, committee id.ID) ([]id.ID, error) {
	c, err := r.openCommittee(tx, committee)
	if err != nil {
		return nil, err
	}
	return c.posts(President, Secretary), nil
}

// bureau tells whether a post presides the committee or keeps its papers.
func (c *change) bureau(post id.ID) bool {
	return slices.Contains(c.posts(President, Secretary), post) || post != "" && (post == c.m.President || post == c.m.Secretary)
}

// presides tells whether a post presides: the committee, or this meeting.
func (c *change) presides(post id.ID) bool {
	return slices.Contains(c.posts(President), post) || post != "" && post == c.m.President
}

// ask is the question put to the powers.
func (c *change) ask(verb string, object act.Ref) act.Ask {
	roles := rolesOf(c.c, c.m, c.presiding, seatsOn(c.members, c.tx.Today()))
	return act.Ask{Verb: "council." + verb, Object: object, Roles: roles}
}

// rolesOf says who is who about a meeting: the bureau owns the committee, whoever presides speaks for it, its members are
// asked.
func rolesOf(c Committee, m Meeting, presiding id.ID, seats []Member) map[string][]id.ID {
	roles := map[string][]id.ID{"owner": seatedIn(seats, President, Secretary), "asked": seatedIn(seats), "author": seatedIn(seats, President)}
	if chair := cmp.Or(presiding, m.President); chair != "" {
		roles["author"] = []id.ID{chair}
	}
	if c.Unit != "" {
		roles["unit"] = []id.ID{c.Unit}
	}
	return roles
}

func (c *change) allow(verb string, object act.Ref) (act.Grant, error) {
	return c.tx.Allow(c.ask(verb, object))
}

// wrote notes a row that the act must explain.
func (c *change) wrote(row act.Row, err error) error {
	c.rows = append(c.rows, row)
	return err
}

// tell queues a fact: its cause is the act that is recorded next.
func (c *change) tell(f any) { c.facts = append(c.facts, f) }

// record explains the change. The rows noted so far belong to this act.
func (c *change) record(g act.Grant, verb string, a act.Act) (id.ID, error) {
	a.Verb = "council." + verb
	a.Rows, c.rows = append(a.Rows, c.rows...), nil
	a.Subject = c.c.Ref()
	if a.Args == nil {
		a.Args = map[string]string{}
	}
	a.Args["committee"] = c.c.Code
	if c.m.ID != "" {
		ref := c.m.Ref()
		a.Subject, a.How.Meeting, a.Args["meeting"] = ref, &ref, c.m.Number
	}
	if verb != "item.order" { // the words of an item are the same in another place
		c.tellItems(a.Rows)
	}
	recorded := c.tx.Record(g, a)
	for _, f := range c.facts {
		if err := fact.Insert(c.tx, f); err != nil {
			return "", err
		}
	}
	c.facts = nil
	return recorded, nil
}

// tellItems tells which items an act changed.
func (c *change) tellItems(rows []act.Row) {
	for _, row := range rows {
		if row.Table == "council_item" {
			c.tell(ItemChangedV1{row.ID})
		}
	}
}

// settle asks, records and is done: for changes that need nothing else of the grant.
func (c *change) settle(verb string, object act.Ref, version int64, a act.Act) error {
	g, err := c.allow(verb, object)
	if err != nil {
		return err
	}
	a.Object, a.Version = object, version
	_, err = c.record(g, verb, a)
	return err
}

// saveMeeting writes the meeting itself.
func (c *change) saveMeeting() error {
	c.m.Version++
	c.m.ChangedAt = c.tx.Now()
	return c.wrote(c.m.row(), putMeeting(c.tx, c.m))
}

// saveItem writes an item. The papers in view of which it is dealt with are kept with it.
func (c *change) saveItem(i *Item) error {
	if i.Status != Listed && i.Seen == nil {
		var err error
		if i.Seen, err = c.viewed(*i); err != nil {
			return err
		}
	}
	i.Version++
	return c.wrote(i.row(), putItem(c.tx, *i))
}

func itoa(n int) string { return strconv.Itoa(n) }

// aboutItem are the arguments of the sentences about an item.
func aboutItem(i Item) map[string]string { return map[string]string{"item": itoa(i.Rank)} }

// shown is the visibility of an act that outsiders may know once the committee is public.
func (c *change) shown() act.Visibility {
	if c.c.Public() {
		return act.Public
	}
	return act.Internal
}
