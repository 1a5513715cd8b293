package participation

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"parvis/internal/blob"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/participation/pabulib"
)

// maxLots bounds the files of one import.
const maxLots = 100

// Staged is what somebody brought, before it is an election.
type Staged struct {
	ID       id.ID
	MadeAt   time.Time
	Title    string
	Lang     string
	City     string
	Currency string
	Opened   calendar.Fuzzy
	Closed   calendar.Fuzzy
	Lots     []StagedLot
}

// StagedLot is one file of an import.
type StagedLot struct {
	Lot
	File    string // as its sender called it
	List    []Project
	Repairs []pabulib.Defect
	More    int // repairs beyond those listed
}

// Voters is the number of ballots of all lots together.
func (s Staged) Voters() (n int64) {
	for _, l := range s.Lots {
		n += l.Voters
	}
	return n
}

// Bring is a file handed in: the first of an import, or one more lot of it.
type Bring struct {
	Import id.ID // "": a new one
	File   string
	Strict bool
	In     io.Reader
}

// Stage reads a file and keeps it until somebody makes it live. A file that is refused leaves nothing
// behind, and what was staged before it stays as it was.
//
// Faults: *pabulib.Error with every defect; Denied; TooLarge; Invalid when its lot cannot stand beside the
// others (another currency, another kind of ballot).
func (r *Room) Stage(ctx context.Context, v identity.Visitor, b Bring) (Staged, error) {
	s, err := r.stageTo(ctx, v, b.Import)
	if err != nil {
		return s, err
	}
	in, err := readFile(b.In, b.Strict)
	if err != nil {
		return s, err
	}
	if err := s.admit(in); err != nil {
		return s, err
	}
	kept, err := r.blobs.Put(ctx, bytes.NewReader(in.ballots), blob.Limits{Size: 2 * MaxFile, Media: []blob.Media{blob.Text}})
	if err != nil {
		return s, err
	}
	in.Ballots, in.Size, in.File = string(kept.Digest), kept.Size, b.File
	s.add(in)
	return s, r.writer.Traffic(ctx, func(tx *db.Tx) error {
		if s.ID == "" {
			s.ID, s.MadeAt = id.New(tx.Now()), tx.Now()
		}
		return putStaged(tx, v.Account, s)
	})
}

func (r *Room) stageTo(ctx context.Context, v identity.Visitor, old id.ID) (Staged, error) {
	if !v.Inside() {
		return Staged{}, fault.New(fault.Denied, "participation.agents_only")
	}
	if old == "" {
		return Staged{}, nil
	}
	return r.Staged(ctx, v, old)
}

// Staged reads an import of the visitor's own account.
func (r *Room) Staged(ctx context.Context, v identity.Visitor, staged id.ID) (Staged, error) {
	if !v.Inside() {
		return Staged{}, fault.New(fault.NotFound, "participation.import.not_found")
	}
	return loadStaged(ctx, r.reads, v.Account, staged)
}

// DropStaged forgets an import that was not made live.
func (r *Room) DropStaged(ctx context.Context, v identity.Visitor, staged id.ID) error {
	return r.writer.Traffic(ctx, func(tx *db.Tx) error { return deleteStaged(tx, v.Account, staged) })
}

// admit refuses a lot that cannot be counted with the others of the import.
func (s Staged) admit(in incoming) error {
	switch {
	case len(s.Lots) == 0:
		return nil
	case len(s.Lots) == maxLots:
		return fault.New(fault.TooLarge, "participation.import.too_many_lots", "max", maxLots)
	case in.about.currency != s.Currency:
		return invalid("file", "participation.import.currency", "one", s.Currency, "other", in.about.currency)
	case in.Kind != s.Lots[0].Kind:
		return invalid("file", "participation.import.kinds")
	}
	for _, l := range s.Lots {
		if l.Brought == in.Brought {
			return invalid("file", "participation.import.twice", "lot", l.Name)
		}
	}
	return nil
}

// add puts a lot at the end; the first one says what the vote is.
func (s *Staged) add(in incoming) {
	if len(s.Lots) == 0 {
		a := in.about
		s.Title, s.City, s.Currency, s.Opened, s.Closed = a.title, a.city, a.currency, a.opened, a.closed
		s.Lang = i18n.French
		if a.lang == i18n.English {
			s.Lang = i18n.English
		}
	}
	l := in.StagedLot
	l.Rank, l.Name = len(s.Lots)+1, s.freeName(l.Name)
	l.Code = s.freeCode(l.Name)
	s.Lots = append(s.Lots, l)
}

func (s *Staged) freeName(name string) string {
	taken := func(n string) bool { return slices.ContainsFunc(s.Lots, func(l StagedLot) bool { return l.Name == n }) }
	return free(cmp.Or(name, "Lot"), " ", taken)
}

// freeCode is the name in letters that stand in a document of rules and in an address.
func (s *Staged) freeCode(name string) string {
	code := strings.Join(strings.FieldsFunc(i18n.Fold(name), func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9') }), "-")
	taken := func(c string) bool { return slices.ContainsFunc(s.Lots, func(l StagedLot) bool { return l.Code == c }) }
	return free(cmp.Or(code, "lot"), "-", taken)
}

// free adds a number to a name that is taken.
func free(name, sep string, taken func(string) bool) string {
	if !taken(name) {
		return name
	}
	for n := 2; ; n++ {
		if next := name + sep + strconv.Itoa(n); !taken(next) {
			return next
		}
	}
}
