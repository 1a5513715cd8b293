package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"parvis/internal/act"
	"parvis/internal/council"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

// Visas of one round.
const (
	visaGo      = 5000 // in one go, through the page behind the link: what is promised in a minute
	visaRound   = 1000 // through the use case
	visaAlone   = 100  // of the baseline, which is slow
	visaWorkers = 16   // people who answer at once
)

// measureVisas acts on visas from the links of letters: one at a time with its own commit, sixteen at once
// through the use case, and sixteen at once through the page behind the link, served by a process of its own.
func measureVisas(p plan, t *table) error {
	b := newTables(filepath.Join(p.scratch, "visas"), assemblies{Items: 60, Meetings: 10})
	if err := b.sit(); err != nil {
		return err
	}
	tokens, err := b.letters(p.runs * (visaGo + visaRound + visaAlone))
	if err != nil {
		return err
	}
	if err := b.open(); err != nil {
		return err
	}
	w := visaBench{b: b, tokens: tokens}
	for range p.runs {
		if err := w.round(p); err != nil {
			return err
		}
	}
	t.title(fmt.Sprintf("Visas acted from mail on SQLite: 600 items, %d circuits", len(tokens)))
	t.add("baseline: one at a time, each with its own commit", "visas/s", w.alone.rate, "")
	w.together.print(t, fmt.Sprintf("%d, 16 at once, use case", visaRound))
	w.pages.print(t, fmt.Sprintf("%d in one go, 16 at once, POST on the letter's address", visaGo))
	t.add("the same", "s", w.pages.took, "≤ 60")
	return nil
}

// letters asks n opinions of the heads of 580 units, on items in turn, and writes the secret of each letter.
func (b *tablesBuilder) letters(n int) ([]string, error) {
	err := each(n, func(i int) error {
		_, err := b.council.Consult(context.Background(), b.city.Agent("MISSION"), council.ConsultForm{Item: b.tables.Items[i%len(b.tables.Items)],
			Post: b.city.Posts[postCode(20+i%580, 0)], Question: "Quel est votre avis ?", Days: 5})
		return err
	})
	if err != nil {
		return nil, err
	}
	return b.secrets()
}

// secrets makes a link for whoever holds each post that is asked.
func (b *tablesBuilder) secrets() ([]string, error) {
	holders := map[id.ID]id.ID{}
	for u := range 600 {
		holders[b.city.Posts[postCode(u, 0)]] = b.city.Holders[postCode(u, 0)]
	}
	type visa struct{ id, post id.ID }
	asked, err := db.All(context.Background(), b.db.Readers, func(r db.Row) (v visa, err error) { return v, r.Scan(&v.id, &v.post) },
		`SELECT id, post FROM council_visa WHERE status = 'asked' ORDER BY id`)
	if err != nil {
		return nil, err
	}
	var tokens []string
	return tokens, b.db.Writer.Traffic(context.Background(), func(tx *db.Tx) error {
		tokens = tokens[:0]
		for _, v := range asked {
			token, err := b.council.VisaTokenIn(tx, v.id, holders[v.post])
			if err != nil {
				return err
			}
			tokens = append(tokens, token)
		}
		return nil
	})
}

// answered are the figures of one way of answering.
type answered struct{ took, rate, cost []float64 }

func (a answered) print(t *table, name string) {
	t.add(name, "visas/s", a.rate, "≥ 84")
	t.add(name+", processor time of a visa", "ms", a.cost, "")
}

type visaBench struct {
	b                      *tablesBuilder
	tokens                 []string
	used                   int
	alone, together, pages answered
}

func (w *visaBench) take(n int) []string {
	w.used += n
	return w.tokens[w.used-n : w.used]
}

func (w *visaBench) round(p plan) error {
	for _, way := range []struct {
		into    *answered
		batch   time.Duration
		workers int
		n       int
	}{{&w.alone, 1, 1, visaAlone}, {&w.together, 0, visaWorkers, visaRound}} {
		if err := w.useCase(way.into, way.batch, way.workers, w.take(way.n)); err != nil {
			return err
		}
	}
	return w.post(p, w.take(visaGo))
}

// useCase answers through council.ActByToken in this process.
func (w *visaBench) useCase(into *answered, batch time.Duration, workers int, tokens []string) error {
	d, err := db.Open(context.Background(), db.Config{Source: filepath.Join(w.b.dir, "parvis.db"), BatchTime: batch})
	if err != nil {
		return err
	}
	defer d.Close()
	verbs, err := act.NewVerbs(portfolio.Verbs(), council.Verbs())
	if err != nil {
		return err
	}
	log, dir := act.NewLog(d.Writer, verbs, w.b.city.Engine.Decide), portfolio.PowersDirectory(w.b.city.Engine, w.b.clock)
	projects := portfolio.New(portfolio.Config{Log: log, Reads: d.Readers, Writer: d.Writer, Clock: w.b.clock, Directory: dir})
	room := council.New(council.Config{Log: log, Reads: d.Readers, Writer: d.Writer, Portfolio: projects, Clock: w.b.clock, Directory: dir,
		Seats: council.PowersSeats(w.b.city.Engine, w.b.clock)})
	began, before := time.Now(), spentHere()
	err = inParallel(workers, tokens, func(token string) error {
		v, err := room.ActByToken(context.Background(), token, council.VisaAgreed, "")
		if err == nil && v.Status != council.VisaAgreed {
			err = fmt.Errorf("visa %s is %s", v.ID, v.Status)
		}
		return err
	})
	into.note(len(tokens), time.Since(began), spentHere()-before)
	return err
}

func (a *answered) note(n int, took, spent time.Duration) {
	a.took = append(a.took, took.Seconds())
	a.rate = append(a.rate, float64(n)/took.Seconds())
	a.cost = append(a.cost, float64(spent.Microseconds())/1000/float64(n))
}

// post answers through the form behind the link.
func (w *visaBench) post(p plan, tokens []string) (err error) {
	p.city = w.b.dir
	s, err := startServer(p)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	client := newClient()
	defer client.CloseIdleConnections()
	var n atomic.Int64
	began, before := time.Now(), s.spent()
	err = inParallel(visaWorkers, tokens, func(token string) error {
		return postAnswer(client, s.url+"/fr/visa/"+token, fmt.Sprintf("10.9.%d.%d", n.Load()/250, 1+n.Add(1)%250))
	})
	w.pages.note(len(tokens), time.Since(began), s.spent()-before)
	return err
}

// postAnswer sends the form as the browser that showed the letter would.
func postAnswer(client *http.Client, address, from string) error {
	r, err := http.NewRequest(http.MethodPost, address, strings.NewReader(url.Values{"answer": {string(council.VisaAgreed)}}.Encode()))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.Header.Set("X-Forwarded-For", from)
	w, err := client.Do(r)
	if err != nil {
		return err
	}
	defer w.Body.Close()
	if _, err := io.Copy(io.Discard, w.Body); err != nil {
		return err
	}
	if w.StatusCode != http.StatusOK {
		return fmt.Errorf("a visa by letter: %s", w.Status)
	}
	return nil
}

// inParallel hands out the tokens to workers and returns the first error.
func inParallel(workers int, tokens []string, fn func(string) error) error {
	queue, failures := make(chan string), make(chan error, len(tokens))
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for token := range queue {
				failures <- fn(token)
			}
		})
	}
	for _, token := range tokens {
		queue <- token
	}
	close(queue)
	group.Wait()
	close(failures)
	for err := range failures {
		if err != nil {
			return err
		}
	}
	return nil
}
