package participation

import (
	"context"
	"slices"

	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// Sheet is an election with its lots, as far as the visitor may read it.
type Sheet struct {
	Election
	Lots []Lot
}

// LotSheet is one lot with its projects, in the order of the ballot.
type LotSheet struct {
	Election
	Lot      Lot
	Projects []Project
}

// Summary is one election of a list.
type Summary struct {
	Election
	Lots      int
	Voters    int64
	Projects  int
	Won       int
	SpentIn   int64 // cents
	Envelopes int64 // cents
}

// List lists the elections that the visitor may read, the latest first.
func (r *Room) List(ctx context.Context, v identity.Visitor) ([]Summary, error) {
	return listElections(ctx, r.reads, v)
}

// Sheet reads an election by its number or id. Faults: NotFound; Gone for what was withdrawn after it was
// public.
func (r *Room) Sheet(ctx context.Context, v identity.Visitor, which string) (Sheet, error) {
	e, err := readElection(ctx, r.reads, v, which)
	if err != nil {
		return Sheet{}, err
	}
	s := Sheet{Election: e}
	if s.Lots, err = loadLots(ctx, r.reads, e); err != nil {
		return s, err
	}
	for i, l := range s.Lots {
		s.Lots[i] = l.shown()
	}
	return s, nil
}

// Lot finds a lot of a sheet by its code.
func (s Sheet) Lot(code string) (Lot, error) {
	i := slices.IndexFunc(s.Lots, func(l Lot) bool { return l.Code == code })
	if i < 0 {
		return Lot{}, fault.New(fault.NotFound, "participation.lot.not_found")
	}
	return s.Lots[i], nil
}

// LotSheet reads one lot of an election; code "" is its only one.
func (r *Room) LotSheet(ctx context.Context, s Sheet, code string) (LotSheet, error) {
	if code == "" && len(s.Lots) > 0 {
		code = s.Lots[0].Code
	}
	l, err := s.Lot(code)
	if err != nil {
		return LotSheet{}, err
	}
	out := LotSheet{Election: s.Election, Lot: l}
	if out.Projects, err = loadProjects(ctx, r.reads, s.Election, l.ID); err != nil {
		return out, err
	}
	for i, p := range out.Projects {
		out.Projects[i] = p.shown(l)
	}
	return out, nil
}

// Project finds a project of the lot by its code.
func (s LotSheet) Project(code string) (Project, error) {
	i := slices.IndexFunc(s.Projects, func(p Project) bool { return p.Code == code })
	if i < 0 {
		return Project{}, fault.New(fault.NotFound, "participation.project.not_found")
	}
	return s.Projects[i], nil
}

// Of lists the projects that became an initiative, in elections that the visitor may read.
func (r *Room) Of(ctx context.Context, v identity.Visitor, initiative id.ID) ([]Origin, error) {
	return originsOf(ctx, r.reads, v, initiative)
}

// Origin is the project of an election that an initiative comes from.
type Origin struct{ Number, Election, Lot, Code, Title string }

// ProjectPlace finds where a project stands, for its permanent address.
func (r *Room) ProjectPlace(ctx context.Context, v identity.Visitor, project id.ID) (Origin, error) {
	o, err := placeOf(ctx, r.reads, v, project)
	return o, notFound(err)
}
