package pabulib

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"unicode/utf8"
)

// Limits bound what a reader will hold. A zero field takes the default.
type Limits struct {
	Bytes    int64 // length of the file, default 512 MiB
	Record   int   // bytes in one record (a line, or several when quoted), default 1 MiB
	Columns  int   // columns of a section, default 200
	Projects int   // default 20,000
	Votes    int   // default 5,000,000
}

func (l Limits) orDefault() Limits {
	pick := func(v, def int) int {
		if v > 0 {
			return v
		}
		return def
	}
	if l.Bytes <= 0 {
		l.Bytes = 512 << 20
	}
	l.Record = pick(l.Record, 1<<20)
	l.Columns = pick(l.Columns, 200)
	l.Projects = pick(l.Projects, 20_000)
	l.Votes = pick(l.Votes, 5_000_000)
	return l
}

// scanner splits the input into records of fields. The fields of a record are valid until the next.
type scanner struct {
	in      *bufio.Reader
	limits  Limits
	report  *report
	line    int // line of the record's beginning
	next    int // line after the record
	read    int64
	bom     bool
	crlf    int  // lines that end with \r\n
	lf      int  // lines that end with \n alone
	unended bool // the last line has no terminator
	text    []byte
	fields  []string
}

func newScanner(r io.Reader, limits Limits, rep *report) *scanner {
	return &scanner{in: bufio.NewReaderSize(r, 64<<10), limits: limits, report: rep, next: 1}
}

// start looks at the first bytes: a byte order mark is remembered, what is no text is refused.
func (s *scanner) start() error {
	head, _ := s.in.Peek(4)
	switch {
	case len(head) == 0:
		return s.report.stop(1, "file.empty")
	case bytes.HasPrefix(head, []byte{0xEF, 0xBB, 0xBF}):
		s.bom = true
		_, err := s.in.Discard(3)
		return err
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}), bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		return s.report.stop(1, "file.utf16")
	case bytes.HasPrefix(head, []byte{0x1F, 0x8B}), bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return s.report.stop(1, "file.compressed")
	}
	return nil
}

// record reads the next record that is not blank; io.EOF at the end of the file.
func (s *scanner) record() ([]string, error) {
	for {
		if s.report.more > hopeless {
			return nil, s.report.stop(s.next, "file.hopeless", "a", hopeless)
		}
		s.line = s.next
		s.text = s.text[:0]
		if err := s.readLine(); err != nil {
			return nil, err
		}
		if len(bytes.TrimSpace(s.text)) > 0 {
			break
		}
		s.report.add(s.line, "file.blank_line", "skipped")
	}
	return s.split()
}

// readLine appends one line, without its terminator, to the text of the record.
func (s *scanner) readLine() error {
	begin := len(s.text)
	for {
		part, err := s.in.ReadSlice('\n')
		s.read += int64(len(part))
		if s.read > s.limits.Bytes {
			return s.report.stop(s.next, "file.too_long", "a", s.limits.Bytes)
		}
		if len(s.text)+len(part) > s.limits.Record {
			return s.report.stop(s.line, "record.too_long", "a", s.limits.Record)
		}
		s.text = append(s.text, part...)
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if err != nil && len(s.text) == begin {
			return io.EOF
		}
		break
	}
	return s.endLine(begin)
}

// endLine takes off the terminator and checks that the line is text.
func (s *scanner) endLine(begin int) error {
	s.next++
	if n := len(s.text); n > begin && s.text[n-1] == '\n' {
		s.text = s.text[:n-1]
		if n-1 > begin && s.text[n-2] == '\r' {
			s.text = s.text[:n-2]
			s.crlf++
		} else {
			s.lf++
		}
	} else {
		s.unended = true
	}
	line := s.text[begin:]
	if bytes.IndexByte(line, 0) >= 0 {
		return s.report.stop(s.next-1, "file.binary")
	}
	if !utf8.Valid(line) {
		s.report.add(s.next-1, "file.encoding", "decoded")
		s.text = append(s.text[:begin], fromWindows1252(line)...)
	}
	return nil
}

// fromWindows1252 reads bytes as that code page, in which such files are most often mis-saved.
func fromWindows1252(line []byte) []byte {
	const high = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ"
	table := []rune(high)
	out := make([]rune, 0, len(line))
	for _, b := range line {
		if b >= 0x80 && b < 0xA0 {
			out = append(out, table[b-0x80])
		} else {
			out = append(out, rune(b))
		}
	}
	return []byte(string(out))
}

// split cuts the record at its semicolons. The common record has no quotes and is cut at once.
func (s *scanner) split() ([]string, error) {
	s.fields = s.fields[:0]
	if bytes.IndexByte(s.text, '"') >= 0 {
		return s.splitQuoted()
	}
	text := string(s.text)
	for from := 0; ; {
		at := indexFrom(text, from)
		s.fields = append(s.fields, text[from:at])
		if at == len(text) {
			return s.fields, s.checkColumns()
		}
		from = at + 1
	}
}

func indexFrom(text string, from int) int {
	for i := from; i < len(text); i++ {
		if text[i] == ';' {
			return i
		}
	}
	return len(text)
}

func (s *scanner) checkColumns() error {
	if len(s.fields) > s.limits.Columns {
		return s.report.stop(s.line, "record.columns", "a", len(s.fields), "b", s.limits.Columns)
	}
	return nil
}
