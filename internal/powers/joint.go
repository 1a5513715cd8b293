package powers

import (
	"slices"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
)

// chair is one place at a joint decision, with the seats that may take it. Silo is the unit it stands for.
type chair struct {
	role  Role
	silo  id.ID
	seats []seat
}

func (c chair) takenBy(post id.ID) bool {
	return slices.ContainsFunc(c.seats, func(s seat) bool { return s.Post == post && s.Holder != "" })
}

func (c chair) agreed(posts []id.ID) bool {
	return slices.ContainsFunc(posts, c.takenBy)
}

// empty tells whether nobody can take the place: no post for it, or nobody on it.
func (c chair) empty() bool {
	return !slices.ContainsFunc(c.seats, func(s seat) bool { return s.Holder != "" })
}

// link names an empty place: its post, else the unit that nobody stands for.
func (c chair) link() act.Link {
	if len(c.seats) > 0 {
		return act.Link{Kind: "seat", ID: c.seats[0].Post, Ref: c.role.Text}
	}
	return act.Link{Kind: "seat", ID: c.silo, Ref: c.role.Text}
}

// joint lists the places of a joint role; sponsor:part makes one for each silo.
func (in *inquiry) joint(r Role) ([]chair, error) {
	var out []chair
	for _, one := range r.seats {
		if one.form == roleSilo {
			silos, err := in.silos(one)
			if err != nil {
				return nil, err
			}
			out = append(out, silos...)
			continue
		}
		seats, err := in.bearers(one)
		if err != nil {
			return nil, err
		}
		out = append(out, chair{role: one, seats: seats})
	}
	return out, nil
}

// silos makes a place for the elected member in charge of each unit that leads or holds a part. When the
// thing has sponsors, the one in charge must be among them.
func (in *inquiry) silos(r Role) ([]chair, error) {
	var out []chair
	sponsors, named := in.ask.Roles["sponsor"]
	for _, unit := range slices.Concat(in.ask.Roles["lead"], in.ask.Roles["part"]) {
		if slices.ContainsFunc(out, func(c chair) bool { return c.silo == unit }) {
			continue
		}
		c := chair{role: r, silo: unit}
		inCharge, err := electedFor(in.ctx, in.q, unit, in.at)
		if err != nil {
			return nil, err
		}
		for _, post := range inCharge {
			if named && !slices.Contains(sponsors, post) {
				continue
			}
			seats, err := seatsOfPost(in.ctx, in.q, in.at, post)
			if err != nil {
				return nil, err
			}
			c.seats = append(c.seats, seats...)
		}
		out = append(out, c)
	}
	return out, nil
}

// bearers lists the seats that bear a role themselves, vacant posts included. Roles that everybody has
// (agent, anyone, resident) have none: see Answer.Groups. Several rules may name one role: it is read once.
func (in *inquiry) bearers(r Role) ([]seat, error) {
	if seats, read := in.borne[r.Text]; read {
		return seats, nil
	}
	seats, err := in.readBearers(r)
	if err != nil {
		return nil, err
	}
	if in.borne == nil {
		in.borne = map[string][]seat{}
	}
	in.borne[r.Text] = seats
	return seats, nil
}

func (in *inquiry) readBearers(r Role) ([]seat, error) {
	var all []seat
	read := func(condition string, args ...any) error {
		seats, err := seatsWhere(in.ctx, in.q, in.at, condition, args...)
		all = append(all, seats...)
		return err
	}
	var err error
	switch r.form {
	case rolePost:
		err = read("p.code = $3", r.arg)
	case roleLayer:
		err = read("p.layer = $3", r.arg)
	case roleCommittee, roleMembers:
		err = read("u.kind = 'committee' AND u.code = $3", r.arg)
	case roleHead, roleMember:
		err = in.readUnits(r, read)
	case roleNamed:
		for _, post := range in.ask.Roles[r.arg] {
			if err == nil {
				err = read("p.thing = $3", post)
			}
		}
	}
	if err != nil {
		return nil, err
	}
	return in.onlyBearers(r, all)
}

func (in *inquiry) readUnits(r Role, read func(string, ...any) error) error {
	heads := ""
	if r.form == roleHead {
		heads = " AND p.head = TRUE"
	}
	if !slices.Contains(objectUnits, r.arg) {
		return read("u.kind = $3"+heads, r.arg)
	}
	named, err := in.withHeirs(in.ask.Roles[r.arg])
	if err != nil {
		return err
	}
	for _, unit := range named {
		if err := read("p.unit = $3"+heads, unit); err != nil {
			return err
		}
	}
	return nil
}

// withHeirs adds to units those that took over from them.
func (in *inquiry) withHeirs(units []id.ID) ([]id.ID, error) {
	all := slices.Clone(units)
	for i := 0; i < len(all); i++ {
		after, err := db.All(in.ctx, in.q, db.Scalar[id.ID], heirsSQL, in.at.args(all[i])...)
		if err != nil {
			return nil, err
		}
		for _, u := range after {
			if !slices.Contains(all, u) {
				all = append(all, u)
			}
		}
	}
	return all, nil
}

func (in *inquiry) onlyBearers(r Role, seats []seat) ([]seat, error) {
	var out []seat
	for _, s := range seats {
		ok, err := r.bears(s, in.ask, in.heirOf)
		if err != nil {
			return nil, err
		}
		if ok && !slices.ContainsFunc(out, func(o seat) bool { return o.Post == s.Post && o.Holder == s.Holder }) {
			out = append(out, s)
		}
	}
	return out, nil
}
