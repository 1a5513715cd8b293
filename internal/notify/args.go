package notify

import (
	"encoding/json"
	"fmt"
	"time"

	"parvis/internal/calendar"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/money"
)

// arg keeps a named argument of a text with its type, so that it can be said in the reader's
// language when the time has come.
type arg struct {
	Name   string         `json:"name"`
	Text   *string        `json:"text,omitempty"`
	Key    i18n.Key       `json:"key,omitempty"`
	Number *int64         `json:"number,omitempty"`
	Day    *calendar.Day  `json:"day,omitempty"`
	Hour   *calendar.Hour `json:"hour,omitempty"`
	Amount *money.Amount  `json:"amount,omitempty"`
	At     *time.Time     `json:"at,omitempty"`
}

func encodeArgs(args []any) (string, error) {
	var all []arg
	for i := 0; i+1 < len(args); i += 2 {
		name, ok := args[i].(string)
		a, known := typed(args[i+1])
		if !ok || !known {
			return "", fmt.Errorf("notify: argument %v of type %T cannot be kept", args[i], args[i+1])
		}
		a.Name = name
		all = append(all, a)
	}
	b, err := json.Marshal(all)
	return string(b), err
}

func typed(v any) (arg, bool) {
	switch v := v.(type) {
	case string:
		return arg{Text: &v}, true
	case id.ID:
		text := string(v)
		return arg{Text: &text}, true
	case i18n.Key:
		return arg{Key: v}, true
	case int:
		n := int64(v)
		return arg{Number: &n}, true
	case int64:
		return arg{Number: &v}, true
	case calendar.Day:
		return arg{Day: &v}, true
	case calendar.Hour:
		return arg{Hour: &v}, true
	case money.Amount:
		return arg{Amount: &v}, true
	case time.Time:
		return arg{At: &v}, true
	}
	return arg{}, false
}

func decodeArgs(text string) ([]any, error) {
	var kept []arg
	if err := json.Unmarshal([]byte(text), &kept); err != nil {
		return nil, err
	}
	var args []any
	for _, a := range kept {
		args = append(args, a.Name, a.value())
	}
	return args, nil
}

func (a arg) value() any {
	switch {
	case a.Text != nil:
		return *a.Text
	case a.Number != nil:
		return *a.Number
	case a.Day != nil:
		return *a.Day
	case a.Hour != nil:
		return *a.Hour
	case a.Amount != nil:
		return *a.Amount
	case a.At != nil:
		return *a.At
	}
	return a.Key
}
