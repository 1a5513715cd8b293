package scdl

import (
	_ "embed"
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"sync"

	"parvis/internal/calendar"
	"parvis/internal/tabular/schema"
)

//go:embed deliberations-2.1.5.json
var descriptor []byte

// Schema is the published schema.
var Schema = sync.OnceValues(func() (*schema.Schema, error) { return schema.Read(descriptor) })

// Deliberation is one line. Votes is nil when the count is not public or there was none: the five columns
// are then empty together.
type Deliberation struct {
	Ref              string // how the city finds it again; in no column
	CollectiviteName string
	SIRET            string
	ID               string
	Date             calendar.Day
	MatterCode       string // nomenclature ACTES, level 2: "8.4"
	MatterName       string
	Object           string
	BudgetYear       string
	BudgetName       string
	Authority        string // PREF038
	Received         calendar.Day
	Votes            *Votes
	URL              string
}

// Votes is a public count. Effectif is the seats of the assembly, Reel those that voted or abstained.
type Votes struct{ Effectif, Reel, Pour, Contre, Abstention int }

// cells is the line in the order of the schema.
func (d Deliberation) cells() []string {
	votes := []string{"", "", "", "", ""}
	if v := d.Votes; v != nil {
		for i, n := range []int{v.Effectif, v.Reel, v.Pour, v.Contre, v.Abstention} {
			votes[i] = strconv.Itoa(n)
		}
	}
	return append(append([]string{d.CollectiviteName, d.SIRET, d.ID, string(d.Date), d.MatterCode, d.MatterName, d.Object, d.BudgetYear,
		d.BudgetName, d.Authority, string(d.Received)}, votes...), d.URL)
}

// Refused is a line that the schema does not accept, with what is wrong in it.
type Refused struct {
	Ref, ID string
	Defects []schema.Defect
}

// Defects is what the schema finds wrong in some columns of a line. The others are not looked at: of an act that is being
// prepared, they are known later.
func (d Deliberation) Defects(columns ...string) ([]schema.Defect, error) {
	s, err := Schema()
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(d.defects(s), func(f schema.Defect) bool { return !slices.Contains(columns, f.Column) }), nil
}

func (d Deliberation) defects(s *schema.Schema) []schema.Defect {
	return s.Validate(s.Header(), [][]string{d.cells()})
}

// Check sorts the lines that a file may hold from those that it may not.
func Check(all []Deliberation) (good []Deliberation, bad []Refused, err error) {
	s, err := Schema()
	if err != nil {
		return nil, nil, err
	}
	for _, d := range all {
		if defects := d.defects(s); len(defects) > 0 {
			bad = append(bad, Refused{d.Ref, d.ID, defects})
		} else {
			good = append(good, d)
		}
	}
	return good, bad, nil
}

// Write writes a file: UTF-8, commas, the header of the schema. Texts are written as they are: a machine
// reads this file, and a leading apostrophe would change them.
func Write(w io.Writer, all []Deliberation) error {
	s, err := Schema()
	if err != nil {
		return err
	}
	c := csv.NewWriter(w)
	c.UseCRLF = true
	if err := c.Write(s.Header()); err != nil {
		return err
	}
	for _, d := range all {
		if err := c.Write(d.cells()); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}
