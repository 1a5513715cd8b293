package measures

import (
	"slices"

	"parvis/internal/id"
)

// accepted keeps the parts that are agreed and run, in public projects.
func accepted(parts []part) (out []part) {
	for _, p := range parts {
		if p.Status == "accepted" && p.Public {
			out = append(out, p)
		}
	}
	return out
}

// Units says where the units of the city stand today. Outside are organisations that are units too (an operator, a
// consortium, an outside organisation): they count as outside actors. Mission is who keeps the portfolio, which the
// profile in force names: none where that changes from project to project.
type Units struct {
	Silo    map[id.ID]id.ID // the directorate of each unit
	Outside map[id.ID]bool
	Mission []id.ID
}

// silo is the directorate of a unit, or itself.
func (u Units) silo(unit id.ID) string {
	if s := u.Silo[unit]; s != "" {
		return string(s)
	}
	return string(unit)
}

// away tells whether a unit is an outside organisation; one that keeps the portfolio is not.
func (u Units) away(unit id.ID) bool { return u.Outside[unit] && !slices.Contains(u.Mission, unit) }

// together lists the units of each public project, outside organisations apart.
func together(parts []part, units Units) [][]id.ID {
	var out [][]id.ID
	var last id.ID
	for _, p := range accepted(parts) {
		if p.Unit == "" || units.away(p.Unit) {
			continue
		}
		if p.Initiative != last || len(out) == 0 {
			out, last = append(out, nil), p.Initiative
		}
		out[len(out)-1] = append(out[len(out)-1], p.Unit)
	}
	return out
}

func groups(parts []part, units Units) map[id.ID]string {
	out := map[id.ID]string{}
	for _, p := range parts {
		out[p.Unit] = units.silo(p.Unit)
	}
	return out
}
