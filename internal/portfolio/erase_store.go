package portfolio

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
)

// copyIn names the columns of a table in which people's own words stand, and how its rows belong to an initiative.
type copyIn struct {
	table, belongs string
	columns        db.Columns
}

// ofInitiative is how most rows belong to theirs.
const ofInitiative = "initiative = $1"

// copied lists every free text of the rows of an initiative, itself apart. A test holds it to the schema.
var copied = []copyIn{
	{"portfolio_span", ofInitiative, "note, outcome"},
	{"portfolio_part", ofInitiative, "actor, effort, counter, reason"},
	{"portfolio_milestone", ofInitiative, "label, dropped"},
	{"portfolio_question", ofInitiative, "question, answer"},
	{"portfolio_note", ofInitiative, "body"},
	{"portfolio_paper", ofInitiative, "title, link"},
	{"portfolio_arbitration", ofInitiative, "question, context, options, recommendation, answers, status_note, decision"},
	{"portfolio_asked", "arbitration IN (SELECT id FROM portfolio_arbitration WHERE initiative = $1)", "remark"},
	{"portfolio_action", ofInitiative, "what, reason"},
	{"op_portfolio_draft", ofInitiative, "title, body"},
}

// orderedAt are the action items that a committee ordered at a meeting.
var orderedAt = copyIn{"portfolio_action", "meeting = $1", "what, reason"}

// effaceRows replaces the text in the rows of one table that belong to an initiative, or to a meeting.
func effaceRows(tx *act.Tx, c copyIn, of id.ID, body string) ([]act.Row, error) {
	return effaceWhere(tx, c, c.belongs, body, of)
}

// effaceDocuments replaces the text in what is not of one initiative: walls kept, boards, lists being imported.
func effaceDocuments(tx *act.Tx, body string) ([]act.Row, error) {
	var all []act.Row
	for _, c := range []copyIn{{"portfolio_board", "", "name"}, {"portfolio_snapshot", "", "title, body"}, {"op_portfolio_import", "", "body"}} {
		rows, err := effaceWhere(tx, c, "1 = 1", body)
		if err != nil {
			return nil, err
		}
		all = append(all, rows...)
	}
	for _, row := range all {
		if row.Table == "portfolio_snapshot" {
			if err := digestAgain(tx, row.ID); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

// digestAgain lets a wall kept bear the digest of what it says now.
func digestAgain(tx *act.Tx, snapshot id.ID) error {
	body, err := db.One(tx.Context(), tx, db.Scalar[string], `SELECT body FROM portfolio_snapshot WHERE id = $1`, snapshot)
	if err != nil {
		return err
	}
	sum := sha256.Sum256([]byte(body))
	return tx.Exec(`UPDATE portfolio_snapshot SET digest = $1 WHERE id = $2`, hex.EncodeToString(sum[:]), snapshot)
}

func effaceWhere(tx *act.Tx, c copyIn, where, body string, args ...any) ([]act.Row, error) {
	names := strings.Split(string(c.columns), ", ")
	found, err := db.All(tx.Context(), tx, func(r db.Row) ([]string, error) {
		values := make([]string, len(names)+1)
		into := make([]any, len(values))
		for i := range values {
			into[i] = &values[i]
		}
		return values, r.Scan(into...)
	}, `SELECT id, `+string(c.columns)+` FROM `+c.table+` WHERE `+where+` ORDER BY id`, args...)
	var rows []act.Row
	for _, values := range found {
		changed := false
		for n := range names {
			next, did := effaced(values[n+1], body)
			values[n+1], changed = next, changed || did
		}
		if !changed {
			continue
		}
		if err := rewrite(tx, c.table, names, values); err != nil {
			return nil, err
		}
		if !db.IsTraffic(c.table) {
			rows = append(rows, act.Row{Table: c.table, ID: id.ID(values[0])})
		}
	}
	return rows, err
}

// rewrite stores the columns of a row again; values begin with its id.
func rewrite(tx *act.Tx, table string, names, values []string) error {
	set := make([]string, len(names))
	args := []any{values[0]}
	for n, name := range names {
		set[n] = fmt.Sprintf("%s = $%d", name, n+2)
		args = append(args, values[n+1])
	}
	if !db.IsTraffic(table) {
		set = append(set, "version = version + 1")
	}
	return tx.Exec(`UPDATE `+table+` SET `+strings.Join(set, ", ")+` WHERE id = $1`, args...)
}

// anyInitiative reads an initiative even after its end: what was withdrawn can still be effaced.
func anyInitiative(ctx context.Context, q db.Querier, initiative id.ID) (Initiative, error) {
	i, err := db.One(ctx, q, scanInitiative, `SELECT `+string(initiativeColumns)+` FROM portfolio_initiative WHERE id = $1`, initiative)
	return i, notFound(err, "portfolio.initiative.not_found")
}
