package outbound

import (
	"io"

	"parvis/internal/fault"
	"parvis/internal/i18n"
)

// limited reads a body up to its limit and then fails: a cut answer must not pass for a whole one.
type limited struct {
	io.ReadCloser
	left, max int64
}

// Read fails with fault.TooLarge once more than the limit was there to read.
func (l *limited) Read(p []byte) (int, error) {
	if int64(len(p)) > l.left+1 {
		p = p[:l.left+1]
	}
	n, err := l.ReadCloser.Read(p)
	if int64(n) > l.left {
		return int(l.left), tooLarge(l.max)
	}
	l.left -= int64(n)
	return n, err
}

func tooLarge(limit int64) error {
	return fault.New(fault.TooLarge, "outbound.too_large", "limit", i18n.Bytes(limit))
}
