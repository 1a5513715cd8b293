package powers

import (
	"slices"
	"strings"

	"parvis/internal/act"
	"parvis/internal/id"
)

// Role is to whom a rule gives a power: a form and what it is about. See the package documentation.
type Role struct {
	Text  string // as written in the profile
	form  roleForm
	arg   string
	seats []Role // of a joint role
}

type roleForm int

const (
	rolePost      roleForm = iota // the post of a code
	roleHead                      // who leads a unit
	roleMember                    // any post of a unit
	roleNamed                     // posts named by the object: sponsor, owner, asked, author
	roleCommittee                 // the chair of a committee
	roleMembers                   // its other posts
	roleLayer
	roleAgent
	roleResident
	roleAnyone
	roleSilo // one elected seat for each unit that holds a part
	roleAll  // jointly
)

// The unit roles of an object, keys of act.Ask.Roles; any other W of head:W is a kind of unit.
var objectUnits = []string{"lead", "part", "unit"}

// The post roles of an object, keys of act.Ask.Roles.
var objectPosts = []string{"sponsor", "owner", "asked", "author"}

// parseRole reads a role; false when it is none.
func parseRole(text string) (Role, bool) {
	if list, joint := strings.CutPrefix(text, "all:"); joint {
		return parseJoint(text, strings.Split(list, ","))
	}
	r := Role{Text: text}
	form, arg, _ := strings.Cut(text, ":")
	r.arg = arg
	switch {
	case text == "sg":
		r.form, r.arg = roleHead, "secretariat_general"
	case text == "mission":
		r.form, r.arg = roleMember, "mission"
	case text == "agent":
		r.form = roleAgent
	case text == "resident":
		r.form = roleResident
	case text == "anyone":
		r.form = roleAnyone
	case text == "sponsor:part":
		r.form = roleSilo
	case slices.Contains(objectPosts, text):
		r.form, r.arg = roleNamed, text
	default:
		return parsePrefixed(r, form)
	}
	return r, true
}

func parsePrefixed(r Role, form string) (Role, bool) {
	switch form {
	case "post":
		r.form = rolePost
		return r, isCode(r.arg)
	case "committee":
		r.form = roleCommittee
		return r, isCode(r.arg)
	case "members":
		r.form = roleMembers
		return r, isCode(r.arg)
	case "layer":
		r.form = roleLayer
		return r, slices.Contains(Layers, r.arg)
	case "head":
		r.form = roleHead
	case "member":
		r.form = roleMember
	default:
		return r, false
	}
	return r, slices.Contains(objectUnits, r.arg) || slices.Contains(UnitKinds, r.arg)
}

func parseJoint(text string, seats []string) (Role, bool) {
	r := Role{Text: text, form: roleAll}
	for _, s := range seats {
		seat, ok := parseRole(strings.TrimSpace(s))
		if !ok || seat.form == roleAll || seat.form >= roleAgent && seat.form <= roleAnyone {
			return r, false
		}
		r.seats = append(r.seats, seat)
	}
	return r, len(r.seats) > 1
}

// seat is a post as the rules see it on a day, with one holding of it (none when it is vacant).
type seat struct {
	Post      id.ID
	Code      string
	Title     string
	TitleEN   string
	Layer     string
	Head      bool
	Named     bool
	Unit      id.ID
	UnitKind  string
	UnitCode  string
	Body      id.ID
	Shared    bool
	Holder    id.ID
	Person    id.ID
	Interim   bool
	HeldSince int64 // when the holding was recorded, microseconds UTC
}

// bears tells whether a post bears a role for this question. heirOf tells whether a unit took over from
// one of those named by the object.
func (r Role) bears(s seat, ask act.Ask, heirOf func(unit id.ID, of []id.ID) (bool, error)) (bool, error) {
	switch r.form {
	case rolePost:
		return s.Code == r.arg, nil
	case roleHead, roleMember:
		if r.form == roleHead && !s.Head {
			return false, nil
		}
		if !slices.Contains(objectUnits, r.arg) {
			return s.UnitKind == r.arg, nil
		}
		return heirOf(s.Unit, ask.Roles[r.arg])
	case roleNamed:
		return slices.Contains(ask.Roles[r.arg], s.Post), nil
	case roleCommittee, roleMembers:
		return s.UnitKind == "committee" && s.UnitCode == r.arg && s.Head == (r.form == roleCommittee), nil
	case roleLayer:
		return s.Layer == r.arg, nil
	case roleAgent, roleAnyone:
		return true, nil
	}
	return false, nil
}

// couldBear tells whether a post might bear the role for some question: what a delegation is compared to.
func (r Role) couldBear(s seat) bool {
	switch r.form {
	case roleHead, roleMember:
		if slices.Contains(objectUnits, r.arg) {
			return s.Head || r.form == roleMember
		}
	case roleNamed:
		return r.arg != "sponsor" || s.Layer == Elected
	case roleSilo:
		return s.Layer == Elected
	case roleAll:
		return slices.ContainsFunc(r.seats, func(one Role) bool { return one.couldBear(s) })
	}
	ok, _ := r.bears(s, act.Ask{}, func(id.ID, []id.ID) (bool, error) { return false, nil })
	return ok
}
