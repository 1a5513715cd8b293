package participation

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/money"
	"parvis/internal/participation/pabulib"
	"parvis/internal/participation/tally"
)

// MaxFile bounds one file of ballots, in bytes. The largest public election known has 9 MB.
const MaxFile = 96 << 20

// maxProjects bounds the projects of one lot.
const maxProjects = 3000

// incoming is one file read: the lot it holds, and the file of its ballots as it will be kept.
type incoming struct {
	StagedLot
	about   heading
	ballots []byte
}

// heading is what a file says of the vote as a whole.
type heading struct {
	title, city, currency, lang string
	opened, closed              calendar.Fuzzy
}

// readFile reads one .pb file whole. Strict reading refuses every defect, tolerant reading says what it
// repaired; neither guesses at what a voter meant.
//
// Faults: *pabulib.Error with every defect and its line; TooLarge participation.import.too_many_projects.
func readFile(in io.Reader, strict bool) (incoming, error) {
	hash := sha256.New()
	r, err := pabulib.Open(io.TeeReader(in, hash), pabulib.Options{Strict: strict, Limits: pabulib.Limits{Bytes: MaxFile}})
	if err != nil {
		return incoming{}, err
	}
	if n := len(r.Header.Projects); n > maxProjects {
		return incoming{}, fault.New(fault.TooLarge, "participation.import.too_many_projects", "n", n, "max", maxProjects)
	}
	rows, votes, err := ballotRows(r)
	if err != nil {
		return incoming{}, err
	}
	out := incoming{about: headingOf(r.Header)}
	if out.ballots, err = canonicalFile(r.Header, rows); err != nil {
		return out, err
	}
	repairs, more := r.Defects()
	out.StagedLot, err = lotOf(r.Header, rows, votes)
	out.Brought, out.Repairs, out.More = hex.EncodeToString(hash.Sum(nil)), repairs, more
	return out, err
}

// ballotRow is one ballot without its voter.
type ballotRow struct{ vote, points string }

// ballotRows reads the ballots in an order that tells nothing: that of their bytes.
func ballotRows(r *pabulib.Reader) (rows []ballotRow, votes []int64, err error) {
	votes = make([]int64, len(r.Header.Projects))
	scored := scored(r.Header)
	for {
		v, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, nil, err
		}
		for _, c := range v.Choices {
			if !scored || c.Points > 0 {
				votes[c.Project]++
			}
		}
		rows = append(rows, rowOf(r.Header, v, scored))
	}
	slices.SortFunc(rows, func(a, b ballotRow) int { return cmp.Or(cmp.Compare(a.vote, b.vote), cmp.Compare(a.points, b.points)) })
	return rows, votes, nil
}

func rowOf(h *pabulib.Header, v *pabulib.Vote, scored bool) ballotRow {
	var vote, points strings.Builder
	for i, c := range v.Choices {
		if i > 0 {
			vote.WriteByte(',')
			points.WriteByte(',')
		}
		vote.WriteString(h.Projects[c.Project].ID)
		points.WriteString(strconv.FormatInt(c.Points, 10))
	}
	if !scored {
		return ballotRow{vote: vote.String()}
	}
	return ballotRow{vote.String(), points.String()}
}

// scored tells whether ballots carry points.
func scored(h *pabulib.Header) bool {
	kind := h.Get("vote_type")
	return kind == "cumulative" || kind == "scoring"
}

// canonicalFile writes the ballots as they are kept: voters are numbers in the order of the sorted
// ballots, and nothing else is said of them.
func canonicalFile(h *pabulib.Header, rows []ballotRow) ([]byte, error) {
	kept := &pabulib.Header{ProjectColumns: without(h.ProjectColumns, "proposer"), VoteColumns: []string{"voter_id", "vote"}}
	if scored(h) {
		kept.VoteColumns = append(kept.VoteColumns, "points")
	}
	for _, f := range h.Meta {
		switch f.Key {
		case "num_votes":
			f.Value = strconv.Itoa(len(rows))
		case "num_projects":
			f.Value = strconv.Itoa(len(h.Projects))
		}
		kept.Meta = append(kept.Meta, f)
	}
	for _, p := range h.Projects {
		kept.Projects = append(kept.Projects, keptProject(h, kept, p))
	}
	var out bytes.Buffer
	w := pabulib.NewWriter(&out, kept)
	for i, row := range rows {
		fields := []string{strconv.Itoa(i + 1), row.vote, row.points}
		w.Vote(fields[:len(kept.VoteColumns)]...)
	}
	err := w.Flush()
	return out.Bytes(), err
}

func keptProject(h, kept *pabulib.Header, p pabulib.Project) pabulib.Project {
	values := map[string]string{}
	for _, c := range kept.ProjectColumns {
		values[c] = h.Field(p, c)
	}
	values["project_id"], values["cost"] = p.ID, decimalText(p.Cost)
	return pabulib.NewProject(kept, values)
}

// decimalText writes a cost as it was understood, not as it was typed.
func decimalText(d pabulib.Decimal) string {
	digits := strconv.FormatInt(d.Digits, 10)
	if d.Places == 0 {
		return digits
	}
	for len(digits) <= d.Places {
		digits = "0" + digits
	}
	return digits[:len(digits)-d.Places] + "." + digits[len(digits)-d.Places:]
}

func without(list []string, name string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == name })
}

func headingOf(h *pabulib.Header) heading {
	return heading{title: h.Get("description"), city: h.Get("unit"), currency: cmp.Or(h.Get("currency"), money.EUR), lang: h.Get("language"),
		opened: dayOf(h.Get("date_begin")), closed: dayOf(h.Get("date_end"))}
}

// dayOf turns DD.MM.YYYY or YYYY around.
func dayOf(s string) calendar.Fuzzy {
	if parts := strings.Split(s, "."); len(parts) == 3 {
		s = parts[2] + "-" + parts[1] + "-" + parts[0]
	}
	f, err := calendar.ParseFuzzy(s)
	if err != nil {
		return ""
	}
	return f
}

// lotOf gives the lot of a file.
func lotOf(h *pabulib.Header, rows []ballotRow, votes []int64) (StagedLot, error) {
	l := StagedLot{Lot: Lot{Kind: kindOf(h), Voters: int64(len(rows)), Projects: len(h.Projects)}}
	l.Name = cmp.Or(h.Get("district"), h.Get("subunit"), h.Get("unit"))
	l.Most, _ = h.Int("max_points")
	for _, row := range rows {
		if row.vote == "" {
			l.Blank++
		}
	}
	if rule, err := tally.Declared(h); err == nil {
		l.Declared = rule.Name
	}
	budget, _ := h.Amount("budget")
	l.Decimals = budget.Places
	currency := cmp.Or(h.Get("currency"), money.EUR)
	l.Envelope = centsOf(budget, currency)
	for i, p := range h.Projects {
		l.Decimals = max(l.Decimals, p.Cost.Places)
		l.List = append(l.List, projectOf(h, p, i, votes[i], currency))
	}
	return l, nil
}

func kindOf(h *pabulib.Header) string {
	switch {
	case scored(h):
		return "points"
	case h.Get("vote_type") == "ordinal":
		return "ordinal"
	}
	return "approval"
}

func projectOf(h *pabulib.Header, p pabulib.Project, i int, votes int64, currency string) Project {
	out := Project{Rank: i + 1, Code: p.ID, Title: cmp.Or(strings.TrimSpace(h.Field(p, "name")), p.ID), About: h.Field(p, "description"),
		Category: h.Field(p, "category"), District: cmp.Or(h.Field(p, "district"), h.Field(p, "neighborhood")), Withdrawn: p.Withdrawn(),
		Votes: votes, Declared: h.Field(p, "selected") == "1"}
	if !out.Withdrawn {
		out.Cost = centsOf(p.Cost, currency)
	}
	lat, err := strconv.ParseFloat(h.Field(p, "latitude"), 64)
	lon, err2 := strconv.ParseFloat(h.Field(p, "longitude"), 64)
	if err == nil && err2 == nil && lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180 {
		out.Point = &Point{lat, lon}
	}
	return out
}

// centsOf shows an exact amount in cents; finer decimals, which no budget has, are cut.
func centsOf(d pabulib.Decimal, currency string) money.Amount {
	for d.Places > 2 {
		d.Digits /= 10
		d.Places--
	}
	cents, ok := d.Scaled(2)
	if !ok {
		cents = 0
	}
	return money.Amount{Cents: cents, Currency: currency}
}
