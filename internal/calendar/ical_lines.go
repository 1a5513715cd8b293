package calendar

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// lines builds content lines (RFC 5545 §3.1): CRLF, folded at 75 octets.
type lines struct {
	buf  []byte
	lang string
}

const maxOctets = 75

func (b *lines) add(name, value string) {
	line := name + ":" + value
	room := maxOctets
	for len(line) > room {
		cut := room
		for !utf8.RuneStart(line[cut]) {
			cut-- // a character is never cut in two: some agendas unfold after decoding
		}
		b.buf = append(b.buf, line[:cut]...)
		b.buf = append(b.buf, "\r\n "...)
		line, room = line[cut:], maxOctets-1
	}
	b.buf = append(b.buf, line...)
	b.buf = append(b.buf, "\r\n"...)
}

// text adds a TEXT value, nothing when it is empty.
func (b *lines) text(name, value string) {
	if value != "" {
		b.add(name, escape(value))
	}
}

func (b *lines) texts(name string, values []string) {
	if len(values) == 0 {
		return
	}
	escaped := make([]string, len(values))
	for i, v := range values {
		escaped[i] = escape(v)
	}
	b.add(name, strings.Join(escaped, ","))
}

func (b *lines) language() string { return ";LANGUAGE=" + orElse(b.lang, "fr") }

func (b *lines) day(name string, d Day) {
	b.add(name+";VALUE=DATE", strings.ReplaceAll(string(d), "-", ""))
}

func (b *lines) utc(name string, t time.Time) {
	b.add(name, t.UTC().Format("20060102T150405Z"))
}

// instant writes legal time, so that agendas show what the convening letter says. The hour that autumn
// repeats is written in UTC: its second pass has no such name, and parsers disagree on which of the two
// the name means (RFC 5545 says the first, ical.js reads the second).
func (b *lines) instant(name string, t time.Time) {
	if repeated(t) || repeated(t.Add(time.Hour)) {
		b.utc(name, t)
		return
	}
	b.add(name+";TZID=Europe/Paris", t.In(paris).Format("20060102T150405"))
}

var escapes = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`)

func escape(s string) string { return clean(escapes.Replace(s)) }

// clean drops the control characters and broken bytes that no content line may hold.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\t' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}

// commonName is the CN parameter; a parameter cannot hold a double quote (RFC 5545 §3.2).
func commonName(name string) string {
	if name == "" {
		return ""
	}
	return `;CN="` + strings.ReplaceAll(clean(name), `"`, "'") + `"`
}

func mailto(email string) string { return "mailto:" + clean(email) }
