package job_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/i18n"
	"parvis/internal/job"

	"github.com/google/go-cmp/cmp"
)

var monday = time.Date(2018, 3, 12, 8, 0, 0, 0, time.UTC)

type city struct {
	t     *testing.T
	db    *db.DB
	clock *clock.Set
}

func each(t *testing.T, test func(c city)) {
	now := clock.At(monday)
	dbtest.EachAt(t, now, func(t *testing.T, d *db.DB) {
		now.Move(monday)
		test(city{t, d, now})
	})
}

func (c city) put(jobs ...job.Job) {
	c.t.Helper()
	for _, j := range jobs {
		if err := c.db.Writer.Traffic(context.Background(), func(tx *db.Tx) error { return job.Put(tx, j) }); err != nil {
			c.t.Fatal(err)
		}
	}
}

func (c city) workers(kinds ...job.Kind) *job.Workers {
	c.t.Helper()
	w, err := job.NewWorkers(c.db, c.clock, 2, kinds...)
	if err != nil {
		c.t.Fatal(err)
	}
	return w
}

// done lists what a kind was given, in order.
type done struct {
	mu   sync.Mutex
	list []string
}

func (d *done) kind(name string) job.Kind {
	return job.On(name, func(_ context.Context, _ job.Task, word string) error {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.list = append(d.list, word)
		return nil
	})
}

func work(t *testing.T, w *job.Workers, want int) {
	t.Helper()
	if n, err := w.Work(context.Background()); n != want || err != nil {
		t.Errorf("worked on %d jobs, %v, want %d", n, err, want)
	}
}

func TestJobsRunInTheirTurn(t *testing.T) {
	each(t, func(c city) {
		var d done
		w := c.workers(d.kind("x.say"))
		c.put(job.Job{Kind: "x.say", Payload: "late", RunAt: monday.Add(2 * time.Hour)},
			job.Job{Kind: "x.say", Payload: "soon", RunAt: monday.Add(time.Hour)},
			job.Job{Kind: "x.say", Payload: "now"}, job.Job{Kind: "unknown", Payload: "never"})
		work(t, w, 1)
		c.clock.Advance(3 * time.Hour)
		work(t, w, 2)
		work(t, w, 0)
		if diff := cmp.Diff([]string{"now", "soon", "late"}, d.list); diff != "" {
			t.Error(diff)
		}
	})
}

func TestAJobExistsOnlyWithItsCauseAndOnceByName(t *testing.T) {
	each(t, func(c city) {
		var d done
		undone := errors.New("undone")
		c.db.Writer.Traffic(context.Background(), func(tx *db.Tx) error {
			return errors.Join(job.Put(tx, job.Job{Kind: "x.say", Payload: "undone"}), undone)
		})
		for _, word := range []string{"first", "second"} {
			c.put(job.Job{Kind: "x.say", Name: "rebuild", Payload: word})
		}
		work(t, c.workers(d.kind("x.say")), 1)
		if diff := cmp.Diff([]string{"first"}, d.list); diff != "" {
			t.Error(diff)
		}
	})
}

func TestAFailingJobIsTriedAgainAndThenDead(t *testing.T) {
	each(t, func(c city) {
		fails := true
		kind := job.On("x.fail", func(_ context.Context, task job.Task, _ string) error {
			if task.Attempt == 2 {
				panic("worse")
			}
			if fails {
				return errors.New("no connection")
			}
			return nil
		})
		kind.Attempts = 3
		w := c.workers(kind)
		c.put(job.Job{Kind: "x.fail", Payload: ""})
		for attempt := range 3 {
			if n, err := w.Work(context.Background()); n != 1 || err == nil {
				t.Errorf("attempt %d: worked on %d, %v", attempt, n, err)
			}
			work(t, w, 0)
			c.clock.Advance(time.Hour)
		}
		work(t, w, 0)
		got, err := w.Standings(context.Background())
		if err != nil || len(got) != 1 || !got[0].Dead || got[0].Attempts != 3 || !strings.Contains(got[0].Trouble, "no connection") {
			t.Fatalf("standings %+v, %v", got, err)
		}
		fails = false
		if err := w.Revive(context.Background(), got[0].ID); err != nil {
			t.Error(err)
		}
		work(t, w, 1)
		if err := w.Discard(context.Background(), got[0].ID); err == nil {
			t.Error("discarded a job that was done")
		}
	})
}

func TestALeaseIsHeldByOneAndPassesOnWhenItEnds(t *testing.T) {
	each(t, func(c city) {
		held, release := make(chan bool), make(chan bool)
		var late error
		slow := job.On("x.slow", func(ctx context.Context, task job.Task, _ string) error {
			close(held)
			<-release
			late = c.db.Writer.Traffic(context.Background(), func(tx *db.Tx) error { return task.Finish(tx) })
			return late
		})
		c.put(job.Job{Kind: "x.slow", Payload: ""})
		ended := make(chan error)
		go func() { _, err := c.workers(slow).Work(context.Background()); ended <- err }()
		<-held

		var d done
		other := c.workers(d.kind("x.slow"))
		work(t, other, 0)
		c.clock.Advance(2 * time.Minute) // the first process is thought dead
		work(t, other, 1)
		close(release)
		if err := <-ended; !errors.Is(late, job.ErrLost) || !errors.Is(err, job.ErrLost) {
			t.Errorf("the late worker finished: %v, %v", late, err)
		}
	})
}

func TestALongJobRenewsItsLease(t *testing.T) {
	each(t, func(c city) {
		renewed := make(chan bool)
		kind := job.On("x.long", func(ctx context.Context, _ job.Task, _ string) error {
			before := leaseUntil(c)
			c.clock.Advance(time.Second)
			for leaseUntil(c) == before {
				time.Sleep(time.Millisecond)
			}
			close(renewed)
			return nil
		})
		kind.Lease = 30 * time.Millisecond
		c.put(job.Job{Kind: "x.long", Payload: ""})
		work(t, c.workers(kind), 1)
		<-renewed
	})
}

func leaseUntil(c city) int64 {
	v, err := db.One(context.Background(), c.db.Readers, db.Scalar[int64], "SELECT MAX(lease_until) FROM job")
	if err != nil {
		c.t.Error(err)
	}
	return v
}

func TestManyWorkersDoEachJobOnce(t *testing.T) {
	each(t, func(c city) {
		var d done
		for i := range 60 {
			c.put(job.Job{Kind: "x.say", Payload: string(rune('A' + i))})
		}
		var all sync.WaitGroup
		for range 4 {
			w := c.workers(d.kind("x.say"))
			all.Go(func() { w.Work(context.Background()) })
		}
		all.Wait()
		slices.Sort(d.list)
		if len(d.list) != 60 || len(slices.Compact(d.list)) != 60 {
			t.Errorf("done %d: %v", len(d.list), d.list)
		}
	})
}

func TestAPeriodicJobRunsOnceForManyMissedTurns(t *testing.T) {
	each(t, func(c city) {
		var runs atomic.Int32
		fail := false
		kind := job.Every("x.night", job.Daily(3, 0), func(context.Context, job.Task) error {
			runs.Add(1)
			if fail {
				return errors.New("no connection")
			}
			return nil
		})
		w := c.workers(kind)
		work(t, w, 0)
		c.clock.Advance(10 * 24 * time.Hour)
		work(t, w, 1)
		work(t, c.workers(kind), 0)

		fail = true
		c.clock.Advance(24 * time.Hour)
		for range 30 { // a periodic job never dies
			w.Work(context.Background())
			c.clock.Advance(3 * time.Hour)
		}
		got, err := w.Standings(context.Background())
		if err != nil || len(got) != 1 || got[0].Dead || got[0].Trouble == "" {
			t.Errorf("standings %+v, %v", got, err)
		}
		fail = false
		work(t, w, 1)
		if got, _ := w.Standings(context.Background()); got[0].Trouble != "" {
			t.Errorf("the trouble stays: %+v", got)
		}
	})
}

func TestSchedulesKeepTheHourOfParis(t *testing.T) {
	utc := func(s string) time.Time {
		at, err := time.Parse("2006-01-02 15:04", s)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	for _, c := range []struct {
		name      string
		next      job.Schedule
		now, want string
	}{
		{"daily, winter", job.Daily(7, 30), "2018-03-12 08:00", "2018-03-13 06:30"},
		{"daily, across the change of hour", job.Daily(7, 30), "2018-03-24 08:00", "2018-03-25 05:30"},
		{"daily, exactly at the hour", job.Daily(7, 30), "2018-03-13 06:30", "2018-03-14 06:30"},
		{"weekly", job.Weekly(time.Monday, 8, 0), "2018-03-12 08:00", "2018-03-19 07:00"},
		{"each", job.Each(time.Hour), "2018-03-12 08:00", "2018-03-12 09:00"},
	} {
		if got := c.next(utc(c.now)); !got.Equal(utc(c.want)) {
			t.Errorf("%s: %v, want %s", c.name, got.UTC(), c.want)
		}
	}
}

func TestAStoppedWorkerGivesItsJobBack(t *testing.T) {
	each(t, func(c city) {
		ctx, stop := context.WithCancel(context.Background())
		w := c.workers(job.On("x.wait", func(ctx context.Context, _ job.Task, _ string) error {
			stop()
			<-ctx.Done()
			return ctx.Err()
		}))
		c.put(job.Job{Kind: "x.wait", Payload: ""})
		if err := w.Run(ctx); err != nil {
			t.Fatal(err)
		}
		got, err := w.Standings(context.Background())
		if err != nil || len(got) != 1 || got[0].Attempts != 0 || got[0].Working {
			t.Errorf("standings %+v, %v", got, err)
		}
		var d done
		work(t, c.workers(d.kind("x.wait")), 1)
	})
}

func TestAKindIsDeclaredOnce(t *testing.T) {
	var d done
	if _, err := job.NewWorkers(nil, nil, 1, d.kind("x"), d.kind("x")); err == nil {
		t.Error("two kinds of one name were accepted")
	}
}

func TestCataloguesAgree(t *testing.T) {
	for _, problem := range i18n.Check(job.Messages) {
		t.Error(problem)
	}
}
