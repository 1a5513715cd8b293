package council

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
)

const committeeColumns db.Columns = "id, version, code, kind, name_fr, name_en, mission, unit, quorum, quorum_min, voting, casting, method, powers_max, notice, clear_days, lock_days, visibility, founded_on, closed_on, notes_waived"

func scanCommittee(r db.Row) (c Committee, err error) { return c, r.Scan(c.targets()...) }

// targets are where the columns of a committee go.
func (c *Committee) targets() []any {
	return []any{&c.ID, &c.Version, &c.Code, &c.Kind, &c.NameFR, &c.NameEN, &c.Mission, &c.Unit, &c.Quorum, &c.QuorumMin, &c.Voting,
		&c.Casting, &c.Method, &c.PowersMax, &c.Notice, &c.ClearDays, &c.LockDays, &c.Visibility, &c.FoundedOn, &c.ClosedOn, db.Added(&c.NotesWaived)}
}

func putCommittee(tx *act.Tx, c Committee) error {
	return tx.Exec(committeeColumns.Upsert("council_committee"), c.ID, c.Version, c.Code, string(c.Kind), c.NameFR, c.NameEN, c.Mission,
		c.Unit, string(c.Quorum), c.QuorumMin, string(c.Voting), c.Casting, string(c.Method), c.PowersMax, c.Notice, c.ClearDays,
		c.LockDays, string(c.Visibility), string(c.FoundedOn), string(c.ClosedOn), c.NotesWaived)
}

func loadCommittee(ctx context.Context, q db.Querier, committee id.ID) (Committee, error) {
	c, err := db.One(ctx, q, scanCommittee, `SELECT `+string(committeeColumns)+` FROM council_committee WHERE id = $1`, committee)
	return c, notFound(err, "council.committee.not_found")
}

func codeTaken(ctx context.Context, q db.Querier, code string) (bool, error) {
	n, err := db.One(ctx, q, db.Scalar[int], `SELECT COUNT(*) FROM council_committee WHERE code = $1`, code)
	return n > 0, err
}

const memberColumns db.Columns = "id, version, committee, post, role, stands_in, rank, from_day, to_day"

func scanMember(r db.Row) (m Member, err error) {
	return m, r.Scan(&m.ID, &m.Version, &m.Committee, &m.Post, &m.Role, &m.StandsIn, &m.Rank, &m.From, &m.To)
}

func putMember(tx *act.Tx, m Member) error {
	return tx.Exec(memberColumns.Upsert("council_member"), m.ID, m.Version, m.Committee, m.Post, string(m.Role), m.StandsIn, m.Rank,
		string(m.From), string(m.To))
}

// loadMembers reads every seat of a committee, ended ones too: president first, then by rank.
func loadMembers(ctx context.Context, q db.Querier, committee id.ID) ([]Member, error) {
	return db.All(ctx, q, scanMember, `SELECT `+string(memberColumns)+` FROM council_member WHERE committee = $1
		ORDER BY CASE role WHEN 'president' THEN 0 WHEN 'member' THEN 1 WHEN 'deputy' THEN 2 WHEN 'secretary' THEN 3 ELSE 4 END, rank, id`, committee)
}
