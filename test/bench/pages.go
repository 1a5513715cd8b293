package main

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"time"

	"parvis/internal/calendar"
)

// kind is a type of page, how often it is asked for, and who asks.
type kind struct {
	name   string
	weight int
	agent  bool
	path   func(m memo, r *rand.Rand) string
}

func kinds() []kind {
	pick := func(r *rand.Rand, list []string) string { return list[r.IntN(len(list))] }
	return []kind{
		{"organigram at a random date", 15, false, func(_ memo, r *rand.Rand) string { return "/fr/organisation?date=" + someDay(r) }},
		{"board by sponsor", 10, true, func(memo, *rand.Rand) string { return "/fr/mur?by=sponsor" }},
		{"board by directorate", 10, true, func(memo, *rand.Rand) string { return "/fr/mur?by=unit" }},
		{"who decides, random amount and date", 15, false, who},
		{"initiative, resident", 15, false, func(m memo, r *rand.Rand) string { return "/fr/projets/" + pick(r, m.Public) }},
		{"initiative, agent", 10, true, func(m memo, r *rand.Rand) string { return "/fr/projets/" + pick(r, m.Numbers) }},
		{"list with filters", 15, false, filtered},
		{"search", 10, false, func(_ memo, r *rand.Rand) string {
			return "/fr/recherche?q=" + url.QueryEscape(pick(r, whats)+" "+pick(r, wheres))
		}},
	}
}

// floor is a page that reads nothing: what the load, the edge and the machine cost by themselves.
func floor() []kind {
	return []kind{{"baseline: a page that reads no city", 1, false, func(memo, *rand.Rand) string { return "/fr/mentions-legales" }}}
}

func someDay(r *rand.Rand) string {
	return string(calendar.DayOf(time.Date(2012+r.IntN(14), time.Month(1+r.IntN(12)), 1+r.IntN(28), 12, 0, 0, 0, time.UTC)))
}

func who(m memo, r *rand.Rand) string {
	q := url.Values{"what": {"portfolio.arbitration.decide"}, "amount": {fmt.Sprint(1000 * (1 + r.IntN(900)))}, "date": {someDay(r)}}
	if r.IntN(2) == 0 {
		q.Set("about", m.Public[r.IntN(len(m.Public))])
	} else {
		q.Set("lead", string(m.Units[r.IntN(20)]))
		q["part"] = []string{string(m.Units[20+r.IntN(580)]), string(m.Units[20+r.IntN(580)])}
	}
	return "/fr/qui-decide?" + q.Encode()
}

func filtered(m memo, r *rand.Rand) string {
	q := url.Values{}
	switch r.IntN(4) {
	case 0:
		q.Set("stage", string(stages[r.IntN(len(stages))]))
	case 1:
		q.Set("unit", string(m.Units[r.IntN(20)]))
	case 2:
		q.Set("sponsor", string(m.Elected[r.IntN(len(m.Elected))]))
	default:
		q.Set("q", whats[r.IntN(len(whats))])
	}
	q.Set("page", fmt.Sprint(1+r.IntN(3)))
	return "/fr/projets?" + q.Encode()
}
