package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"time"
)

// What the pages of a COPIL are asked: at this rate, for so long in each round.
const (
	councilRate = 20
	councilLoad = 10 * time.Second
)

// measureCouncil takes what the committees promise: the file of a large COPIL, visas from letters, and
// the whole export of the city; the flag -kind names one of the three.
func measureCouncil(p plan, t *table) error {
	for _, one := range []struct {
		kind    string
		measure func(plan, *table) error
	}{{"file", measureFile}, {"visas", measureVisas}, {"export", measureExport}} {
		if p.kind != "" && p.kind != one.kind {
			continue
		}
		if err := one.measure(p, t); err != nil {
			return err
		}
	}
	return nil
}

// measureFile asks for the file of a COPIL of 60 items with 400 papers, as a signed-in agent reads it, and
// for the same bytes as they lie in a static file of the disk.
func measureFile(p plan, t *table) error {
	p.city += "-council"
	m, err := councilCity(p.city, bigTables())
	if err != nil {
		return err
	}
	list := []kind{
		{"file of a COPIL, 60 items, 400 papers", 1, true, func(memo, *rand.Rand) string { return "/fr/seances/" + m.Number + "/dossier" }},
		{"the page on which it is prepared", 1, true, func(memo, *rand.Rand) string { return "/fr/seances/" + m.Number }},
	}
	all := append(floor(), list...)
	times, costs := make([]series, len(all)), make([]series, len(all))
	var disk []float64
	for n := range p.runs {
		if err := oneLoadedRound(p, m.memo, all, times, costs, uint64(n)); err != nil {
			return err
		}
		disk = append(disk, float64(readDisk(p, int(costs[1].bytes[n]*1024)).Nanoseconds())/1e6)
	}
	t.title(fmt.Sprintf("File of a COPIL (city of %d initiatives, %d papers; made in %s): signed-in agent, %d requests/s, open loop, %s a round",
		m.Size.Initiatives, m.Size.Papers, m.Took, councilRate, councilLoad))
	t.add("baseline: as many bytes read from a file", "ms", disk, "")
	for k, kind := range all {
		target := "≤ 50"
		if k == 0 {
			target = ""
		}
		times[k].print(t, kind.name, target)
		t.add(kind.name+", processor time", "ms", costs[k].p50, "")
		t.add(kind.name+", size on the wire", "KiB", costs[k].bytes, "")
	}
	return nil
}

// oneLoadedRound loads a fresh server with each kind of page in turn, then asks for each alone.
func oneLoadedRound(p plan, m memo, list []kind, times, costs []series, seed uint64) (err error) {
	s, err := startServer(p)
	if err != nil {
		return err
	}
	for k := range list {
		send(s.url, councilRate, schedule(m, list[k:k+1], 2*councilRate, 1000+seed))
		round := schedule(m, list[k:k+1], int(councilLoad.Seconds())*councilRate, seed)
		send(s.url, councilRate, round)
		complain(round)
		times[k].add(round)
	}
	if err := s.stop(); err != nil {
		return err
	}
	return oneCostRound(p, m, list, costs, seed)
}

// readDisk is how long a file of that size takes to be read.
func readDisk(p plan, size int) time.Duration {
	name := p.scratch + "/page"
	if os.WriteFile(name, make([]byte, size), 0o600) != nil {
		return 0
	}
	began := time.Now()
	_, err := os.ReadFile(name)
	if errors.Is(err, os.ErrNotExist) {
		return 0
	}
	return time.Since(began)
}
