package search

import "parvis/internal/db"

// Unlearn forgets the words of a text that no document holds any more: they would still be proposed to whoever
// mistypes them. The documents that held the text are removed before.
func Unlearn(tx db.Transaction, text string) error {
	for _, w := range split(text) {
		err := tx.Exec(`DELETE FROM op_search_word WHERE term = $1 AND NOT EXISTS (SELECT 1 FROM op_search_token t WHERE t.term = $1)`, w.folded)
		if err != nil {
			return err
		}
	}
	return nil
}
