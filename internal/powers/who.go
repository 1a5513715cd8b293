package powers

import (
	"context"
	"slices"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
)

// Answer is who may do something, on a day, as known at an instant.
type Answer struct {
	Moment
	Profile  *Profile // nil: none was in force
	Deciders []Decider
	Groups   []string   // roles that everybody of a kind bears: agent, resident, anyone
	Joint    []JointWay // ways in which nobody decides alone
	Opinions []Claim
	Visas    []Claim
	Informed []Claim
	Vacant   []Place // posts that could decide, if somebody held them
	Outside  *Body   // the matter belongs to this body: whoever belongs to another cannot decide
	Late     bool    // a delegation in the answer was recorded after the day asked about: a régularisation
	Verified calendar.Day
}

// Established tells whether somebody may decide.
func (a *Answer) Established() bool { return len(a.Deciders) > 0 || len(a.Groups) > 0 }

// Place is a post with one holding of it; Holder and Person are empty when it is vacant.
type Place struct {
	Post                 id.ID
	Code, Title, TitleEN string
	Layer                string
	Head, Named          bool
	Unit                 id.ID
	Holder, Person       id.ID
	Interim              bool
}

// Decider is somebody who may decide, with the reasons: their own rule, or a chain of delegations.
type Decider struct {
	Place
	Rule  *Rule
	Joint bool // completes a joint decision, all others having agreed
	Steps []act.Link
}

// Claim is a role that a rule gives an opinion, a visa or information, and who bears it.
type Claim struct {
	Rule   *Rule
	Places []Place
}

// JointWay is a rule that several seats satisfy together.
type JointWay struct {
	Rule   *Rule
	Seats  []Seat
	Wanted int // seats that nobody holds
}

// Seat is one place of a joint decision; Unit is the silo it stands for, if any. Places is empty, or all
// of them vacant, when the seat is missing.
type Seat struct {
	Role    string
	Unit    id.ID
	Places  []Place
	Missing bool
	Agreed  bool
}

func (s seat) place() Place {
	return Place{s.Post, s.Code, s.Title, s.TitleEN, s.Layer, s.Head, s.Named, s.Unit, s.Holder, s.Person, s.Interim}
}

// Who answers « Qui décide ? ». It reads the question as Decide does, lists the seats that could bear a
// deciding role or received a delegation, and keeps those that judge lets through.
func (e *Engine) Who(ctx context.Context, q db.Querier, ask act.Ask, m Moment) (*Answer, error) {
	in, err := e.inquire(ctx, q, ask, m)
	if err != nil {
		return nil, err
	}
	a := &Answer{Moment: in.at, Profile: in.profile}
	if a.Verified, err = LastVerified(ctx, q, in.at); err != nil || in.profile == nil {
		return a, err
	}
	for _, step := range []func(*Answer) error{in.listDeciders, in.listJoint, in.listOthers, in.findOutside} {
		if err := step(a); err != nil {
			return nil, err
		}
	}
	return a, nil
}

func (in *inquiry) listDeciders(a *Answer) error {
	candidates, err := in.candidates(a)
	if err != nil {
		return err
	}
	for _, s := range candidates {
		v, err := in.judge(s)
		if err != nil {
			return err
		}
		switch {
		case v.rule == nil:
		case s.Holder == "":
			a.Vacant = append(a.Vacant, s.place())
		default:
			a.Deciders = append(a.Deciders, Decider{s.place(), v.rule, v.joint, v.steps})
			a.Late = a.Late || slices.ContainsFunc(v.steps, func(l act.Link) bool { return l.Kind == "late" && l.Ref != "" })
		}
	}
	return nil
}

// candidates lists whoever bears a deciding role, then whoever received something from them, down the
// chains.
func (in *inquiry) candidates(a *Answer) ([]seat, error) {
	var all []seat
	for _, r := range in.deciding {
		switch r.Role.form {
		case roleAgent, roleAnyone, roleResident:
			if !slices.Contains(a.Groups, r.Role.Text) {
				a.Groups = append(a.Groups, r.Role.Text)
			}
			continue
		}
		seats, err := in.roots(r.Role)
		if err != nil {
			return nil, err
		}
		all = addSeats(all, seats)
	}
	for from := 0; from < len(all); {
		givers := postsOf(all[from:])
		from = len(all)
		seats, err := receiversOf(in.ctx, in.q, in.at, givers, in.ask)
		if err != nil {
			return nil, err
		}
		all = addSeats(all, seats)
	}
	var err error
	in.gifts, err = receivedBy(in.ctx, in.q, in.at, postsOf(all)...)
	return all, err
}

func postsOf(seats []seat) []id.ID {
	posts := make([]id.ID, len(seats))
	for i, s := range seats {
		posts[i] = s.Post
	}
	slices.Sort(posts)
	return slices.Compact(posts)
}

func (in *inquiry) roots(r Role) ([]seat, error) {
	if r.form != roleAll {
		return in.bearers(r)
	}
	chairs, err := in.joint(r)
	var all []seat
	for _, c := range chairs {
		all = addSeats(all, c.seats)
	}
	return all, err
}

func addSeats(all, more []seat) []seat {
	for _, s := range more {
		if !slices.ContainsFunc(all, func(o seat) bool { return o.Post == s.Post && o.Holder == s.Holder }) {
			all = append(all, s)
		}
	}
	return all
}

func (in *inquiry) listJoint(a *Answer) error {
	for _, r := range in.deciding {
		if r.Role.form != roleAll {
			continue
		}
		chairs, err := in.joint(r.Role)
		if err != nil {
			return err
		}
		way := JointWay{Rule: r}
		for _, c := range chairs {
			s := Seat{Role: c.role.Text, Unit: c.silo, Places: places(c.seats), Missing: c.empty(), Agreed: c.agreed(in.ask.Roles["agreed"])}
			if s.Missing {
				way.Wanted++
			}
			way.Seats = append(way.Seats, s)
		}
		a.Joint = append(a.Joint, way)
	}
	return nil
}

func places(seats []seat) []Place {
	out := make([]Place, len(seats))
	for i, s := range seats {
		out[i] = s.place()
	}
	return out
}

func (in *inquiry) listOthers(a *Answer) error {
	for _, r := range in.others {
		seats, err := in.bearers(r.Role)
		if err != nil {
			return err
		}
		c := Claim{r, places(seats)}
		switch r.Mode {
		case Opinion:
			a.Opinions = append(a.Opinions, c)
		case Visa:
			a.Visas = append(a.Visas, c)
		default:
			a.Informed = append(a.Informed, c)
		}
	}
	return in.listMembers(a)
}

// listMembers adds the opinion of a committee's members to the decision that its chair takes in its name.
func (in *inquiry) listMembers(a *Answer) error {
	for _, r := range in.deciding {
		if r.Role.form != roleCommittee {
			continue
		}
		seats, err := in.bearers(Role{Text: "members:" + r.Role.arg, form: roleMembers, arg: r.Role.arg})
		if err != nil {
			return err
		}
		a.Opinions = append(a.Opinions, Claim{r, places(seats)})
	}
	return nil
}

func (in *inquiry) findOutside(a *Answer) error {
	if !in.engages || in.ask.Matter == "" {
		return nil
	}
	body, err := competentBody(in.ctx, in.q, in.ask.Matter, in.at)
	if err != nil || body == "" {
		return err
	}
	found, err := BodyAt(in.ctx, in.q, body, in.at)
	a.Outside = &found
	return err
}

// Seated lists every place that the answer names, for whoever must name the people and the units.
func (a *Answer) Seated() []Place {
	all := slices.Clone(a.Vacant)
	for _, d := range a.Deciders {
		all = append(all, d.Place)
	}
	for _, w := range a.Joint {
		for _, s := range w.Seats {
			all = append(all, s.Places...)
		}
	}
	for _, c := range slices.Concat(a.Opinions, a.Visas, a.Informed) {
		all = append(all, c.Places...)
	}
	return all
}
