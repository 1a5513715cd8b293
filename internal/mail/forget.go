package mail

import (
	"encoding/json"
	"strings"
	"unicode"

	"parvis/internal/db"
	"parvis/internal/id"
)

// Forget removes the letters that say a text and have not left: the text is being effaced.
func Forget(tx db.Transaction, text string) error {
	type kept struct {
		id      id.ID
		content string
	}
	waiting, err := db.All(tx.Context(), tx, func(r db.Row) (k kept, err error) { return k, r.Scan(&k.id, &k.content) },
		`SELECT id, content FROM mail_outbox WHERE content <> '' ORDER BY id`)
	if err != nil {
		return err
	}
	for _, k := range waiting {
		var l letter
		if err := json.Unmarshal([]byte(k.content), &l); err != nil {
			return err
		}
		if !strings.Contains(unspaced(l.Subject+l.Text), unspaced(text)) {
			continue
		}
		if err := tx.Exec(`DELETE FROM mail_outbox WHERE id = $1`, k.id); err != nil {
			return err
		}
	}
	return nil
}

// unspaced leaves out what wrapping adds and moves.
func unspaced(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}
