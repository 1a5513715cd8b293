package council

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
)

const ballotColumns db.Columns = "id, version, meeting, item, rank, motion, option_no, method, rule, status, opened_at, closed_at, seats, entitled, recused, quorum, in_room, votes_for, against, abstain, apart, casting, result, requested, papers"

func scanBallot(r db.Row) (b Ballot, err error) {
	var opened, closed int64
	var papers string
	err = r.Scan(&b.ID, &b.Version, &b.Meeting, &b.Item, &b.Rank, &b.Motion, &b.Option, &b.Method, &b.Rule, &b.Status, &opened, &closed,
		&b.Seats, &b.Entitled, &b.Recused, &b.Quorum, &b.InRoom, &b.For, &b.Against, &b.Abstain, &b.Apart, &b.Casting, &b.Result, db.Added(&b.Requested), db.Added(&papers))
	if err != nil {
		return b, err
	}
	b.OpenedAt, b.ClosedAt = db.Instant(opened), db.Instant(closed)
	b.Papers, err = db.FromJSON[[]id.ID](papers)
	return b, err
}

func putBallot(tx *act.Tx, b Ballot) error {
	return tx.Exec(ballotColumns.Upsert("council_ballot"), b.ID, b.Version, b.Meeting, b.Item, b.Rank, b.Motion, b.Option, string(b.Method),
		string(b.Rule), string(b.Status), db.Micros(b.OpenedAt), db.Micros(b.ClosedAt), b.Seats, b.Entitled, b.Base.Recused, b.Quorum,
		b.InRoom, b.For, b.Against, b.Abstain, b.Apart, string(b.Casting), string(b.Result), b.Requested, db.JSON(b.Papers))
}

func loadBallot(ctx context.Context, q db.Querier, ballot id.ID) (Ballot, error) {
	b, err := db.One(ctx, q, scanBallot, `SELECT `+string(ballotColumns)+` FROM council_ballot WHERE id = $1`, ballot)
	return b, notFound(err, "council.ballot.not_found")
}

func loadBallots(ctx context.Context, q db.Querier, meeting id.ID) ([]Ballot, error) {
	return db.All(ctx, q, scanBallot, `SELECT `+string(ballotColumns)+` FROM council_ballot WHERE meeting = $1 ORDER BY item, rank, id`, meeting)
}

// lastBallot is the last vote on an item that was counted; zero when there was none.
func lastBallot(ctx context.Context, q db.Querier, item id.ID) (Ballot, error) {
	all, err := db.All(ctx, q, scanBallot, `SELECT `+string(ballotColumns)+` FROM council_ballot
		WHERE item = $1 AND status = 'closed' ORDER BY rank DESC, id`, item)
	if err != nil || len(all) == 0 {
		return Ballot{}, err
	}
	return all[0], nil
}

func openBallots(ctx context.Context, q db.Querier, meeting id.ID) (int, error) {
	return db.One(ctx, q, db.Scalar[int], `SELECT COUNT(*) FROM council_ballot WHERE meeting = $1 AND status = 'open'`, meeting)
}

// votesOn counts the votes that are open on a matter.
func votesOn(ctx context.Context, q db.Querier, root id.ID) (int, error) {
	return db.One(ctx, q, db.Scalar[int], `SELECT COUNT(*) FROM council_item i JOIN council_ballot b ON b.item = i.id WHERE i.root = $1 AND b.status = 'open'`, root)
}

func nextBallot(ctx context.Context, q db.Querier, item id.ID) (int, error) {
	return db.One(ctx, q, db.Scalar[int], `SELECT COALESCE(MAX(rank), 0) + 1 FROM council_ballot WHERE item = $1`, item)
}

const voiceColumns db.Columns = "id, version, ballot, member, post, cast_by, choice"

func scanVoice(r db.Row) (v Voice, err error) {
	return v, r.Scan(&v.ID, &v.Version, &v.Ballot, &v.Member, &v.Post, &v.CastBy, &v.Choice)
}

func putVoice(tx *act.Tx, v Voice) error {
	return tx.Exec(voiceColumns.Upsert("council_voice"), v.ID, v.Version, v.Ballot, v.Member, v.Post, v.CastBy, string(v.Choice))
}

func voicesOf(ctx context.Context, q db.Querier, ballot id.ID) ([]Voice, error) {
	return db.All(ctx, q, scanVoice, `SELECT `+string(voiceColumns)+` FROM council_voice WHERE ballot = $1 ORDER BY id`, ballot)
}

// loadVoices reads the voices of every vote of a meeting.
func loadVoices(ctx context.Context, q db.Querier, meeting id.ID) ([]Voice, error) {
	return db.All(ctx, q, scanVoice, `SELECT `+voiceColumns.List("v")+` FROM council_voice v JOIN council_ballot b ON b.id = v.ballot
		WHERE b.meeting = $1 ORDER BY v.id`, meeting)
}
