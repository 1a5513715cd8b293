package identity

import (
	"cmp"
	"slices"
	"strings"

	"parvis/internal/i18n"
)

// matching keeps the accounts in which the folded text is found, in the order of a dictionary.
func matching(all []Account, text string) []Account {
	keys := make(map[string]string, len(all))
	found := slices.DeleteFunc(all, func(a Account) bool {
		keys[string(a.ID)] = i18n.SortKey(a.Name)
		return !strings.Contains(i18n.Fold(a.Name+" "+a.Email+" "+a.Matricule), text)
	})
	slices.SortStableFunc(found, func(a, b Account) int {
		return cmp.Compare(keys[string(a.ID)], keys[string(b.ID)])
	})
	return found
}
