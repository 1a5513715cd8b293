package measures

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
)

const (
	opinionColumns db.Columns = "id, given_on, sense, link, post, recorded_on"
	contestColumns db.Columns = "id, measure, why, post, contested_on"
)

func putOpinion(tx *act.Tx, o Opinion) error {
	return tx.Exec(`INSERT INTO measures_opinion (version, `+string(opinionColumns)+`) VALUES (1, $1, $2, $3, $4, $5, $6)`,
		o.ID, string(o.GivenOn), o.Sense, o.Link, o.Post, string(o.RecordedOn))
}

func putContest(tx *act.Tx, c Contest) error {
	return tx.Exec(`INSERT INTO measures_contest (version, `+string(contestColumns)+`) VALUES (1, $1, $2, $3, $4, $5)`,
		c.ID, c.Measure, c.Why, c.Post, string(c.On))
}

// opinions lists those recorded, the latest first.
func (r *Room) opinions(ctx context.Context) ([]Opinion, error) {
	return db.All(ctx, r.Reads, func(r db.Row) (o Opinion, err error) {
		err = r.Scan(&o.ID, &o.GivenOn, &o.Sense, &o.Link, &o.Post, &o.RecordedOn)
		return o, err
	}, `SELECT `+string(opinionColumns)+` FROM measures_opinion ORDER BY given_on DESC, id DESC`)
}

func (r *Room) contests(ctx context.Context) ([]Contest, error) {
	return db.All(ctx, r.Reads, func(r db.Row) (c Contest, err error) {
		err = r.Scan(&c.ID, &c.Measure, &c.Why, &c.Post, &c.On)
		return c, err
	}, `SELECT `+string(contestColumns)+` FROM measures_contest ORDER BY contested_on DESC, id DESC`)
}

const resultColumns db.Columns = "id, year, figures, post, kept_on"

func putResult(tx *act.Tx, k Result) error {
	return tx.Exec(`INSERT INTO measures_result (version, `+string(resultColumns)+`) VALUES (1, $1, $2, $3, $4, $5)`,
		k.ID, k.Year, db.JSON(k.Figures), k.Post, string(k.KeptOn))
}

func countYears(tx *act.Tx, year int) (int, error) {
	return db.One(tx.Context(), tx, db.Scalar[int], `SELECT COUNT(*) FROM measures_result WHERE year = $1`, year)
}

// results lists the years that were kept, the latest first.
func (r *Room) results(ctx context.Context) ([]Result, error) {
	return db.All(ctx, r.Reads, func(r db.Row) (k Result, err error) {
		var figures string
		if err = r.Scan(&k.ID, &k.Year, &figures, &k.Post, &k.KeptOn); err == nil {
			k.Figures, err = db.FromJSON[[]Figure](figures)
		}
		return k, err
	}, `SELECT `+string(resultColumns)+` FROM measures_result ORDER BY year DESC`)
}

// part is a unit or an outside actor in a project.
type part struct {
	Initiative, Unit    id.ID
	Actor, Role, Status string
	Sector              string // of an outside actor, or ""
	IntroducedBy        id.ID  // the unit that put who is asked in touch, or ""
	Offered, Answered   calendar.Day
	To                  calendar.Day
	Public              bool
	Number              string // of the initiative
}

// parts lists those of projects that stand.
func (r *Room) parts(ctx context.Context) ([]part, error) {
	return db.All(ctx, r.Reads, scanPart, partsSQL+` ORDER BY p.initiative, p.id`)
}

// partsOf lists those of one project. A statement of its own: a condition that holds for one or for all reads all.
func (r *Room) partsOf(ctx context.Context, initiative id.ID) ([]part, error) {
	return db.All(ctx, r.Reads, scanPart, partsSQL+` WHERE p.initiative = $1 ORDER BY p.id`, initiative)
}

const partsSQL = `SELECT p.initiative, p.unit, p.actor, p.role, p.status, p.offered_on, p.answered_on, p.to_day, i.visibility = 'public',
	COALESCE(p.sector, ''), COALESCE(p.introduced_by, ''), i.number FROM portfolio_part p
	JOIN portfolio_initiative i ON i.id = p.initiative AND i.withdrawn_on = ''`

func scanPart(r db.Row) (p part, err error) {
	err = r.Scan(&p.Initiative, &p.Unit, &p.Actor, &p.Role, &p.Status, &p.Offered, &p.Answered, &p.To, &p.Public, &p.Sector, &p.IntroducedBy, &p.Number)
	return p, err
}

// count is how many there are of something.
type count struct {
	Of string
	N  int
}

func scanCount(r db.Row) (c count, err error) {
	err = r.Scan(&c.Of, &c.N)
	return c, err
}

// origin is where one public project comes from.
type origin struct{ number, origin string }

func (r *Room) originOfEach(ctx context.Context) ([]origin, error) {
	return db.All(ctx, r.Reads, func(row db.Row) (o origin, err error) { return o, row.Scan(&o.number, &o.origin) },
		`SELECT number, origin FROM portfolio_initiative WHERE withdrawn_on = '' AND visibility = 'public' ORDER BY year, seq`)
}

func (r *Room) handed(ctx context.Context) ([]count, error) {
	return db.All(ctx, r.Reads, scanCount, `SELECT status, COUNT(*) FROM passation_item GROUP BY status ORDER BY status`)
}

// owners counts the posts that run each project on which work goes on.
func (r *Room) owners(ctx context.Context) ([]count, error) {
	return db.All(ctx, r.Reads, scanCount, `SELECT i.id, COUNT(h.id) FROM portfolio_initiative i
		LEFT JOIN portfolio_holder h ON h.initiative = i.id AND h.role = 'owner' AND h.to_day = '9999-12-31'
		WHERE i.withdrawn_on = '' AND i.stage IN ('investigated', 'tested', 'iterating', 'scaling', 'operating') GROUP BY i.id ORDER BY i.id`)
}

const (
	subjectsSQL = `SELECT id, number, title, matter, tags, places FROM portfolio_initiative WHERE withdrawn_on = '' AND `
	working     = `stage IN ('investigated', 'tested', 'iterating', 'scaling', 'operating')`
)

// subjects lists the projects on which work goes on.
func (r *Room) subjects(ctx context.Context) ([]subject, error) {
	return db.All(ctx, r.Reads, scanSubject, subjectsSQL+working+` ORDER BY year, seq`)
}

// subjectOf is one project, whatever its stage: the next gate is what it is asked for.
func (r *Room) subjectOf(ctx context.Context, initiative id.ID) ([]subject, error) {
	return db.All(ctx, r.Reads, scanSubject, subjectsSQL+`id = $1 ORDER BY id`, initiative)
}

func scanSubject(in db.Row) (s subject, err error) {
	var tags, places string
	if err = in.Scan(&s.ID, &s.Number, &s.Title, &s.Matter, &tags, &places); err != nil {
		return s, err
	}
	if s.Tags, err = db.FromJSON[[]string](tags); err == nil {
		s.Places, err = db.FromJSON[[]string](places)
	}
	return s, err
}

// handovers lists the things to run that somebody left: the day of the leaving, and the day on which another took the thing over, "" while
// nobody did.
func (r *Room) handovers(ctx context.Context) ([]handover, error) {
	return db.All(ctx, r.Reads, func(row db.Row) (h handover, err error) { return h, row.Scan(&h.left, &h.taken) }, `SELECT h.leaves_on, i.taken_on
		FROM passation_item i JOIN passation_handover h ON h.id = i.handover AND h.status <> 'dropped'
		WHERE i.kind = 'owner' AND i.status <> 'released' ORDER BY i.id`)
}

func (r *Room) sponsors(ctx context.Context, initiative id.ID) (int, error) {
	return db.One(ctx, r.Reads, db.Scalar[int], `SELECT COUNT(*) FROM portfolio_holder WHERE initiative = $1 AND role = 'sponsor' AND to_day = '9999-12-31'`, initiative)
}

// undecided lists the days on which the questions that still wait were put.
func (r *Room) undecided(ctx context.Context) ([]calendar.Day, error) {
	return db.All(ctx, r.Reads, db.Scalar[calendar.Day], `SELECT asked_on FROM portfolio_arbitration WHERE status IN ('asked', 'postponed', 'returned') ORDER BY asked_on, id`)
}

// EffaceCopies puts act.Effaced in the place of the reason of a contest. It is an act.Copies.
func (r *Room) EffaceCopies(tx *act.Tx, f act.Forgotten) (rows []act.Row, err error) {
	if f.Subject.Type != "measures" {
		return nil, nil
	}
	which, err := db.All(tx.Context(), tx, db.Scalar[id.ID], `SELECT id FROM measures_contest WHERE id = $1 AND why = $2`, f.Subject.ID, f.Body)
	for _, row := range which {
		if err := tx.Exec(`UPDATE measures_contest SET why = $1, version = version + 1 WHERE id = $2`, act.Effaced, row); err != nil {
			return nil, err
		}
		rows = append(rows, act.Row{Table: "measures_contest", ID: row})
	}
	return rows, err
}
