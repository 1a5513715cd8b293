package pabulib

import (
	"errors"
	"io"
	"strings"
)

// splitQuoted cuts a record that holds quotes, reading further lines while a quote is open. A quote
// has a meaning only at the beginning of a field, as in CSV; elsewhere it is a letter.
func (s *scanner) splitQuoted() ([]string, error) {
	for at := 0; ; {
		end, err := s.field(at)
		if err != nil {
			return nil, err
		}
		if err := s.checkColumns(); err != nil {
			return nil, err
		}
		if end >= len(s.text) {
			return s.fields, nil
		}
		at = end + 1
	}
}

// field appends the field that begins at from and returns where it ends: at a semicolon or at the end.
func (s *scanner) field(from int) (int, error) {
	if from >= len(s.text) || s.text[from] != '"' {
		end := from
		for end < len(s.text) && s.text[end] != ';' {
			end++
		}
		s.fields = append(s.fields, string(s.text[from:end]))
		return end, nil
	}
	return s.quoted(from + 1)
}

func (s *scanner) quoted(at int) (int, error) {
	var value strings.Builder
	for {
		if at >= len(s.text) {
			if err := s.continued(); err != nil {
				return 0, err
			}
		}
		c := s.text[at]
		if c != '"' {
			value.WriteByte(c)
			at++
			continue
		}
		if at+1 < len(s.text) && s.text[at+1] == '"' {
			value.WriteByte('"')
			at += 2
			continue
		}
		return s.closed(at+1, &value), nil
	}
}

// continued reads the next line into the record: a quoted field may hold line breaks.
func (s *scanner) continued() error {
	s.text = append(s.text, '\n')
	err := s.readLine()
	if errors.Is(err, io.EOF) {
		return s.report.stop(s.line, "record.quote_open")
	}
	return err
}

// closed ends a quoted field. Letters between the closing quote and the semicolon are a defect.
func (s *scanner) closed(at int, value *strings.Builder) int {
	end := at
	for end < len(s.text) && s.text[end] != ';' {
		end++
	}
	if end > at {
		s.report.add(s.line, "record.after_quote", "joined", "a", clip(string(s.text[at:end])))
		value.Write(s.text[at:end])
	}
	s.fields = append(s.fields, value.String())
	return end
}

// clip shortens a value for a message.
func clip(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}
