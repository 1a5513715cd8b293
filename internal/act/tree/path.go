package tree

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// The kinds of numbered files. Level is that of a tile of hashes.
const (
	Entries = "tile/entries"
	Payload = "payload" // ours: what the leaves commit to
)

// Path names a numbered file: a tile of hashes ("tile/0/x001/067"), a bundle of entries
// ("tile/entries/067.p/5") or what the leaves commit to ("payload/067.p/5").
type Path struct {
	Level int    // of a tile of hashes
	Kind  string // "" for a tile of hashes, else Entries or Payload
	Index int64
	Width int // 1 to 256; 256 is a full file
}

// String writes the path as c2sp.org/tlog-tiles does.
func (p Path) String() string {
	prefix := p.Kind
	if prefix == "" {
		prefix = "tile/" + strconv.Itoa(p.Level)
	}
	number := fmt.Sprintf("%03d", p.Index%1000)
	for n := p.Index / 1000; n > 0; n /= 1000 {
		number = fmt.Sprintf("x%03d/%s", n%1000, number)
	}
	if p.Width < Width {
		number += ".p/" + strconv.Itoa(p.Width)
	}
	return prefix + "/" + number
}

var pathForm = regexp.MustCompile(`^(?:tile/(0|[1-9]\d?|entries)|payload)/((?:x\d{3}/){0,5}\d{3})(?:\.p/([1-9]\d{0,2}))?$`)

// ParsePath reads a path; a number written otherwise than c2sp.org/tlog-tiles says is refused.
func ParsePath(s string) (Path, bool) {
	m := pathForm.FindStringSubmatch(s)
	if m == nil {
		return Path{}, false
	}
	p := Path{Width: Width}
	switch m[1] {
	case "":
		p.Kind = Payload
	case "entries":
		p.Kind = Entries
	default:
		p.Level, _ = strconv.Atoi(m[1])
	}
	p.Index, _ = strconv.ParseInt(strings.NewReplacer("x", "", "/", "").Replace(m[2]), 10, 64)
	if m[3] != "" {
		p.Width, _ = strconv.Atoi(m[3])
	}
	canonical := p.Level <= 63 && p.String() == s
	return p, canonical
}

// Paths gives every numbered file of a tree of size entries, tiles of hashes from the lowest level.
func Paths(size int64, each func(Path) error) error {
	for _, kind := range []string{Entries, Payload} {
		if err := row(Path{Kind: kind}, size, each); err != nil {
			return err
		}
	}
	for level, n := 0, size; n > 0; level, n = level+1, n/Width {
		if err := row(Path{Level: level}, n, each); err != nil {
			return err
		}
	}
	return nil
}

func row(p Path, hashes int64, each func(Path) error) error {
	for ; p.Index*Width < hashes; p.Index++ {
		p.Width = int(min(Width, hashes-p.Index*Width))
		if err := each(p); err != nil {
			return err
		}
	}
	return nil
}
