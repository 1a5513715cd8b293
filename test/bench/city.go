package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"parvis/internal/act"
	"parvis/internal/app"
	"parvis/internal/calendar"
	"parvis/internal/clock"
	"parvis/internal/council"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
	"parvis/internal/powers"
	"parvis/internal/powers/powerstest"
)

// The large city: what it holds, and when its story is told. It is made by the use cases of the rooms,
// act by act, except for its staff, whose 220,000 appointments are put in the tables at once and whose
// later movements are recorded as acts that change no row.
const (
	cityInitiatives = 3000
	cityActs        = 200_000
	cityElected     = 37
	cityReaders     = 20 // accounts of agents who read
	cityChunk       = 50 // initiatives that arrive together
	citySeed        = 1914
)

// memo is what the load must know of the city: kept beside it, so that it is made once.
type memo struct {
	Numbers []string // of initiatives
	Public  []string // those that everybody may read
	Units   []id.ID
	Elected []id.ID
	Tokens  []string // sessions of the readers
	Acts    int64
	Took    string
}

func memoFile(dir string) string { return filepath.Join(dir, "bench.json") }

// largeCity opens the memo of the city in dir, and makes the city first if it is not there.
func largeCity(dir string) (memo, error) {
	var m memo
	if b, err := os.ReadFile(memoFile(dir)); err == nil {
		return m, json.Unmarshal(b, &m)
	}
	if err := os.RemoveAll(dir); err != nil { // one whose making was broken off
		return m, err
	}
	fmt.Fprintf(os.Stderr, "making the large city in %s\n", dir)
	began := time.Now()
	b := &builder{dir: dir, clock: clock.At(calendar.Day("2018-01-02").Clock(9, 0)), rnd: rand.New(rand.NewPCG(citySeed, citySeed))}
	if err := b.build(); err != nil {
		return m, err
	}
	b.memo.Took = time.Since(began).Round(time.Second).String()
	body, err := json.Marshal(b.memo)
	if err != nil {
		return m, err
	}
	return b.memo, os.WriteFile(memoFile(dir), body, 0o600)
}

type builder struct {
	dir   string
	clock *clock.Set
	rnd   *rand.Rand
	db    *db.DB
	city  *powerstest.City
	room  *portfolio.Room
	acts  atomic.Int64
	memo  memo
}

func (b *builder) config() app.Config {
	return app.Config{Dir: b.dir, Clock: b.clock, City: app.CityConfig{Name: "Ville du banc d'essai"},
		Listen:  "127.0.0.1:0",
		Proxies: []string{"127.0.0.0/8"}, // visitors come from many addresses, as behind a reverse proxy
		Matters: []app.MatterConfig{{Code: "proprete", FR: "Propreté", EN: "Cleanliness"}, {Code: "voirie", FR: "Voirie", EN: "Roads"}}}
}

func (b *builder) build() error {
	if err := b.found(); err != nil {
		return err
	}
	if err := b.tell(); err != nil {
		return err
	}
	return b.open()
}

// found lays a town hall with its large staff, its deputies and its rooms, without any project.
func (b *builder) found() error {
	founded, err := app.Found(context.Background(), b.config(), slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	if err := founded.Close(); err != nil {
		return err
	}
	if b.db, err = db.Open(context.Background(), db.Config{Source: filepath.Join(b.dir, "parvis.db"), Clock: b.clock}); err != nil {
		return err
	}
	b.city = powerstest.New(fatal{}, b.db, portfolio.Verbs(), identity.Verbs(), council.Verbs())
	settle(b.city)
	b.elect()
	b.room = portfolio.New(portfolio.Config{Log: b.city.Log, Reads: b.db.Readers, Writer: b.db.Writer, Clock: b.clock,
		Directory: portfolio.PowersDirectory(b.city.Engine, b.clock)})
	return nil
}

// open lets the readers in and leaves the city as the running program would.
func (b *builder) open() error {
	if err := b.admit(); err != nil {
		return err
	}
	if err := b.db.Close(); err != nil {
		return err
	}
	return b.settle()
}

// elect seats the deputies who sponsor initiatives.
func (b *builder) elect() {
	b.city.Do(fatal{}, b.city.Agent("SG"), func(tx *act.Tx) error {
		for n := range cityElected {
			post, err := b.seat(tx, fmt.Sprintf("ELU-%02d", n), "Adjointe ou adjoint n° "+strconv.Itoa(n+1))
			if err != nil {
				return err
			}
			b.memo.Elected = append(b.memo.Elected, post)
		}
		return nil
	})
}

// settle delivers the facts and integrates the log, as the running program would have.
func (b *builder) settle() error {
	a, err := app.Open(context.Background(), b.config(), slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer a.Close()
	return a.Settle(context.Background())
}

// each runs fn for 0…n-1 on 16 goroutines and returns the first error.
func each(n int, fn func(int) error) error {
	var group sync.WaitGroup
	var next atomic.Int64
	var failure atomic.Pointer[error]
	for range 16 {
		group.Go(func() {
			for failure.Load() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				if err := fn(i); err != nil {
					failure.CompareAndSwap(nil, &err)
				}
			}
		})
	}
	group.Wait()
	if f := failure.Load(); f != nil {
		return *f
	}
	return nil
}

// admit opens the accounts of the readers and signs them in for longer than a working day: the city is
// kept between runs.
func (b *builder) admit() error {
	const years = 10 * 365 * 24 * time.Hour
	var token string
	in, err := identity.New(identity.Config{City: "banc", Origin: "http://127.0.0.1", Readers: b.db.Readers, Writer: b.db.Writer, Log: b.city.Log,
		Security: slog.New(slog.DiscardHandler), Limits: identity.Limits{AgentIdle: years, AgentEnd: years},
		SendLink: func(_ *db.Tx, m identity.LinkMail) error { token = m.Token; return nil }})
	if err != nil {
		return err
	}
	ctx := context.Background()
	for n := range cityReaders {
		email := fmt.Sprintf("agent-%d@banc.example", n)
		_, err := in.Open(ctx, identity.NewAccount{Kind: identity.AgentAccount, Email: email, Name: "Claude", Lang: "fr",
			Person: b.city.Persons[postCode(n, 0)]})
		if err != nil {
			return err
		}
		if err := in.RequestLink(ctx, email, "fr", "", identity.Client{}); err != nil {
			return err
		}
		pass, err := in.UseLink(ctx, token, identity.Client{}, "")
		if err != nil {
			return err
		}
		b.memo.Tokens = append(b.memo.Tokens, pass.Token)
	}
	return nil
}

// seat is an elected post with its holder.
func (b *builder) seat(tx *act.Tx, code, title string) (id.ID, error) {
	since := calendar.Since(powerstest.Dawn)
	post, err := powers.CreatePost(tx, powers.NewPost{Unit: b.city.Units["EXEC"], Code: code, Title: title, Layer: powers.Elected, Named: true, Period: since})
	if err != nil {
		return "", err
	}
	person, err := powers.AddPerson(tx, powers.NewPerson{Given: "Dominique", Family: "Élu " + code, Matricule: "M-" + code, Source: "banc"})
	if err != nil {
		return "", err
	}
	_, err = powers.Appoint(tx, powers.Appointment{Post: post, Person: person, Period: since})
	return post, err
}
