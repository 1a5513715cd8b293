package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"sync"
	"time"
)

// request is one page on its schedule.
type request struct {
	kind  int
	path  string
	token string
	from  string // address of the visitor, as a reverse proxy would say it
	took  time.Duration
	bytes int64
	err   error
}

// schedule draws the pages of a round; the same seed gives the same round.
func schedule(m memo, list []kind, n int, seed uint64) []request {
	r := rand.New(rand.NewPCG(citySeed, seed))
	var wheel []int
	for k, kind := range list {
		for range kind.weight {
			wheel = append(wheel, k)
		}
	}
	all := make([]request, n)
	for i := range all {
		k := wheel[r.IntN(len(wheel))]
		all[i] = request{kind: k, path: list[k].path(m, r), from: fmt.Sprintf("10.%d.%d.%d", r.IntN(256), r.IntN(256), 1+r.IntN(254))}
		if list[k].agent {
			all[i].token = m.Tokens[r.IntN(len(m.Tokens))]
		}
	}
	return all
}

// send asks for each page when it is due, whatever became of those before (an open loop), and counts from
// that instant: a page that waits in line behind a slow one is slow too.
func send(base string, rate int, all []request) {
	client := newClient()
	defer client.CloseIdleConnections()
	var group sync.WaitGroup
	began := time.Now()
	for n := range all {
		due := began.Add(time.Duration(n) * time.Second / time.Duration(rate))
		time.Sleep(time.Until(due))
		group.Go(func() {
			all[n].bytes, all[n].err = get(client, base, all[n])
			all[n].took = time.Since(due)
		})
	}
	group.Wait()
}

// newClient takes pages as they are sent: compressed, redirections not followed.
func newClient() *http.Client {
	return &http.Client{Timeout: 20 * time.Second,
		Transport:     &http.Transport{MaxIdleConnsPerHost: 256, DisableCompression: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

func get(client *http.Client, base string, q request) (int64, error) {
	r, err := http.NewRequestWithContext(context.Background(), http.MethodGet, base+q.path, nil)
	if err != nil {
		return 0, err
	}
	r.Header.Set("Accept-Encoding", "gzip")
	r.Header.Set("X-Forwarded-For", q.from)
	if q.token != "" {
		r.AddCookie(&http.Cookie{Name: "parvis-session", Value: q.token})
	}
	w, err := client.Do(r)
	if err != nil {
		return 0, err
	}
	defer w.Body.Close()
	n, err := io.Copy(io.Discard, w.Body)
	if w.StatusCode != http.StatusOK {
		err = errors.Join(err, fmt.Errorf("%s: %s", q.path, w.Status))
	}
	return n, err
}

// series gathers the figures of a kind of page over the rounds.
type series struct{ p50, p95, p99, bytes, errors []float64 }

func (s *series) add(all []request) {
	var took []time.Duration
	var size, failed float64
	for _, q := range all {
		if q.err != nil {
			failed++
			continue
		}
		took = append(took, q.took)
		size += float64(q.bytes)
	}
	slices.Sort(took)
	s.p50, s.p95, s.p99 = append(s.p50, percentile(took, 50)), append(s.p95, percentile(took, 95)), append(s.p99, percentile(took, 99))
	s.bytes, s.errors = append(s.bytes, size/1024/max(1, float64(len(took)))), append(s.errors, failed)
}

func (s *series) print(t *table, name, target string) {
	t.add(name+", p50", "ms", s.p50, "")
	t.add(name+", p95", "ms", s.p95, "")
	t.add(name+", p99", "ms", s.p99, target)
	if len(s.errors) > 0 && slices.Max(s.errors) > 0 {
		t.add(name+", errors", "requests", s.errors, "0")
	}
}

// measurePages serves the large city from a process of its own and loads it, round after round.
func measurePages(p plan, t *table) error {
	m, err := largeCity(p.city)
	if err != nil {
		return err
	}
	mixed, idle := make([]series, len(kinds())+1), &series{}
	var peaks, costs []float64
	for n := range p.runs {
		one, err := onePageRound(p, m, uint64(n))
		if err != nil {
			return err
		}
		idle.add(one.bare)
		complain(one.pages)
		costs, peaks = append(costs, one.cost), append(peaks, one.peak)
		divide(mixed, one.pages)
	}
	t.title(fmt.Sprintf("Pages of the large city (%d initiatives, %d acts; made in %s): %d requests/s, open loop, all kinds at once, %s a round; %g acts/s meanwhile",
		len(m.Numbers), m.Acts, m.Took, p.rate, p.load, p.writes))
	idle.print(t, floor()[0].name, "")
	for k, kind := range kinds() {
		mixed[k].print(t, kind.name, "≤ 50")
	}
	mixed[len(kinds())].print(t, "all pages", "≤ 50")
	t.add("processor time of the server for one page", "ms", costs, "")
	t.add("memory: largest resident size of the server", "MiB", peaks, "≤ 256")
	return nil
}

// pageRound is what one round gave.
type pageRound struct {
	bare, pages []request
	cost, peak  float64 // processor time of the server for one page, ms; its memory, MiB
}

// onePageRound serves the city anew: first five seconds to wake up, then the page that reads nothing, then
// all kinds at once.
func onePageRound(p plan, m memo, seed uint64) (one pageRound, err error) {
	one.bare = schedule(m, floor(), 5*p.rate, seed)
	one.pages = schedule(m, kinds(), int(p.load.Seconds())*p.rate, seed)
	wake := schedule(m, kinds(), 5*min(p.rate, 50), 1000)
	s, err := startServer(p)
	if err != nil {
		return one, err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	send(s.url, min(p.rate, 50), wake)
	send(s.url, p.rate, one.bare)
	stop, err := startWriting(p, m)
	if err != nil {
		return one, err
	}
	before := s.spent()
	send(s.url, p.rate, one.pages)
	if err := stop(); err != nil {
		return one, err
	}
	one.cost = float64((s.spent() - before).Microseconds()) / 1000 / float64(len(one.pages))
	one.peak = s.peak()
	return one, nil
}

// divide adds a round to the series of each kind, and to that of all pages, which is the last.
func divide(into []series, all []request) {
	slices.SortStableFunc(all, func(a, b request) int { return cmp.Compare(a.kind, b.kind) })
	for k := range len(into) - 1 {
		first, _ := slices.BinarySearchFunc(all, k, func(q request, k int) int { return cmp.Compare(q.kind, k) })
		last, _ := slices.BinarySearchFunc(all, k+1, func(q request, k int) int { return cmp.Compare(q.kind, k) })
		into[k].add(all[first:last])
	}
	into[len(into)-1].add(all)
}

// complain shows the first errors of a round.
func complain(all []request) {
	shown := 0
	for _, q := range all {
		if q.err != nil && shown < 5 {
			fmt.Fprintln(os.Stderr, q.err)
			shown++
		}
	}
}
