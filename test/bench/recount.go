package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"

	"parvis/internal/act"
	"parvis/internal/act/logfile"
	"parvis/internal/act/verify"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/participation/recount"
	"parvis/internal/participation/tally"
)

// measureVerify publishes a made election of 165,000 ballots, as many as Paris had in a good year, and
// verifies it from its public files, log included.
func measureVerify(p plan, t *table) error {
	t.title("published election: 165,000 ballots of up to 10 of 200 projects, 20 million, mes_cost_add1u")
	site := filepath.Join(p.scratch, "site")
	d, err := madeDraft(165_000)
	if err != nil {
		return err
	}
	var made *recount.Publication
	elections := filepath.Join(site, "elections", d.ID)
	err = seconds(p, t, "counting and writing the public files", "", func() (err error) {
		made, err = recount.Publish(context.Background(), d, intoFolder(elections))
		return err
	})
	if err == nil {
		err = publishLog(filepath.Join(p.scratch, "log.db"), site, d, made)
	}
	if err != nil {
		return err
	}
	if err := seconds(p, t, "parvis verify", "<= 60", func() error { return verifySite(site) }); err != nil {
		return err
	}
	return measureStranger(p, t, site)
}

func intoFolder(dir string) recount.Put {
	return func(name string, write func(io.Writer) error) error {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		f, err := os.Create(path)
		if err != nil {
			return err
		}
		return errors.Join(write(f), f.Close())
	}
}

// madeDraft is the made election as a .pb file.
func madeDraft(ballots int) (recount.Draft, error) {
	var file bytes.Buffer
	made := tally.Made{Seed: 1, Ballots: ballots, Projects: 200, Longest: 10, Budget: 20_000_000}
	if err := made.WritePabulib(&file); err != nil {
		return recount.Draft{}, err
	}
	rules, err := tally.Preset("parts_egales")
	if err != nil {
		return recount.Draft{}, err
	}
	rules.Lots = []tally.LotDocument{{ID: "ville", Name: "Ville", Budget: made.Budget}}
	return recount.Draft{ID: "made", Title: "Made", Country: "France", Unit: "Valmont", Instance: "2018", Begin: "2018", End: "2018", Engine: "bench",
		Rules: rules, Lots: []recount.Ballots{func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(file.Bytes())), nil }}}, nil
}

// publishLog records the acts of the election and publishes their log.
func publishLog(source, site string, d recount.Draft, made *recount.Publication) error {
	ctx := context.Background()
	store, err := db.Open(ctx, db.Config{Source: source})
	if err != nil {
		return err
	}
	defer store.Close()
	frozen, err := recount.Freeze(ctx, d.Rules, d.Lots)
	if err != nil {
		return err
	}
	keys, err := act.CreateKeys(filepath.Dir(source), "bench.example/log")
	if err != nil {
		return err
	}
	var list []act.Verb
	for _, name := range []string{recount.FreezeVerb, recount.PublishVerb} {
		list = append(list, act.Verb{Name: name, Force: act.Did, Default: act.Public, Basis: "CRPA L312-1-1"})
	}
	verbs, err := act.NewVerbs(list)
	if err != nil {
		return err
	}
	everyone := func(*db.Tx, act.Actor, act.Ask) (act.Chain, error) { return act.Chain{Role: "decides"}, nil }
	log := act.NewLog(store.Writer, verbs, everyone)
	for _, a := range []struct {
		verb string
		args act.Args
	}{{recount.FreezeVerb, frozen}, {recount.PublishVerb, made.Publish}} {
		by := act.Actor{Kind: act.Agent, Post: "mission", Holder: "aff-1", Channel: "cli"}
		_, err := act.Do(ctx, log, by, func(tx *act.Tx) (id.ID, error) {
			object := act.Ref{Type: recount.Object, ID: id.ID(d.ID)}
			g, err := tx.Allow(act.Ask{Verb: a.verb, Object: object})
			if err != nil {
				return "", err
			}
			return tx.Record(g, act.Act{Verb: a.verb, Object: object, Version: 1, Args: a.args}), nil
		})
		if err != nil {
			return err
		}
	}
	if err := act.NewSequencer(log, store.Readers, act.Sequencing{Keys: keys}).Flush(ctx); err != nil {
		return err
	}
	_, err = logfile.Publish(ctx, logfile.Files{Readers: store.Readers, Keys: keys.Public}, filepath.Join(site, "log"))
	return err
}

func verifySite(site string) error {
	at, err := recount.Locate(context.Background(), site, "", nil)
	if err != nil {
		return err
	}
	found, err := recount.VerifyAll(context.Background(), at, verify.Options{})
	if err == nil && (!found.OK() || len(found.Elections) != 1) {
		err = fmt.Errorf("the made election is refused: %+v", found.Log.Problems)
	}
	return err
}

// measureStranger runs the second verifier, in Python, once.
func measureStranger(p plan, t *table, site string) error {
	script := filepath.Join("test", "conformance", "elections", "verify_election.py")
	if _, err := os.Stat(script); err != nil || exec.Command("python3", "-c", "import tomllib").Run() != nil {
		return nil
	}
	p.runs = 1
	return seconds(p, t, "the second verifier (Python), once", "", func() error { return exec.Command("python3", "-B", script, site).Run() })
}
