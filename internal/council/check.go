package council

import (
	"unicode/utf8"

	"parvis/internal/calendar"
	"parvis/internal/fault"
)

// Limits of what people type, in characters.
const (
	maxTitle = 250
	maxText  = 20_000
)

// form is the fault that gathers what is wrong in a form.
func form() *fault.Error { return fault.New(fault.Invalid, "council.form") }

func invalid(field, key string, args ...any) error { return form().At(field, key, args...) }

// required asks for a text of at most max characters.
func required(err *fault.Error, field, text string, max int) {
	if text == "" {
		err.At(field, "council.required")
	}
	limited(err, field, text, max)
}

func limited(err *fault.Error, field, text string, max int) {
	if utf8.RuneCountInString(text) > max {
		err.At(field, "council.too_long", "max", max)
	}
}

func oneOf[S ~string](err *fault.Error, field string, value S, all []S) {
	for _, one := range all {
		if one == value {
			return
		}
	}
	err.At(field, "council.choose")
}

func within(err *fault.Error, field string, n, min, max int) {
	if n < min || n > max {
		err.At(field, "council.between", "min", min, "max", max)
	}
}

func checkDay(err *fault.Error, field string, d calendar.Day) {
	if !d.Valid() {
		err.At(field, "council.day")
	}
}

// fresh refuses a form that was filled from an older version than the one that is stored.
func fresh(seen, stored int64, fields ...differing) error {
	if seen == stored {
		return nil
	}
	err := fault.New(fault.Conflict, "council.stale", "seen", seen, "stored", stored)
	for _, f := range fields {
		if f.yours != f.theirs {
			err.At(f.field, "council.stale.field", "yours", f.yours, "theirs", f.theirs)
		}
	}
	return err
}

// differing is a text that somebody else changed meanwhile.
type differing struct{ field, yours, theirs string }
