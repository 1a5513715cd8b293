package measures

import (
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

func silo(of map[id.ID]id.ID, unit id.ID) string {
	if s := of[unit]; s != "" {
		return string(s)
	}
	return string(unit)
}

// together lists the units of each public project.
func together(parts []part) [][]id.ID {
	var out [][]id.ID
	var last id.ID
	for _, p := range accepted(parts) {
		if p.Unit == "" {
			continue
		}
		if p.Initiative != last || len(out) == 0 {
			out, last = append(out, nil), p.Initiative
		}
		out[len(out)-1] = append(out[len(out)-1], p.Unit)
	}
	return out
}

func groups(parts []part, silos map[id.ID]id.ID) map[id.ID]string {
	out := map[id.ID]string{}
	for _, p := range parts {
		out[p.Unit] = silo(silos, p.Unit)
	}
	return out
}
