package powers

import (
	"fmt"
	"strings"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
)

// table is a bitemporal table: its statements are added, ended, and said again for fewer days.
type table struct{ name, insert, end, again string }

// The columns that every bitemporal table has before its facts.
const temporal = "id, thing, version, day_from, day_to, recorded_at, recorded_act, ended_at, ended_act, first_at, first_act"

func newTable(name string, facts ...string) table {
	cols := strings.Join(facts, ", ")
	var marks strings.Builder
	for i := range facts {
		fmt.Fprintf(&marks, ",$%d", i+7)
	}
	return table{name: name,
		insert: "INSERT INTO " + name + " (" + temporal + ", " + cols + ") VALUES ($1,$2,1,$3,$4,$5,$6," +
			standing + ",'',$5,$6" + marks.String() + ")",
		end: "UPDATE " + name + " SET ended_at = $1, ended_act = $2, version = version + 1 WHERE id = $3 AND ended_at = " + standing,
		again: "INSERT INTO " + name + " (" + temporal + ", " + cols + ") SELECT $1, thing, 1, $2, $3, CAST($4 AS BIGINT), $5, " +
			standing + ", '', first_at, first_act, " + cols + " FROM " + name + " WHERE id = $6",
	}
}

// standing is never, as SQL writes it.
const standing = "9223372036854775807"

// The bitemporal tables of this package.
var (
	bodies      = newTable("powers_body", "kind", "code", "name", "name_en", "siren")
	competences = newTable("powers_competence", "matter", "body", "legal_act")
	units       = newTable("powers_unit", "body", "kind", "code", "shared")
	unitNames   = newTable("powers_unit_name", "unit", "name", "name_en", "short", "fold")
	unitLinks   = newTable("powers_unit_link", "child", "parent", "nature", "legal_act")
	changes     = newTable("powers_change", "kind", "change", "from_unit", "to_unit", "legal_act")
	posts       = newTable("powers_post", "unit", "code", "title", "title_en", "fold", "layer", "head", "named")
	holders     = newTable("powers_holder", "post", "person", "nature", "status", "quotity", "interim", "legal_act")
	delegations = newTable("powers_delegation", "from_post", "to_post", "nature", "verbs", "objects", "matters", "territories",
		"amount_max", "legal_act", "source", "from_holder", "to_holder", "revoked_by")
	referents = newTable("powers_referent", "unit", "topic", "post")
	inForce   = newTable("powers_profile_force", "profile", "legal_act")
)

// entry is one change on its way: the grant that allows it, the act that will explain it, and the rows
// that it touched.
type entry struct {
	tx    *act.Tx
	grant act.Grant
	act   id.ID
	rows  []act.Row
}

// begin asks for leave to make a change.
func begin(tx *act.Tx, ask act.Ask) (*entry, error) {
	grant, err := tx.Allow(ask)
	if err != nil {
		return nil, err
	}
	return &entry{tx: tx, grant: grant, act: tx.NewID()}, nil
}

// state adds a statement about a thing.
func (e *entry) state(t table, thing id.ID, p calendar.Period, facts ...any) (id.ID, error) {
	row := e.tx.NewID()
	args := append([]any{row, thing, string(p.From), string(p.To), db.Micros(e.tx.Now()), e.act}, facts...)
	e.touch(t.name, row)
	return row, e.tx.Exec(t.insert, args...)
}

// end takes a standing statement back.
func (e *entry) end(t table, row id.ID) error {
	e.touch(t.name, row)
	return e.tx.Exec(t.end, db.Micros(e.tx.Now()), e.act, row)
}

// restate takes a statement back and says it again for the days p only; nothing if p is empty.
func (e *entry) restate(t table, row id.ID, p calendar.Period) (id.ID, error) {
	if err := e.end(t, row); err != nil || p.Empty() {
		return "", err
	}
	again := e.tx.NewID()
	e.touch(t.name, again)
	return again, e.tx.Exec(t.again, again, string(p.From), string(p.To), db.Micros(e.tx.Now()), e.act, row)
}

// touch notes a row that the act must seal; a row touched twice is sealed once.
func (e *entry) touch(name string, row id.ID) {
	for _, r := range e.rows {
		if r.ID == row && r.Table == name {
			return
		}
	}
	e.rows = append(e.rows, act.Row{Table: name, ID: row})
}

// record writes the act that explains the change.
func (e *entry) record(a act.Act) {
	a.ID, a.Rows = e.act, e.rows
	e.tx.Record(e.grant, a)
}

// spanColumns reads a Span from the table called alias.
func spanColumns(alias string) string {
	a := alias + "."
	return a + "day_from, " + a + "day_to, " + a + "recorded_at, " + a + "recorded_act, " + a + "ended_at, " + a +
		"ended_act, " + a + "first_at, " + a + "first_act"
}

// into gives the targets of spanColumns.
func (s *Span) into() []any {
	return []any{&s.From, &s.To, &s.Recorded, &s.RecordedBy, &s.Ended, &s.EndedBy, &s.First, &s.FirstBy}
}

// at is the condition that a statement of alias is in force on the day and as known at the instant whose
// parameters are numbered day and known.
func at(alias string, day, known int) string {
	return fmt.Sprintf("%[1]s.ended_at > $%[3]d AND %[1]s.recorded_at <= $%[3]d AND %[1]s.day_from <= $%[2]d AND %[1]s.day_to > $%[2]d",
		alias, day, known)
}

// stands is the condition that a statement of alias has not been taken back.
func stands(alias string) string { return alias + ".ended_at = " + standing }
