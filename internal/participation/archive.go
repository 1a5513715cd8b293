package participation

import (
	"slices"

	"parvis/internal/db"
	"parvis/internal/id"
)

// Discreet makes the rows of this room, as an archive writes them, tell no more of a small lot than its pages do:
// see Lot.shown. The rows of the lots come before those of their projects.
func Discreet() func(table string, columns []string, values []any) error {
	lots := map[id.ID]Lot{}
	return func(table string, columns []string, values []any) error {
		r := row{columns, values}
		switch table {
		case "participation_lot":
			return r.discreetLot(lots)
		case "participation_project":
			return r.discreetProject(lots)
		}
		return nil
	}
}

// row is a row of a table whose columns are found by their names.
type row struct {
	columns []string
	values  []any
}

func (r row) text(column string) string {
	s, _ := r.values[slices.Index(r.columns, column)].(string)
	return s
}

func (r row) number(column string) int64 {
	n, _ := r.values[slices.Index(r.columns, column)].(int64)
	return n
}

func (r row) set(column string, v any) { r.values[slices.Index(r.columns, column)] = v }

func (r row) discreetLot(lots map[id.ID]Lot) (err error) {
	l := Lot{ID: id.ID(r.text("id")), Voters: r.number("voters"), Blank: r.number("blank")}
	if result := r.text("result"); result != "" {
		if l.Result, err = db.FromJSON[*Result](result); err != nil {
			return err
		}
	}
	lots[l.ID] = Lot{Result: l.Result}
	l = l.shown()
	r.set("voters", l.Voters)
	r.set("blank", l.Blank)
	r.set("result", db.JSON(l.Result))
	return nil
}

func (r row) discreetProject(lots map[id.ID]Lot) (err error) {
	p := Project{Votes: r.number("votes"), Turn: int(r.number("turn")), Withdrawn: r.values[slices.Index(r.columns, "withdrawn")] == true}
	if why := r.text("why"); why != "" {
		if p.Why, err = db.FromJSON[*Why](why); err != nil {
			return err
		}
	}
	p = p.shown(lots[id.ID(r.text("lot"))])
	r.set("votes", p.Votes)
	r.set("why", db.JSON(p.Why))
	return nil
}
