package main

import (
	"errors"
	"fmt"
	"strings"
)

// perKind is how many pages of each kind are asked for, one after the other.
const perKind = 100

// measureCosts says what a page of each kind costs the server in processor time, asked alone: a figure that
// depends little on who else uses the machine, unlike a percentile.
func measureCosts(p plan, t *table) error {
	m, err := largeCity(p.city)
	if err != nil {
		return err
	}
	list := append(floor(), chosen(kinds(), p.kind)...)
	costs := make([]series, len(list))
	for n := range p.runs {
		if err := oneCostRound(p, m, list, costs, uint64(n)); err != nil {
			return err
		}
	}
	t.title(fmt.Sprintf("Cost of one page of each kind: %d pages one after the other", perKind))
	for k, kind := range list {
		t.add(kind.name+", processor time", "ms", costs[k].p50, "")
		t.add(kind.name+", size on the wire", "KiB", costs[k].bytes, "")
	}
	return nil
}

// oneCostRound keeps in p50 of each series the processor time of one page.
func oneCostRound(p plan, m memo, list []kind, costs []series, seed uint64) (err error) {
	s, err := startServer(p)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	for k := range list {
		one := list[k : k+1]
		s.ask(schedule(m, one, 10, 2000+seed))
		all := schedule(m, one, perKind, seed)
		before := s.spent()
		if err := s.ask(all); err != nil {
			return err
		}
		cost := (s.spent() - before) / perKind
		var bytes float64
		for _, q := range all {
			bytes += float64(q.bytes) / 1024 / perKind
		}
		costs[k].p50 = append(costs[k].p50, float64(cost.Microseconds())/1000)
		costs[k].bytes = append(costs[k].bytes, bytes)
	}
	return nil
}

// ask gets the pages one after the other.
func (s *server) ask(all []request) error {
	client := newClient()
	defer client.CloseIdleConnections()
	for n := range all {
		var err error
		if all[n].bytes, err = get(client, s.url, all[n]); err != nil {
			return err
		}
	}
	return nil
}

// chosen keeps the kinds whose name holds the words.
func chosen(list []kind, words string) []kind {
	var out []kind
	for _, k := range list {
		if strings.Contains(k.name, words) {
			out = append(out, k)
		}
	}
	return out
}
