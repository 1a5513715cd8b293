package measures

import (
	"slices"

	"parvis/internal/id"
	"parvis/internal/portfolio/network"
)

// Roles names the roles of a broker (Gould and Fernandez 1989), in the order of network.Roles.
func Roles() []string {
	return []string{"coordinator", "itinerant", "representative", "gatekeeper", "liaison"}
}

// introductions is M5: the mises en relation recorded with parts that were accepted in public projects, by the role of
// the unit that made them, those of the mission apart from those of all other units. Who asked is the unit that leads the
// project, who was found the unit or the outside actor that holds the part.
func introductions(parts []part, units Units) []Figure {
	told, group := introduced(parts, units)
	made := map[string]int{}
	who := func(broker id.ID) string {
		if slices.Contains(units.Mission, broker) {
			return "mission"
		}
		return "units"
	}
	for _, p := range accepted(parts) {
		if p.IntroducedBy != "" {
			made[who(p.IntroducedBy)]++
		}
	}
	all := made["mission"] + made["units"]
	figures := []Figure{figure("m5", "made", "count", float64(all), all)}
	triads := network.Triads(told)
	for _, by := range []string{"mission", "units"} {
		its := slices.DeleteFunc(slices.Clone(triads), func(t network.Triad) bool { return who(t.Broker) != by })
		if len(its) == 0 {
			continue
		}
		counted, byChance := network.RolesOf(its, group, seed)
		for n, count := range counted.List() { // pairs, of which few introductions make many: it is these that must be enough (R3)
			figures = append(figures, figure("m5", by+"."+Roles()[n], "count", float64(count), min(count, made[by])).beside(byChance[n]))
		}
	}
	return figures
}

// introduced makes a tie from who asked to the broker, and one from the broker to who was found; group gives the
// directorate of each, an outside actor being a group of its own.
func introduced(parts []part, units Units) (told []network.Introduction, group map[id.ID]string) {
	public, leads := accepted(parts), map[id.ID]id.ID{}
	group = groups(parts, units)
	for _, p := range public {
		if p.Role == "lead" {
			leads[p.Initiative] = p.Unit
		}
	}
	for _, p := range public {
		if p.IntroducedBy == "" {
			continue
		}
		found := p.Unit
		if found == "" {
			found = id.ID("outside " + p.Actor)
			group[found] = string(found)
		}
		group[p.IntroducedBy] = units.silo(p.IntroducedBy)
		if asked := leads[p.Initiative]; asked != "" && asked != p.IntroducedBy {
			told = append(told, network.Introduction{From: asked, To: p.IntroducedBy})
		}
		told = append(told, network.Introduction{From: p.IntroducedBy, To: found})
	}
	return told, group
}

// outcomes is M5 inside: of the mises en relation that were answered, how many became a part.
func outcomes(parts []part) Figure {
	answered, joined := 0, 0
	for _, p := range parts {
		if p.IntroducedBy == "" || p.Answered == "" {
			continue
		}
		answered++
		if p.Status == "accepted" || p.Status == "ended" {
			joined++
		}
	}
	return figure("m5", "joined", "share", float64(joined)/float64(max(answered, 1)), answered)
}
