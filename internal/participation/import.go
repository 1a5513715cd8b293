package participation

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"parvis/internal/act"
	"parvis/internal/blob"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// Import is the form that makes a staged import live.
type Import struct {
	Staged   id.ID
	Title    string
	Lang     string
	Source   string
	Invented bool
	Lots     []string // their names, as they were staged; empty: as they are
	Places   []int    // where each goes, from 1; empty: as they are, and two at one place keep their order
}

const maxTitle, maxSource = 200, 500

func (in Import) check(s Staged) error {
	bad := fault.New(fault.Invalid, "participation.form")
	for _, f := range []struct {
		name, text string
		max        int
	}{{"title", in.Title, maxTitle}, {"source", in.Source, maxSource}} {
		if f.text == "" {
			bad.At(f.name, "participation.required")
		} else if n := len([]rune(f.text)); n > f.max {
			bad.At(f.name, "participation.too_long", "max", f.max, "length", n)
		}
	}
	if in.Lang != "fr" && in.Lang != "en" {
		bad.At("lang", "participation.choose")
	}
	if len(in.Lots) > 0 && len(in.Lots) != len(s.Lots) || len(in.Places) > 0 && len(in.Places) != len(s.Lots) {
		bad.At("lot-1", "participation.required")
	}
	for i, name := range in.Lots {
		field := "lot-" + strconv.Itoa(i+1)
		if name == "" {
			bad.At(field, "participation.required")
		} else if n := len([]rune(name)); n > maxTitle {
			bad.At(field, "participation.too_long", "max", maxTitle, "length", n)
		}
	}
	return bad.OrNil()
}

// arrange gives the lots their names and their order. Codes, which stand in addresses and in the rules,
// follow the names.
func (in Import) arrange(lots []StagedLot) []StagedLot {
	place := map[string]int{} // by file
	for i, l := range lots {
		if len(in.Places) > 0 {
			place[l.Brought] = in.Places[i]
		}
	}
	var out Staged
	for i, l := range lots {
		if len(in.Lots) > 0 {
			l.Name = in.Lots[i]
		}
		l.Name = out.freeName(l.Name)
		l.Code = out.freeCode(l.Name)
		out.Lots = append(out.Lots, l)
	}
	slices.SortStableFunc(out.Lots, func(a, b StagedLot) int { return cmp.Compare(place[a.Brought], place[b.Brought]) })
	for i := range out.Lots {
		out.Lots[i].Rank = i + 1
	}
	return out.Lots
}

// ImportElection makes an election of what was staged, by one act. It is internal to the city until a
// person publishes it.
func (r *Room) ImportElection(ctx context.Context, v identity.Visitor, by act.Actor, in Import) (Election, error) {
	s, err := r.Staged(ctx, v, in.Staged)
	if err != nil {
		return Election{}, err
	}
	in.Title, in.Source = strings.TrimSpace(in.Title), strings.TrimSpace(in.Source)
	for i, name := range in.Lots {
		in.Lots[i] = strings.TrimSpace(name)
	}
	if err := in.check(s); err != nil {
		return Election{}, err
	}
	e, err := do(ctx, r, by, func(tx *act.Tx) (Election, error) { return r.bring(tx, in, s) })
	if err != nil {
		return e, err
	}
	return e, r.DropStaged(ctx, v, s.ID)
}

// bring writes the rows of a new election and the act that explains them.
func (r *Room) bring(tx *act.Tx, in Import, s Staged) (Election, error) {
	e := Election{ID: tx.NewID(), Version: 1, Year: tx.Today().Year(), Title: in.Title, Lang: in.Lang, Source: in.Source, Invented: in.Invented,
		Currency: s.Currency, Opened: s.Opened, Closed: s.Closed, Stage: Imported, Visibility: act.Internal, Author: tx.Actor().Post, ImportedOn: tx.Today()}
	if start := s.Opened.Start(); start != "" {
		e.Year = start.Year()
	}
	// No role of its author: whoever brings a vote would else have the right to because they bring it.
	g, err := tx.Allow(act.Ask{Verb: "participation.election.import", Object: e.Ref()})
	if err != nil {
		return e, err
	}
	if e.Seq, err = nextSeq(tx, e.Year); err != nil {
		return e, err
	}
	e.Number = fmt.Sprintf("V-%d-%d", e.Year, e.Seq)
	out := act.Act{Verb: "participation.election.import", Object: e.Ref(), Version: e.Version, Rows: []act.Row{e.row()},
		Texts: []act.Text{{Name: "title", Lang: e.Lang, Body: e.Title}, {Name: "source", Body: e.Source}},
		Args:  map[string]string{"election": e.Number, "ballots": fmt.Sprint(s.Voters())}}
	if err := putElection(tx, e); err != nil {
		return e, err
	}
	for _, lot := range in.arrange(s.Lots) {
		rows, err := r.bringLot(tx, e, lot)
		if err != nil {
			return e, err
		}
		out.Rows = append(out.Rows, rows...)
		out.Args["brought."+lot.Code], out.Args["ballots."+lot.Code] = lot.Brought, lot.Ballots
	}
	tx.Record(g, out)
	return e, tell(tx, e)
}

func (r *Room) bringLot(tx *act.Tx, e Election, in StagedLot) ([]act.Row, error) {
	l := in.Lot
	l.ID, l.Version, l.Election, l.Repairs = tx.NewID(), 1, e.ID, len(in.Repairs)+in.More
	if err := r.blobs.Cite(tx, blob.Blob{Digest: blob.Digest(l.Ballots), Size: l.Size, Media: blob.Text}, e.Ref()); err != nil {
		return nil, err
	}
	rows := []act.Row{l.row()}
	if err := putLot(tx, l); err != nil {
		return nil, err
	}
	for _, p := range in.List {
		p.ID, p.Version, p.Election, p.Lot = tx.NewID(), 1, e.ID, l.ID
		if err := putProject(tx, p); err != nil {
			return nil, err
		}
		rows = append(rows, p.row())
	}
	return rows, nil
}

// roles are what the rules of a profile may ask about an election.
func (e Election) roles() map[string][]id.ID { return map[string][]id.ID{"author": {e.Author}} }
