package i18n

import (
	"errors"
	"strings"
)

// message is a parsed text: literal, {name}, literal, {name}, …, literal. There is always one more
// literal than names, so that a message without placeholder costs nothing to print.
type message struct {
	literals []string
	names    []string
	size     int // of the literals
}

var errBrace = errors.New("a { without its }; write {{ or }} for a brace")

// parse reads "text {name} text"; {{ and }} stand for braces.
func parse(text string) (message, error) {
	m := message{size: len(text)}
	var lit strings.Builder
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case (c == '{' || c == '}') && i+1 < len(text) && text[i+1] == c:
			lit.WriteByte(c)
			i++
		case c == '}':
			return message{}, errBrace
		case c == '{':
			end := strings.IndexByte(text[i:], '}')
			if end < 2 || strings.ContainsAny(text[i+1:i+end], "{ ") {
				return message{}, errBrace
			}
			m.literals = append(m.literals, lit.String())
			m.names = append(m.names, text[i+1:i+end])
			lit.Reset()
			i += end
		default:
			lit.WriteByte(c)
		}
	}
	m.literals = append(m.literals, lit.String())
	return m, nil
}
