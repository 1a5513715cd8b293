package notify

import (
	"strings"

	"parvis/internal/db"
	"parvis/internal/id"
)

// ForgetText removes the notices that say a text, told or not: the text is being effaced.
func ForgetText(tx db.Transaction, text string) error {
	type kept struct {
		id   id.ID
		args string
	}
	all, err := db.All(tx.Context(), tx, func(r db.Row) (k kept, err error) { return k, r.Scan(&k.id, &k.args) },
		`SELECT id, args FROM op_notice ORDER BY id`)
	if err != nil {
		return err
	}
	for _, k := range all {
		args, err := decodeArgs(k.args)
		if err != nil {
			return err
		}
		if !says(args, text) {
			continue
		}
		if err := tx.Exec(`DELETE FROM op_notice WHERE id = $1`, k.id); err != nil {
			return err
		}
	}
	return nil
}

func says(args []any, text string) bool {
	for _, a := range args {
		if s, ok := a.(string); ok && strings.Contains(s, text) {
			return true
		}
	}
	return false
}
