package main

import (
	"fmt"
	"math/rand/v2"
)

// measureGenealogy says how long the genealogy of a unit of the large city takes, over fifteen years and on any day: at
// 20 requests a second, and in processor time of one page asked alone.
func measureGenealogy(p plan, t *table) error {
	m, err := largeCity(p.city)
	if err != nil {
		return err
	}
	list := append(floor(),
		kind{"genealogy of a random unit at a random date", 1, false, func(m memo, r *rand.Rand) string {
			return "/fr/genealogie?unit=" + string(m.Units[r.IntN(len(m.Units))]) + "&day=" + someDay(r)
		}},
		kind{"genealogy of the mission at a random date", 1, false, func(_ memo, r *rand.Rand) string { return "/fr/genealogie?day=" + someDay(r) }})
	times, costs := make([]series, len(list)), make([]series, len(list))
	for n := range p.runs {
		if err := oneLoadedRound(p, m, list, times, costs, uint64(n)); err != nil {
			return err
		}
	}
	t.title(fmt.Sprintf("Genealogy over fifteen years: %d requests/s, open loop, %s a round", councilRate, councilLoad))
	for k, kind := range list {
		target := "≤ 100"
		if k == 0 {
			target = ""
		}
		times[k].print(t, kind.name, target)
		t.add(kind.name+", processor time", "ms", costs[k].p50, "")
		t.add(kind.name+", size on the wire", "KiB", costs[k].bytes, "")
	}
	return nil
}
