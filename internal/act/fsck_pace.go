package act

import (
	"context"

	"parvis/internal/db"
)

// pace tells how far a check has come, in rows read. The state counts its seals once more, for its rows are not
// counted beforehand.
type pace struct {
	done, total int64
	tell        func(done, total int64)
}

func (p *pace) measure(ctx context.Context, q db.Querier) (err error) {
	if p.tell == nil {
		return nil
	}
	p.total, err = db.One(ctx, q, db.Scalar[int64], `SELECT (SELECT count(*) FROM act) + (SELECT count(*) FROM act_text)
		+ 2 * (SELECT count(*) FROM act_seal) + (SELECT count(*) FROM log_leaf)`)
	return err
}

func (p *pace) step(rows int) {
	if p.done += int64(rows); p.tell != nil {
		p.tell(p.done, p.total)
	}
}
