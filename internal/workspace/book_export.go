package workspace

import (
	"cmp"
	"context"
	"errors"
	"io"
	"iter"
	"slices"
	"strings"

	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/money"
	"parvis/internal/portfolio"
	"parvis/internal/powers"
	"parvis/internal/tabular"
)

// ExportBook writes the living city as the workbook that ImportBook reads: importing it changes nothing.
// It holds names and addresses: it is for those who may import.
func (w *Workspace) ExportBook(ctx context.Context, out io.Writer) error {
	return w.writeCity(ctx, out, w.pace(len(layouts())))
}

func (w *Workspace) writeCity(ctx context.Context, out io.Writer, p *pace) error {
	lines, failed, err := w.lines(ctx)
	if err != nil {
		return err
	}
	return errors.Join(tabular.WriteXLSX(out, p.over(outputs(lines))...), failed())
}

// register is the organisation by its codes.
type register struct {
	units map[id.ID]powers.Node
	doors map[id.ID][]string // by post, codes of units
	mails map[id.ID]string   // by person
	err   error              // of a row that could not be read
}

// lines gives the rows of every sheet. Posts and projects are read as they are written: failed tells, at the end,
// whether all of them could be, so that a list cut short is never taken for a whole one.
func (w *Workspace) lines(ctx context.Context) (all map[string]iter.Seq[line], failed func() error, err error) {
	r, err := w.register(ctx)
	if err != nil {
		return nil, nil, err
	}
	units, err := w.unitLines(ctx, r)
	if err != nil {
		return nil, nil, err
	}
	given, err := powers.StandingDelegations(ctx, w.DB.Readers, w.latest())
	if err != nil {
		return nil, nil, err
	}
	failed = func() error { return r.err }
	return map[string]iter.Seq[line]{sheetUnits: slices.Values(units), sheetElected: w.seatLines(ctx, r, true), sheetPosts: w.seatLines(ctx, r, false),
		sheetDelegations: slices.Values(delegationLines(given)), sheetProjects: w.projectLines(ctx, r)}, failed, nil
}

func (w *Workspace) register(ctx context.Context) (*register, error) {
	q, m := w.DB.Readers, w.latest()
	r := &register{units: map[id.ID]powers.Node{}, doors: map[id.ID][]string{}}
	all, err := powers.Register(ctx, q, m)
	if err != nil {
		return nil, err
	}
	for _, u := range all {
		r.units[u.ID] = u
	}
	doors, err := powers.Doors(ctx, q, m, false)
	if err != nil {
		return nil, err
	}
	for _, d := range doors {
		if d.Topic == powers.TopicElected {
			r.doors[d.Post] = append(r.doors[d.Post], d.UnitCode)
		}
	}
	r.mails, err = w.addresses(ctx)
	return r, err
}

// addresses are the e-mail addresses of agents, by person.
func (w *Workspace) addresses(ctx context.Context) (map[id.ID]string, error) {
	all, _, err := w.Identity.Accounts(ctx, identity.AccountFilter{Kind: identity.AgentAccount, Limit: 1 << 30})
	mails := make(map[id.ID]string, len(all))
	for _, a := range all {
		if a.Person != "" {
			mails[a.Person] = a.Email
		}
	}
	return mails, err
}

// last is how people say an end: the last day, nothing when there is none.
func last(p calendar.Period) any {
	if p.Open() {
		return nil
	}
	return p.Last()
}

func (w *Workspace) unitLines(ctx context.Context, r *register) ([]line, error) {
	parents, err := powers.UnitParents(ctx, w.DB.Readers, w.latest())
	if err != nil {
		return nil, err
	}
	bodies, err := powers.Bodies(ctx, w.DB.Readers, w.latest())
	body := map[id.ID]string{}
	for _, b := range bodies {
		body[b.ID] = b.Code
	}
	var all []line
	for _, u := range r.units {
		all = append(all, line{"code": u.Code, "name": u.Name, "name_en": u.NameEN, "short": u.Short, "kind": kindNames()[u.Kind],
			"parent": r.units[parents[u.ID]].Code, "body": body[u.Body], "from": u.From, "to": last(u.Period)})
	}
	slices.SortFunc(all, func(a, b line) int { return strings.Compare(a["code"].(string), b["code"].(string)) })
	return all, err
}

// seatLines gives the posts of elected members, or the others: one line for each holder, one for a vacancy.
func (w *Workspace) seatLines(ctx context.Context, r *register, elected bool) iter.Seq[line] {
	return func(yield func(line) bool) {
		err := powers.EachPost(ctx, w.DB.Readers, w.latest(), func(p powers.Post, held []powers.Holding) error {
			if (p.Layer == powers.Elected) != elected {
				return nil
			}
			if len(held) == 0 {
				held = []powers.Holding{{}}
			}
			for _, h := range held {
				if !yield(r.seatLine(p, h)) {
					return errEnough
				}
			}
			return nil
		})
		r.err = cmp.Or(r.err, ended(err))
	}
}

func (r *register) seatLine(p powers.Post, h powers.Holding) line {
	l := line{"code": p.Code, "title": p.Title, "title_en": p.TitleEN, "unit": r.units[p.Unit].Code, "layer": strings.ReplaceAll(p.Layer, "_", " "),
		"head": yesNo(p.Head), "named": yesNo(p.Named), "from": p.From, "to": last(p.Period), "doors": r.doors[p.ID]}
	if h.ID == "" || h.Erased {
		return l
	}
	l["given"], l["family"], l["matricule"], l["email"] = h.Given, h.Family, h.Matricule, r.mails[h.Person]
	l["interim"], l["held_from"], l["held_to"], l["legal_act"] = yesNo(h.Interim), h.From, last(h.Period), h.LegalAct
	return l
}

func yesNo(b bool) string {
	if b {
		return "oui"
	}
	return "non"
}

func delegationLines(all []powers.DelegationView) []line {
	number, source := map[id.ID]string{}, map[id.ID]id.ID{}
	for _, d := range all {
		number[d.ID], source[d.ID] = d.LegalAct, d.Source
	}
	depth := func(d id.ID) (n int) { // what is handed on comes after what it comes from
		for d = source[d]; d != "" && n < len(all); d = source[d] {
			n++
		}
		return n
	}
	slices.SortFunc(all, func(a, b powers.DelegationView) int {
		return cmp.Or(depth(a.ID)-depth(b.ID), strings.Compare(a.LegalAct, b.LegalAct), strings.Compare(string(a.ID), string(b.ID)))
	})
	var out []line
	for _, d := range all {
		l := line{"source": number[d.Source], "legal_act": d.LegalAct, "giver": d.GiverCode, "receiver": d.ReceiverCode, "nature": d.Nature, "matters": d.Matters,
			"territories": d.Territories, "verbs": d.Verbs, "objects": d.Objects, "from": d.From, "to": last(d.Period), "revoked_by": d.RevokedBy}
		if d.AmountMax != 0 {
			l["amount"] = money.Cents(d.AmountMax)
		}
		out = append(out, l)
	}
	return out
}

// projectLines gives the initiatives as the sheet has them. What the workbook brought keeps its reference,
// the others are named by their numbers.
func (w *Workspace) projectLines(ctx context.Context, r *register) iter.Seq[line] {
	return func(yield func(line) bool) {
		err := w.Portfolio.EachRow(ctx, insider, func(row portfolio.Summary) error {
			s, err := w.Portfolio.Sheet(ctx, insider, string(row.ID))
			if k := fault.KindOf(err); k == fault.NotFound || k == fault.Gone {
				return nil // withdrawn meanwhile
			}
			if err != nil {
				return err
			}
			return enough(yield(r.projectLine(s)))
		})
		r.err = cmp.Or(r.err, ended(err))
	}
}

func (r *register) projectLine(s portfolio.Sheet) line {
	ref := s.Number
	if s.Source == sourceBook {
		ref = s.SourceRef
	}
	l := line{"ref": ref, "title": s.Title, "problem": s.Problem, "sufferer": s.Sufferer, "origin": originNames()[s.Origin], "stage": string(s.Stage),
		"matter": s.Matter, "places": s.Places, "address": s.Address, "initials": s.Initials, "tags": s.Tags}
	for field, list := range map[string][]portfolio.Holder{"sponsors": s.Sponsors, "owner": s.Owners} {
		var codes []string
		for _, h := range list {
			codes = append(codes, s.Posts[h.Post].Code)
		}
		l[field] = codes
	}
	r.projectUnits(l, s)
	for _, m := range s.Milestones {
		if field := map[string]string{"Début": "start", "Fin": "end"}[m.Label]; field != "" {
			l[field] = m.Planned
		}
	}
	for _, f := range s.Budget {
		if f.Source == sourceBook {
			l["budget"], l["year"] = f.Amount, year(f.Year)
		}
	}
	for _, span := range s.Stages {
		if span.Open() {
			l["note"], l["review"] = span.Note, span.Until
		}
	}
	return l
}

func (r *register) projectUnits(l line, s portfolio.Sheet) {
	var units []string
	for _, p := range s.Parts {
		code := r.units[p.Unit].Code
		switch {
		case code == "" || !p.Open():
		case p.Role == portfolio.Lead:
			l["lead"] = code
		default:
			units = append(units, code)
		}
	}
	l["units"] = units
}

func year(y int) any {
	if y == 0 {
		return nil
	}
	return int64(y)
}

func originNames() map[portfolio.Origin]string {
	return map[portfolio.Origin]string{portfolio.Demand: "demande", portfolio.Supply: "offre", portfolio.Obligation: "obligation"}
}
