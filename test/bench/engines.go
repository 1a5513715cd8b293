package main

import (
	"context"
	"database/sql"
	"net/url"
	"os"
	"path/filepath"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/portfolio"
	"parvis/internal/powers"
	"parvis/internal/powers/powerstest"
)

// fatal lets powerstest lay its city for a command.
type fatal struct{}

func (fatal) Helper() {}

func (fatal) Fatal(args ...any) { check(args[0].(error)) }

// engine is a database with a town hall in it, opened anew for every way of writing to it.
type engine struct {
	name string
	c    db.Config
	city *powerstest.City
}

// measureEngines takes civic acts and the evaluator on SQLite and, when PARVIS_TEST_POSTGRES names a
// server, on PostgreSQL.
func measureEngines(p plan, t *table) error {
	all := []db.Config{{Source: filepath.Join(p.scratch, "acts.db")}}
	if server := os.Getenv("PARVIS_TEST_POSTGRES"); server != "" {
		source, drop, err := postgres(server)
		if err != nil {
			return err
		}
		defer drop()
		all = append(all, db.Config{Source: source})
	}
	for _, c := range all {
		e := &engine{name: string(c.Engine()), c: c}
		if err := e.lay(); err != nil {
			return err
		}
		if p.wants("acts") {
			if err := measureActs(p, t, e); err != nil {
				return err
			}
		}
		if p.wants("decide") {
			if err := measureDecide(p, t, e); err != nil {
				return err
			}
		}
	}
	return nil
}

// postgres makes a database that is dropped afterwards.
func postgres(server string) (source string, drop func(), err error) {
	pool, err := sql.Open("pgx", server)
	if err != nil {
		return "", nil, err
	}
	const name = "parvis_bench"
	for _, statement := range []string{"DROP DATABASE IF EXISTS " + name + " WITH (FORCE)", "CREATE DATABASE " + name} {
		if _, err := pool.Exec(statement); err != nil {
			return "", nil, err
		}
	}
	u, err := url.Parse(server)
	if err != nil {
		return "", nil, err
	}
	u.Path = "/" + name
	return u.String(), func() {
		pool.Exec("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)")
		pool.Close()
	}, nil
}

// lay fills the database with 600 units and 55,000 posts with ten years of holders, under the
// municipal team, with 200 delegations of signature.
func (e *engine) lay() error {
	d, err := db.Open(context.Background(), e.c)
	if err != nil {
		return err
	}
	defer d.Close()
	e.city = powerstest.New(fatal{}, d, portfolio.Verbs())
	settle(e.city)
	return nil
}

// settle makes a small city large.
func settle(c *powerstest.City) {
	c.Populate(fatal{}, powerstest.Paris)
	c.Install(fatal{}, c.Founder, powers.MunicipalTeam, powerstest.Dawn)
	c.Do(fatal{}, c.Agent("SG"), func(tx *act.Tx) error {
		for n := range 200 {
			_, err := powers.Delegate(tx, powers.NewDelegation{Giver: c.Posts["SG"], Receiver: c.Posts[postCode(n, 1)], Nature: powers.OfSignature,
				Scope:  powers.Scope{Verbs: []string{"portfolio.arbitration.decide"}, AmountMax: 200_000_00},
				Period: calendar.Since("2018-01-01"), LegalAct: "2018-" + postCode(n, 1)})
			if err != nil {
				return err
			}
		}
		return nil
	})
}
