package i18n

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"

	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/money"
)

// Printer prints in one language. It is immutable and safe for concurrent use.
type Printer struct {
	lang     string
	usage    usage
	messages map[string]message
}

// Key is a message key given as an argument: it is printed as its own message.
type Key string

// ByLang is an argument kept in several languages, by language: a printer says it in its own, else in French.
type ByLang map[string]string

// Bytes is a size of data given as an argument: it is printed as "1,2 Mo".
type Bytes int64

// Lang is the BCP 47 tag of the language, for the lang attribute.
func (p *Printer) Lang() string { return p.lang }

// Has tells whether the language has a message for the key.
func (p *Printer) Has(key string) bool {
	_, ok := p.messages[key]
	return ok
}

// T prints the message of key; args are pairs "name", value. A text is printed as it is, a whole
// number with its groups (give a year or an identifier as text), a day, a Fuzzy date, a Period, an
// amount and an instant in the usage of the language, a Key as its message. A missing key is printed
// ⟦key⟧ and a missing argument ⟦name⟧.
func (p *Printer) T(key string, args ...any) string {
	m, ok := p.messages[key]
	if !ok {
		return "⟦" + key + "⟧"
	}
	if len(m.names) == 0 {
		return m.literals[0]
	}
	return p.fill(m, nil, args)
}

// N prints the plural form of key that n calls for, key.one, key.many (French millions, optional) or
// key.other; {n} is the number.
func (p *Printer) N(key string, n int64, args ...any) string {
	m, ok := p.plural(key, n)
	if !ok {
		return "⟦" + key + ".other⟧"
	}
	if len(m.names) == 0 {
		return m.literals[0]
	}
	return p.fill(m, &n, args)
}

func (p *Printer) plural(key string, n int64) (message, bool) {
	if form := p.usage.plural(n); form != other {
		if m, ok := p.messages[key+"."+form]; ok {
			return m, true
		}
	}
	m, ok := p.messages[key+"."+other]
	return m, ok
}

func (p *Printer) fill(m message, n *int64, args []any) string {
	var b strings.Builder
	b.Grow(m.size + 16*len(m.names))
	for i, name := range m.names {
		b.WriteString(m.literals[i])
		b.WriteString(p.argument(name, n, args))
	}
	b.WriteString(m.literals[len(m.names)])
	return b.String()
}

func (p *Printer) argument(name string, n *int64, args []any) string {
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] == name {
			return p.Value(args[i+1])
		}
	}
	if n != nil && name == "n" {
		return p.Number(*n)
	}
	return "⟦" + name + "⟧"
}

// Value prints one value the way T prints its arguments.
func (p *Printer) Value(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case Key:
		return p.T(string(v))
	case Bytes:
		return p.Bytes(int64(v))
	case int:
		return p.Number(int64(v))
	case int64:
		return p.Number(v)
	case float64:
		return p.Decimal(v, -1)
	case calendar.Day:
		return p.Day(v)
	case calendar.Hour:
		return p.Hour(v)
	case calendar.Fuzzy:
		return p.Fuzzy(v)
	case calendar.Period:
		return p.Period(v)
	case money.Amount:
		return p.Money(v)
	case time.Time:
		return p.Time(v)
	case []string:
		return p.List(v)
	case ByLang:
		return cmp.Or(v[p.lang], v[French])
	case error:
		return p.Error(v)
	}
	return fmt.Sprint(v)
}

// Error prints what a person may read of err: the message of the first fault in its chain, else
// that of an internal failure, which gives no detail.
func (p *Printer) Error(err error) string {
	if f, ok := errors.AsType[*fault.Error](err); ok {
		return p.T(f.Key, f.Args...)
	}
	return p.T("fault.internal")
}

// Field prints the defect of one field of a fault.
func (p *Printer) Field(f fault.Field) string { return p.T(f.Key, f.Args...) }
