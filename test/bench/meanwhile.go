package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"parvis/internal/act"
	"parvis/internal/app"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
	"parvis/internal/powers"
)

// meanwhile is a second process of the city that records acts while its pages are asked for: four movements of
// the staff for one note on a project, as in the story. Nobody is refused: the powers are not what is measured.
type meanwhile struct {
	db   *db.DB
	log  *act.Log
	room *portfolio.Room
	memo memo
}

func newMeanwhile(dir string, m memo) (*meanwhile, error) {
	d, err := db.Open(context.Background(), db.Config{Source: filepath.Join(dir, "parvis.db"), Readers: 1})
	if err != nil {
		return nil, err
	}
	verbs, err := app.Verbs()
	if err != nil {
		return nil, err
	}
	engine, _ := powers.NewEngine(verbs)
	w := &meanwhile{db: d, memo: m, log: act.NewLog(d.Writer, verbs, func(*db.Tx, act.Actor, act.Ask) (act.Chain, error) {
		return act.Chain{Role: "banc"}, nil
	})}
	w.room = portfolio.New(portfolio.Config{Log: w.log, Reads: d.Readers, Writer: d.Writer, Clock: clock.System{},
		Directory: portfolio.PowersDirectory(engine, clock.System{})})
	return w, nil
}

// write records acts at a rate until ctx ends.
func (w *meanwhile) write(ctx context.Context, perSecond float64) (n int, err error) {
	if perSecond <= 0 {
		return 0, nil
	}
	tick := time.NewTicker(time.Duration(float64(time.Second) / perSecond))
	defer tick.Stop()
	for ; ; n++ {
		select {
		case <-ctx.Done():
			return n, nil
		case <-tick.C:
		}
		if err := w.one(n); err != nil {
			return n, fmt.Errorf("writing meanwhile: %w", err)
		}
	}
}

func (w *meanwhile) one(n int) error {
	ctx, by := context.Background(), act.Actor{Kind: act.Agent, Post: w.memo.Elected[0], Account: "banc", Channel: "web"}
	if n%5 == 4 {
		s, err := w.room.Sheet(ctx, identity.Visitor{Kind: identity.Agent}, w.memo.Numbers[n%len(w.memo.Numbers)])
		if err != nil {
			return err
		}
		return w.room.WriteNote(ctx, by, s.ID, "Point d'étape pendant la mesure.")
	}
	_, err := act.Do(ctx, w.log, by, func(tx *act.Tx) (id.ID, error) {
		const verb = "powers.holder.appoint"
		holder := act.Ref{Type: "holder", ID: tx.NewID()}
		g, err := tx.Allow(act.Ask{Verb: verb, Object: holder})
		if err != nil {
			return "", err
		}
		return tx.Record(g, act.Act{Verb: verb, Object: holder, Subject: act.Ref{Type: "post", ID: w.memo.Elected[n%len(w.memo.Elected)]},
			Args: map[string]string{"post": string(by.Post), "holder": string(holder.ID)}}), nil
	})
	return err
}

// startWriting writes beside the load; stop ends it.
func startWriting(p plan, m memo) (stop func() error, err error) {
	w, err := newMeanwhile(p.city, m)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		_, err := w.write(ctx, p.writes)
		ended <- err
	}()
	return func() error {
		cancel()
		return errors.Join(<-ended, w.db.Close())
	}, nil
}
