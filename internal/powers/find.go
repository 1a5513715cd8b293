package powers

import (
	"context"
	"strings"

	"parvis/internal/db"
	"parvis/internal/i18n"
	"parvis/internal/id"
)

// Found is a unit or a post that a search found.
type Found struct {
	Type         string // unit or post
	ID           id.ID
	Code         string
	Name, NameEN string
	Unit, UnitEN string // of a post: the name of its unit
}

// Find looks for units whose name or code holds the words, and for posts whose title or code begins with
// them, at a moment. Case and accents do not count.
func Find(ctx context.Context, q db.Querier, text string, m Moment, limit int) ([]Found, error) {
	words := strings.Fields(i18n.Fold(text))
	if len(words) == 0 {
		return nil, nil
	}
	all, err := unitNamesAt(ctx, q, m)
	if err != nil {
		return nil, err
	}
	var out []Found
	for _, u := range all {
		if len(out) < limit && holdsAll(u.fold+" "+strings.ToLower(u.Code), words) {
			out = append(out, u.Found)
		}
	}
	found, err := postsBeginning(ctx, q, m, strings.Join(words, " "), strings.TrimSpace(text), limit-len(out))
	return append(out, found...), err
}

func holdsAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}
