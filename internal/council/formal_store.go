package council

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/identity"
)

const formalColumns db.Columns = "id, version, ref, year, seq, kind, decision, meeting, committee, title, text, digest, matter_code, matter_name, budget_year, budget_name, transmit, remedies, votes, status, sent_on, number, adopted_on, signed_on, transmitted_on, received_on, receipt, authority, notified_on, posted_on, url, masks, published, published_digest, published_by, published_on, visibility, signatory, appealed_on, refused_on"

func scanFormal(r db.Row) (f Formal, err error) {
	var votes, masks string
	if err = r.Scan(&f.ID, &f.Version, &f.Ref, &f.Year, &f.Seq, &f.Kind, &f.Decision, &f.Meeting, &f.Committee, &f.Title, &f.Text, &f.Digest,
		&f.MatterCode, &f.MatterName, &f.BudgetYear, &f.BudgetName, &f.Transmit, &f.Remedies, &votes, &f.Status, &f.SentOn, &f.Number,
		&f.AdoptedOn, &f.Signed, &f.Transmitted, &f.Received, &f.Receipt, &f.Authority, &f.Notified, &f.Posted, &f.URL, &masks,
		&f.Published, &f.PublishedDigest, &f.PublishedBy, &f.PublishedOn, &f.Visibility, db.Added(&f.Signatory), db.Added(&f.Appealed), db.Added(&f.Refused)); err != nil {
		return f, err
	}
	if f.Masks, err = db.FromJSON[[]Mask](masks); err != nil || votes == "" {
		return f, err
	}
	f.Votes, err = db.FromJSON[*Count](votes)
	return f, err
}

func putFormal(tx *act.Tx, f Formal) error {
	votes := ""
	if f.Votes != nil {
		votes = db.JSON(f.Votes)
	}
	return tx.Exec(formalColumns.Upsert("council_formal"), f.ID, f.Version, f.Ref, f.Year, f.Seq, string(f.Kind), f.Decision, f.Meeting, f.Committee,
		f.Title, f.Text, f.Digest, f.MatterCode, f.MatterName, f.BudgetYear, f.BudgetName, f.Transmit, f.Remedies, votes, string(f.Status),
		string(f.SentOn), f.Number, string(f.AdoptedOn), string(f.Signed), string(f.Transmitted), string(f.Received), f.Receipt, f.Authority,
		string(f.Notified), string(f.Posted), f.URL, db.JSON(f.Masks), f.Published, f.PublishedDigest, f.PublishedBy,
		string(f.PublishedOn), string(f.Visibility), f.Signatory, string(f.Appealed), string(f.Refused))
}

func loadFormal(ctx context.Context, q db.Querier, formal id.ID) (Formal, error) {
	f, err := db.One(ctx, q, scanFormal, `SELECT `+string(formalColumns)+` FROM council_formal WHERE id = $1`, formal)
	return f, notFound(err, "council.formal.unknown")
}

func formalOfRef(ctx context.Context, q db.Querier, ref string) (Formal, error) {
	f, err := db.One(ctx, q, scanFormal, `SELECT `+string(formalColumns)+` FROM council_formal WHERE ref = $1`, ref)
	return f, notFound(err, "council.formal.unknown")
}

// listFormals reads the formal acts that a visitor may know, the last adopted first.
func listFormals(ctx context.Context, q db.Querier, v identity.Visitor) ([]Formal, error) {
	shown := `visibility = 'public'`
	if v.Inside() {
		shown = `visibility IN ('public', 'interne')`
	}
	return db.All(ctx, q, scanFormal, `SELECT `+string(formalColumns)+` FROM council_formal WHERE `+shown+` ORDER BY adopted_on DESC, year DESC, seq DESC`)
}

func nextFormal(ctx context.Context, q db.Querier, year int) (int, error) {
	return db.One(ctx, q, db.Scalar[int], `SELECT COALESCE(MAX(seq), 0) + 1 FROM council_formal WHERE year = $1`, year)
}

// matterOfDecision finds the matter of a decision: recusal is about it.
func matterOfDecision(ctx context.Context, q db.Querier, decision id.ID) (Item, error) {
	return db.One(ctx, q, func(r db.Row) (i Item, err error) { return i, r.Scan(&i.ID, &i.Root, &i.Arbitration) },
		`SELECT i.id, i.root, i.arbitration FROM council_decision d JOIN council_item i ON i.id = d.item WHERE d.id = $1`, decision)
}

// putReturn keeps a return file until it is applied.
func putReturn(tx db.Transaction, s StagedReturn, account id.ID) error {
	return tx.Exec(`INSERT INTO op_council_return (id, account, made_at, body) VALUES ($1,$2,$3,$4)`, s.ID, account, db.Micros(tx.Now()), db.JSON(s))
}

// loadReturn reads the return file that an account staged; another's does not exist for it.
func loadReturn(ctx context.Context, q db.Querier, staged, account id.ID) (StagedReturn, error) {
	body, err := db.One(ctx, q, db.Scalar[string], `SELECT body FROM op_council_return WHERE id = $1 AND account = $2`, staged, account)
	if err != nil {
		return StagedReturn{}, notFound(err, "council.return.unknown")
	}
	return db.FromJSON[StagedReturn](body)
}

func dropReturn(tx *act.Tx, staged id.ID) error {
	return tx.Exec(`DELETE FROM op_council_return WHERE id = $1`, staged)
}

// quietsFrom reads the freezes that hold on a day, or are to come.
func quietsFrom(ctx context.Context, q db.Querier, day calendar.Day) ([]Quiet, error) {
	return db.All(ctx, q, scanQuiet, `SELECT `+string(quietColumns)+` FROM council_quiet WHERE to_day > $1 AND ended_on = '' ORDER BY from_day, id`, string(day))
}

const quietColumns db.Columns = "id, version, election, ballot, from_day, to_day, set_by, set_on, ended_on"

func scanQuiet(r db.Row) (x Quiet, err error) {
	return x, r.Scan(&x.ID, &x.Version, &x.Election, &x.Ballot, &x.From, &x.To, &x.SetBy, &x.SetOn, &x.EndedOn)
}

func putQuiet(tx *act.Tx, x Quiet) error {
	return tx.Exec(quietColumns.Upsert("council_quiet"), x.ID, x.Version, x.Election, string(x.Ballot), string(x.From), string(x.To), x.SetBy,
		string(x.SetOn), string(x.EndedOn))
}

func loadQuiet(ctx context.Context, q db.Querier, quiet id.ID) (Quiet, error) {
	x, err := db.One(ctx, q, scanQuiet, `SELECT `+string(quietColumns)+` FROM council_quiet WHERE id = $1`, quiet)
	return x, notFound(err, "council.quiet.unknown")
}

// formalsAt reads the formal acts made of the decisions of a meeting.
func formalsAt(ctx context.Context, q db.Querier, meeting id.ID) ([]Formal, error) {
	return db.All(ctx, q, scanFormal, `SELECT `+string(formalColumns)+` FROM council_formal WHERE meeting = $1 ORDER BY year, seq`, meeting)
}

// numbered tells whether another act of the kind, signed in the same year, has the number.
func numbered(ctx context.Context, q db.Querier, f Formal, number string, year string) (bool, error) {
	n, err := db.One(ctx, q, db.Scalar[int], `SELECT COUNT(*) FROM council_formal WHERE kind = $1 AND number = $2 AND substr(signed_on, 1, 4) = $3 AND id <> $4`,
		string(f.Kind), number, year, f.ID)
	return n > 0, err
}

// precedent is a formal act with the initiative that its decision was about.
type precedent struct {
	Formal
	initiative id.ID
}

// precedents reads the formal acts prepared last.
func precedents(ctx context.Context, q db.Querier, limit int) ([]precedent, error) {
	return db.All(ctx, q, func(row db.Row) (p precedent, err error) {
		p.Formal, err = scanFormal(db.Leading{Row: row, First: []any{&p.initiative}})
		return p, err
	}, `SELECT d.initiative, `+formalColumns.List("f")+` FROM council_formal f JOIN council_decision d ON d.id = f.decision
		WHERE f.status <> 'withdrawn' ORDER BY f.year DESC, f.seq DESC LIMIT $1`, limit)
}

// meetingsOf reads meetings by their ids, the last first.
func meetingsOf(ctx context.Context, q db.Querier, meetings []id.ID) ([]Meeting, error) {
	meetings = distinct(meetings)
	if len(meetings) == 0 {
		return nil, nil
	}
	return db.All(ctx, q, scanMeeting, `SELECT `+string(meetingColumns)+` FROM council_meeting WHERE id IN (`+db.Marks(1, len(meetings))+`)
		ORDER BY day DESC, id DESC`, db.Args(meetings)...)
}
