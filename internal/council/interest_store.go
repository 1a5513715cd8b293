package council

import (
	"context"
	"slices"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/identity"
)

const interestColumns db.Columns = "id, version, post, holder, root, initiative, arbitration, nature, note, status, status_on, cleared_by, declared_on, person"

func scanInterest(r db.Row) (i Interest, err error) {
	var person *id.ID // NULL in declarations of before it was kept
	err = r.Scan(&i.ID, &i.Version, &i.Post, &i.Holder, &i.Root, &i.Initiative, &i.Arbitration, &i.Nature, &i.Note, &i.Status,
		&i.StatusOn, &i.ClearedBy, &i.DeclaredOn, &person)
	if person != nil {
		i.Person = *person
	}
	return i, err
}

func putInterest(tx *act.Tx, i Interest) error {
	return tx.Exec(interestColumns.Upsert("council_interest"), i.ID, i.Version, i.Post, i.Holder, i.Root, i.Initiative, i.Arbitration,
		string(i.Nature), i.Note, string(i.Status), string(i.StatusOn), i.ClearedBy, string(i.DeclaredOn), i.Person)
}

// recusalsOf reads the recusals of a visitor, through whichever post they were declared.
func recusalsOf(ctx context.Context, q db.Querier, v identity.Visitor) ([]Interest, error) {
	posts := make([]id.ID, len(v.Posts))
	for n, p := range v.Posts {
		posts[n] = p.ID
	}
	all, err := db.All(ctx, q, scanInterest, `SELECT `+string(interestColumns)+` FROM council_interest
		WHERE status = 'recused' AND (person = $1 OR post IN (`+db.Marks(2, len(posts))+`)) ORDER BY declared_on, id`,
		append([]any{v.Person}, db.Args(posts)...)...)
	return slices.DeleteFunc(all, func(i Interest) bool { return !i.of(v) }), err
}

// interestsOf reads what was declared about the matter of an item: under its root, or about the question
// that it carries, wherever that was on an agenda.
func interestsOf(ctx context.Context, q db.Querier, i Item) ([]Interest, error) {
	return db.All(ctx, q, scanInterest, `SELECT `+string(interestColumns)+` FROM council_interest
		WHERE (root <> '' AND root = $1) OR (arbitration <> '' AND arbitration = $2) ORDER BY declared_on, id`, i.Root, i.Arbitration)
}

// rootOf is the root of the matter of a question that was on an agenda before, "" for a new one.
func rootOf(ctx context.Context, q db.Querier, arbitration id.ID) (id.ID, error) {
	roots, err := db.All(ctx, q, db.Scalar[id.ID], `SELECT root FROM council_item WHERE arbitration = $1 ORDER BY id`, arbitration)
	if err != nil || len(roots) == 0 {
		return "", err
	}
	return roots[0], nil
}

// interestsAt reads what was declared about the matters on the agenda of a meeting.
func interestsAt(ctx context.Context, q db.Querier, meeting id.ID) ([]Interest, error) {
	return db.All(ctx, q, scanInterest, `SELECT `+interestColumns.List("x")+` FROM council_interest x WHERE
		x.root IN (SELECT root FROM council_item WHERE meeting = $1)
		OR (x.arbitration <> '' AND x.arbitration IN (SELECT arbitration FROM council_item WHERE meeting = $1))
		ORDER BY x.declared_on, x.id`, meeting)
}

// interestsByYear counts what was declared about the matters that were on an agenda of a committee.
func interestsByYear(ctx context.Context, q db.Querier, committee id.ID) ([]InterestYear, error) {
	matters := func(column string) string {
		return `(SELECT i.` + column + ` FROM council_item i JOIN council_meeting m ON m.id = i.meeting WHERE m.committee = $1)`
	}
	return db.All(ctx, q, func(r db.Row) (y InterestYear, err error) { return y, r.Scan(&y.Year, &y.Declared, &y.Recused) },
		`SELECT substr(declared_on, 1, 4) AS year, COUNT(*), SUM(CASE WHEN status = 'recused' THEN 1 ELSE 0 END) FROM council_interest
		WHERE root IN `+matters("root")+` OR (arbitration <> '' AND arbitration IN `+matters("arbitration")+`)
		GROUP BY substr(declared_on, 1, 4) ORDER BY year DESC`, committee)
}

// thingsOf lists what hangs on the matters that are kept from somebody.
func thingsOf(ctx context.Context, q db.Querier, w Withheld) ([]act.Ref, error) {
	keys := []id.ID{""}
	for root := range w.roots {
		keys = append(keys, root)
	}
	for a := range w.arbitrations {
		keys = append(keys, a)
	}
	keys = append(keys[:1], distinct(keys)...)
	marks := db.Marks(1, len(keys))
	matter := `SELECT id FROM council_item WHERE root IN (` + marks + `) OR (arbitration <> '' AND arbitration IN (` + marks + `))`
	return db.All(ctx, q, func(r db.Row) (t act.Ref, err error) { return t, r.Scan(&t.Type, &t.ID) },
		`SELECT 'item' AS type, id FROM council_item WHERE id IN (`+matter+`)
		UNION ALL SELECT 'council_paper', id FROM council_paper WHERE item IN (`+matter+`)
		UNION ALL SELECT 'ballot', id FROM council_ballot WHERE item IN (`+matter+`)
		UNION ALL SELECT 'decision', id FROM council_decision WHERE item IN (`+matter+`)
		UNION ALL SELECT 'formal', f.id FROM council_formal f JOIN council_decision d ON d.id = f.decision WHERE d.item IN (`+matter+`)
		UNION ALL SELECT 'circuit', id FROM council_circuit WHERE item IN (`+matter+`)
		UNION ALL SELECT 'visa', v.id FROM council_visa v JOIN council_circuit k ON k.id = v.circuit WHERE k.item IN (`+matter+`)
		ORDER BY 1, 2`, db.Args(keys)...)
}
