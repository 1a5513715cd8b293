package powers

import (
	"strings"

	"parvis/internal/fault"
)

// isCode tells whether s can be a code: letters, digits and - _ . : without spaces, at most 80 bytes.
// Codes are institutional: they are stored in acts, in lists apart by spaces, and written in profiles.
func isCode(s string) bool {
	if s == "" || len(s) > 80 {
		return false
	}
	for _, r := range s {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
		if !letter && !strings.ContainsRune("-_.:*", r) {
			return false
		}
	}
	return true
}

func checkCode(err *fault.Error, code string) {
	if !isCode(code) {
		err.At("code", "powers.code_invalid", "code", code)
	}
}

const longestName = 300

func checkName(err *fault.Error, field, name string) {
	switch {
	case strings.TrimSpace(name) == "":
		err.At(field, "powers.name_missing")
	case len(name) > longestName:
		err.At(field, "powers.name_long", "max", longestName)
	}
}
