package portfolio

import "parvis/internal/act"

// touch tells the wall that an initiative changed. Writers are serial, so the numbers only grow.
func touch(tx *act.Tx, i Initiative) error {
	return tx.Exec(`INSERT INTO op_portfolio_change (initiative, seq)
		VALUES ($1, (SELECT COALESCE(MAX(seq), 0) + 1 FROM op_portfolio_change))
		ON CONFLICT (initiative) DO UPDATE SET seq = excluded.seq`, i.ID)
}
