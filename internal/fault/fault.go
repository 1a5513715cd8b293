// Package fault gives every error that a person may see a kind and a message key.
//
// It holds no text and no HTTP status: a fault is translated at the edge, by web for people and
// for machines (RFC 9457), from the catalogues of package i18n.
package fault

import (
	"errors"
	"fmt"
	"strings"
)

// Kind says what sort of failure happened, so that the edge can choose a status and a page.
type Kind int

// The kinds. Internal is the zero value: an error nobody classified is ours.
const (
	Internal        Kind = iota // a defect or an outage of ours
	Invalid                     // the request says something impossible; Fields tell where
	Unauthenticated             // who is asking must be known first, or known better
	Denied                      // known, and not allowed
	NotFound                    // no such thing, or not visible to the one who asks
	Conflict                    // true when it was typed, no longer true
	Gone                        // was public, is now a tombstone
	TooLarge                    // over a stated limit of size
	TooMany                     // over a stated limit of rate
	Unavailable                 // cannot be done now: disk full, database lost
)

var names = [...]string{"internal", "invalid", "unauthenticated", "denied", "not_found",
	"conflict", "gone", "too_large", "too_many", "unavailable"}

// String gives the stable machine name of the kind.
func (k Kind) String() string { return names[k] }

// Field locates a defect in what was typed: a form field, or a sheet and cell.
type Field struct {
	Name string // the form field, or "Feuille!B4"
	Key  string // message key
	Args []any  // named arguments of the message: "max", 12, …
}

// Error is a failure with a kind, a message key, named arguments and the fields at fault.
type Error struct {
	Kind   Kind
	Key    string
	Args   []any
	Fields []Field
	cause  error
}

// New makes a fault; args are named arguments of the message ("name", value, …).
func New(kind Kind, key string, args ...any) *Error {
	return &Error{Kind: kind, Key: key, Args: args}
}

// Wrap makes a fault that keeps its cause for the operator's log.
func Wrap(cause error, kind Kind, key string, args ...any) *Error {
	return &Error{Kind: kind, Key: key, Args: args, cause: cause}
}

// At adds a field at fault and returns e.
func (e *Error) At(name, key string, args ...any) *Error {
	e.Fields = append(e.Fields, Field{Name: name, Key: key, Args: args})
	return e
}

// Arg is a named argument of the message, nil when it has none of that name.
func (e *Error) Arg(name string) any {
	for i := 0; i+1 < len(e.Args); i += 2 {
		if e.Args[i] == name {
			return e.Args[i+1]
		}
	}
	return nil
}

// OrNil returns e as an error if it names at least one field, else nil: the end of a validation.
func (e *Error) OrNil() error {
	if len(e.Fields) == 0 {
		return nil
	}
	return e
}

// Error is for logs and tests; people read the translated message.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", e.Kind, e.Key)
	for i := 0; i+1 < len(e.Args); i += 2 {
		fmt.Fprintf(&b, " %v=%v", e.Args[i], e.Args[i+1])
	}
	for _, f := range e.Fields {
		fmt.Fprintf(&b, "; %s: %s", f.Name, f.Key)
	}
	if e.cause != nil {
		fmt.Fprintf(&b, ": %v", e.cause)
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.cause }

// KindOf returns the kind of the first fault in err's chain, Internal if there is none.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}
