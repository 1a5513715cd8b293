package strategy

import (
	"context"
	"time"

	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
)

func (c *change) putIndicator(i *Indicator) error {
	return c.put("strategy_indicator", indicatorColumns, indicatorFields(i))
}

func (c *change) putTarget(t *Target) error {
	return c.put("strategy_target", targetColumns, targetFields(t))
}

func (c *change) putMeasure(m *Measure) error {
	return c.put("strategy_measure", measureColumns, measureFields(m))
}

func loadIndicator(ctx context.Context, q db.Querier, indicator id.ID) (Indicator, error) {
	i, err := db.One(ctx, q, scan(indicatorFields), `SELECT `+string(indicatorColumns)+` FROM strategy_indicator WHERE id = $1`, indicator)
	return i, missing(err, "strategy.indicator.not_found")
}

// live loads an indicator that is still measured.
func (c *change) live(indicator id.ID) (Indicator, error) {
	i, err := loadIndicator(c.ctx, c.tx, indicator)
	if err == nil && i.EndedOn != "" {
		err = fault.New(fault.Conflict, "strategy.indicator.ended", "number", i.Number)
	}
	return i, err
}

// Indicators lists what the visitor may read, in the order of their objectives' codes.
func (r *Room) Indicators(ctx context.Context, v identity.Visitor) ([]Indicator, error) {
	return read(ctx, r.reads, indicatorFields, `SELECT `+indicatorColumns.List("i")+` FROM strategy_indicator i
		LEFT JOIN portfolio_objective o ON o.id = i.objective WHERE `+visible(v, "i")+` ORDER BY COALESCE(o.code, ''), i.year, i.seq`)
}

// FindIndicator reads an indicator by its number or its id.
func (r *Room) FindIndicator(ctx context.Context, v identity.Visitor, which string) (Indicator, error) {
	i, err := db.One(ctx, r.reads, scan(indicatorFields), `SELECT `+indicatorColumns.List("i")+` FROM strategy_indicator i WHERE `+visible(v, "i")+
		` AND (i.number = $1 OR i.id = $1)`, which)
	return i, missing(err, "strategy.indicator.not_found")
}

func targetsOf(ctx context.Context, q db.Querier, indicator id.ID) ([]Target, error) {
	return read(ctx, q, targetFields, `SELECT `+string(targetColumns)+` FROM strategy_target WHERE indicator = $1 AND dropped_on = '' ORDER BY due, id`, indicator)
}

func loadTarget(ctx context.Context, q db.Querier, target id.ID) (Target, error) {
	t, err := db.One(ctx, q, scan(targetFields), `SELECT `+string(targetColumns)+` FROM strategy_target WHERE id = $1 AND dropped_on = ''`, target)
	return t, missing(err, "strategy.target.not_found")
}

// measuresOf lists the measures that stand, by their last day.
func measuresOf(ctx context.Context, q db.Querier, indicator id.ID) ([]Measure, error) {
	return read(ctx, q, measureFields, `SELECT `+string(measureColumns)+` FROM strategy_measure WHERE indicator = $1 AND replaced_by = '' ORDER BY last_day, period, id`, indicator)
}

// replacedOf lists the measures that a correction replaced.
func replacedOf(ctx context.Context, q db.Querier, indicator id.ID) ([]Measure, error) {
	return read(ctx, q, measureFields, `SELECT `+string(measureColumns)+` FROM strategy_measure WHERE indicator = $1 AND replaced_by <> '' ORDER BY last_day, id`, indicator)
}

// allTargets and allMeasures read those of every readable indicator at once, for pages of many.
func (r *Room) allTargets(ctx context.Context, v identity.Visitor) ([]Target, error) {
	return read(ctx, r.reads, targetFields, `SELECT `+targetColumns.List("t")+` FROM strategy_target t JOIN strategy_indicator i ON i.id = t.indicator
		WHERE t.dropped_on = '' AND `+visible(v, "i")+` ORDER BY t.due, t.id`)
}

func (r *Room) allMeasures(ctx context.Context, v identity.Visitor) ([]Measure, error) {
	return read(ctx, r.reads, measureFields, `SELECT `+measureColumns.List("m")+` FROM strategy_measure m JOIN strategy_indicator i ON i.id = m.indicator
		WHERE m.replaced_by = '' AND `+visible(v, "i")+` ORDER BY m.last_day, m.period, m.id`)
}

// stageSeries keeps a series that was read for the account that brought it.
func stageSeries(tx *db.Tx, account id.ID, s Series) error {
	return tx.Exec(`INSERT INTO op_strategy_import (id, account, made_at, body) VALUES ($1, $2, $3, $4)`, s.ID, account, db.Micros(tx.Now()), jsonText{s}.text())
}

// stagedSeries reads a series of the account's own. Faults: NotFound.
func stagedSeries(ctx context.Context, q db.Querier, account, series id.ID) (s Series, err error) {
	_, err = db.One(ctx, q, func(r db.Row) (struct{}, error) { return struct{}{}, r.Scan(jsonText{&s}) },
		`SELECT body FROM op_strategy_import WHERE id = $1 AND account = $2`, series, account)
	return s, missing(err, "strategy.series.not_found")
}

func dropSeries(tx *db.Tx, account, series id.ID) error {
	return tx.Exec(`DELETE FROM op_strategy_import WHERE id = $1 AND account = $2`, series, account)
}

// Sweep forgets the series that were staged more than a day ago.
func (r *Room) Sweep(ctx context.Context) error {
	return r.writer.Sweep(ctx, 24*time.Hour, `DELETE FROM op_strategy_import WHERE made_at < $1`)
}
