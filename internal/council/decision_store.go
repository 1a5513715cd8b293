package council

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

const decisionColumns db.Columns = "id, version, year, seq, number, committee, meeting, item, ballot, initiative, arbitration, result, text, conditions, digest, answers, actions, decided_by, decided_on, decided_act, visibility"

func scanDecision(r db.Row) (Decision, error) {
	var d Decision
	var answers, actions string
	err := r.Scan(&d.ID, &d.Version, &d.Year, &d.Seq, &d.Number, &d.Committee, &d.Meeting, &d.Item, &d.Ballot, &d.Initiative, &d.Arbitration,
		&d.Result, &d.Text, &d.Conditions, &d.Digest, &answers, &actions, &d.DecidedBy, &d.DecidedOn, &d.DecidedAct, &d.Visibility)
	if err != nil {
		return d, err
	}
	if d.Answers, err = db.FromJSON[portfolio.Answers](answers); err != nil {
		return d, err
	}
	d.Actions, err = db.FromJSON[[]id.ID](actions)
	return d, err
}

func putDecision(tx *act.Tx, d Decision) error {
	return tx.Exec(decisionColumns.Upsert("council_decision"), d.ID, d.Version, d.Year, d.Seq, d.Number, d.Committee, d.Meeting, d.Item, d.Ballot,
		d.Initiative, d.Arbitration, string(d.Result), d.Text, d.Conditions, d.Digest, db.JSON(d.Answers), db.JSON(d.Actions), d.DecidedBy,
		string(d.DecidedOn), d.DecidedAct, string(d.Visibility))
}

func loadDecision(ctx context.Context, q db.Querier, decision id.ID) (Decision, error) {
	d, err := db.One(ctx, q, scanDecision, `SELECT `+string(decisionColumns)+` FROM council_decision WHERE id = $1`, decision)
	return d, notFound(err, "council.decision.not_found")
}

// loadDecisions reads the decisions of a meeting.
func loadDecisions(ctx context.Context, q db.Querier, meeting id.ID) ([]Decision, error) {
	return db.All(ctx, q, scanDecision, `SELECT `+string(decisionColumns)+` FROM council_decision WHERE meeting = $1 ORDER BY id`, meeting)
}

// decisionsOn reads what committees decided on a question of the portfolio.
func decisionsOn(ctx context.Context, q db.Querier, arbitration id.ID) ([]Decision, error) {
	return db.All(ctx, q, scanDecision, `SELECT `+string(decisionColumns)+` FROM council_decision WHERE arbitration = $1 ORDER BY id`, arbitration)
}

// nextDecision is the next number of a year among those that begin alike: D-, or AV-.
func nextDecision(ctx context.Context, q db.Querier, year int, prefix string) (int, error) {
	return db.One(ctx, q, db.Scalar[int], `SELECT COALESCE(MAX(seq), 0) + 1 FROM council_decision
		WHERE year = $1 AND SUBSTR(number, 1, $2) = $3`, year, len(prefix), prefix)
}

const minutesColumns db.Columns = "id, version, meeting, status, blocks, digest, approved_by, approved_on, masks, published, published_digest, published_by, published_on, approved_at, president_signed, secretary_signed"

func scanMinutes(r db.Row) (Minutes, error) {
	var m Minutes
	var blocks, masks, published string
	err := r.Scan(&m.ID, &m.Version, &m.Meeting, &m.Status, &blocks, &m.Digest, &m.ApprovedBy, &m.ApprovedOn, &masks, &published,
		&m.PublishedDigest, &m.PublishedBy, &m.PublishedOn, db.Added(&m.ApprovedAt), db.Added(&m.PresidentSigned), db.Added(&m.SecretarySigned))
	if err != nil {
		return m, err
	}
	if m.Blocks, err = db.FromJSON[[]Block](blocks); err != nil {
		return m, err
	}
	if m.Masks, err = db.FromJSON[[]Mask](masks); err != nil {
		return m, err
	}
	m.Published, err = db.FromJSON[[]Block](published)
	return m, err
}

func putMinutes(tx *act.Tx, m Minutes) error {
	return tx.Exec(minutesColumns.Upsert("council_minutes"), m.ID, m.Version, m.Meeting, string(m.Status), db.JSON(m.Blocks), m.Digest, m.ApprovedBy,
		string(m.ApprovedOn), db.JSON(m.Masks), db.JSON(m.Published), m.PublishedDigest, m.PublishedBy, string(m.PublishedOn), m.ApprovedAt,
		string(m.PresidentSigned), string(m.SecretarySigned))
}

// loadMinutes reads the minutes of a meeting; fault.NotFound when there are none yet.
func loadMinutes(ctx context.Context, q db.Querier, meeting id.ID) (Minutes, error) {
	m, err := db.One(ctx, q, scanMinutes, `SELECT `+string(minutesColumns)+` FROM council_minutes WHERE meeting = $1`, meeting)
	return m, notFound(err, "council.minutes.not_found")
}

// rootedDecision is a decision with the root of its item: the matter that a recusal is about.
type rootedDecision struct {
	Decision
	root id.ID
}

// rootedDecisions reads the decisions of a committee, the last first.
func rootedDecisions(ctx context.Context, q db.Querier, committee id.ID) ([]rootedDecision, error) {
	return db.All(ctx, q, func(row db.Row) (d rootedDecision, err error) {
		d.Decision, err = scanDecision(db.Leading{Row: row, First: []any{&d.root}})
		return d, err
	}, `SELECT i.root, `+decisionColumns.List("d")+` FROM council_decision d JOIN council_item i ON i.id = d.item
		WHERE d.committee = $1 ORDER BY d.decided_on DESC, d.id DESC`, committee)
}
