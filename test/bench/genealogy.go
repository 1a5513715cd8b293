package main

import "math/rand/v2"

// measureGenealogy says what the genealogy of a unit costs the large city, over fifteen years and on any
// day: the processor time of one page, asked alone. The aim is 100 ms.
func measureGenealogy(p plan, t *table) error {
	m, err := largeCity(p.city)
	if err != nil {
		return err
	}
	list := []kind{{"genealogy of a random unit at a random date", 1, false, func(m memo, r *rand.Rand) string {
		return "/fr/genealogie?unit=" + string(m.Units[r.IntN(len(m.Units))]) + "&day=" + someDay(r)
	}}}
	costs := make([]series, len(list))
	for n := range p.runs {
		if err := oneCostRound(p, m, list, costs, uint64(n)); err != nil {
			return err
		}
	}
	t.title("Genealogy over fifteen years")
	t.add(list[0].name+", processor time", "ms", costs[0].p50, "")
	t.add(list[0].name+", size on the wire", "KiB", costs[0].bytes, "")
	return nil
}
