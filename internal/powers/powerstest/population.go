package powerstest

import (
	"fmt"
	"math"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/powers"
)

// Population is the size of a city's staff.
type Population struct {
	Units, Posts int
	Terms        int // holders of each post, one after the other, over ten years
}

// Paris is the size of the largest French town hall: 55,000 agents, ten years of movements.
var Paris = Population{Units: 600, Posts: 55_000, Terms: 4}

// Populate adds units, posts and holders straight to the tables, in one act that lists no rows: for
// benchmarks only, because the checks of the use cases would take minutes. Unit n is directorate or
// service "U<n>", its posts are "P<n>-<k>" and the first of them leads it.
func (c *City) Populate(t T, size Population) {
	t.Helper()
	c.Do(t, c.Founder, func(tx *act.Tx) error {
		g, err := tx.Allow(act.Ask{Verb: "powers.unit.create"})
		if err != nil {
			return err
		}
		if err := c.fill(filler{tx, db.Micros(tx.Now())}, size); err != nil {
			return err
		}
		tx.Record(g, act.Act{Verb: "powers.unit.create", Object: act.Ref{Type: "body", ID: c.Body}})
		return nil
	})
}

type filler struct {
	tx  *act.Tx
	now int64
}

const head = ` (id, thing, version, day_from, day_to, recorded_at, recorded_act, ended_at, ended_act, first_at, first_act, `

func (f filler) put(table, facts, marks string, thing id.ID, from, to calendar.Day, args ...any) error {
	all := append([]any{f.tx.NewID(), thing, string(from), string(to), f.now, int64(math.MaxInt64)}, args...)
	return f.tx.Exec(`INSERT INTO `+table+head+facts+`) VALUES ($1,$2,1,$3,$4,$5,'',$6,'',$5,'',`+marks+`)`, all...)
}

func (c *City) fill(f filler, size Population) error {
	each := max(size.Posts/size.Units, 1)
	for u := range size.Units {
		code, kind, parent := fmt.Sprintf("U%d", u), "service", fmt.Sprintf("U%d", u/20)
		if u < 20 {
			kind, parent = "directorate", "SG"
		}
		unit := f.tx.NewID()
		c.Units[code] = unit
		if err := c.fillUnit(f, unit, code, kind, c.Units[parent]); err != nil {
			return err
		}
		for k := range each {
			if err := c.fillPost(f, unit, fmt.Sprintf("P%d-%d", u, k), k == 0, size.Terms); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *City) fillUnit(f filler, unit id.ID, code, kind string, parent id.ID) error {
	if err := f.put("powers_unit", "body, kind, code, shared", "$7,$8,$9,$10", unit, Dawn, calendar.Forever, c.Body, kind, code, false); err != nil {
		return err
	}
	name := "Service " + code
	if err := f.put("powers_unit_name", "unit, name, name_en, short, fold", "$7,$8,'','',$9", f.tx.NewID(), Dawn, calendar.Forever, unit, name, "service "+code); err != nil {
		return err
	}
	return f.put("powers_unit_link", "child, parent, nature, legal_act", "$7,$8,$9,''", f.tx.NewID(), Dawn, calendar.Forever, unit, parent, powers.Hierarchical)
}

func (c *City) fillPost(f filler, unit id.ID, code string, leads bool, terms int) error {
	post := f.tx.NewID()
	c.Posts[code] = post
	err := f.put("powers_post", "unit, code, title, title_en, fold, layer, head, named", "$7,$8,$9,'',$10,'service',$11,$11",
		post, Dawn, calendar.Forever, unit, code, "Poste "+code, "poste "+code, leads)
	if err != nil {
		return err
	}
	for i := range terms {
		from, to := Dawn.AddMonths(i*120/terms), Dawn.AddMonths((i+1)*120/terms)
		if i == terms-1 {
			to = calendar.Forever
		}
		person, holder := f.tx.NewID(), f.tx.NewID()
		c.Persons[code], c.Holders[code] = person, holder
		if err := f.tx.Exec(`INSERT INTO powers_person_name (id, version, given, family, erased) VALUES ($1, 1, 'Claude', $2, '')`, person, "N° "+code); err != nil {
			return err
		}
		err := f.put("powers_holder", "post, person, nature, status, quotity, interim, legal_act", "$7,$8,'affectation','fonctionnaire',100,$9,''",
			holder, from, to, post, person, false)
		if err != nil {
			return err
		}
	}
	return nil
}
