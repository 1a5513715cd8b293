package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// plan is what the command line asks for.
type plan struct {
	only    string        // which measures
	runs    int           // rounds of each; the median is the figure
	round   time.Duration // of civic acts
	load    time.Duration // of pages
	rate    int           // pages a second
	writes  float64       // acts a second recorded by another process while pages are asked for
	city    string        // folder of the large city, kept between runs
	scratch string        // folder of databases that are thrown away, on the same disk as the city
	kind    string        // words in the names of the kinds of pages whose cost is measured; "" for all
	profile string        // file for a CPU profile of the serving process
}

func (p plan) wants(measure string) bool {
	return strings.Contains(","+p.only+",", ","+measure+",")
}

func main() {
	if dir := os.Getenv(serveDir); dir != "" {
		check(serve(dir))
		return
	}
	if dir := os.Getenv(exportDir); dir != "" {
		check(export(dir))
		return
	}
	var p plan
	flag.StringVar(&p.only, "only", "acts,decide,cost,genealogy,council,pages,tally", "measures to take")
	flag.IntVar(&p.runs, "runs", 5, "rounds of each measure")
	flag.DurationVar(&p.round, "round", 4*time.Second, "length of a round of civic acts")
	flag.DurationVar(&p.load, "load", 30*time.Second, "length of a round of pages")
	flag.IntVar(&p.rate, "rate", 200, "pages a second")
	flag.Float64Var(&p.writes, "writes", 2, "acts a second recorded meanwhile by another process")
	flag.StringVar(&p.city, "city", "bin/bench-city", "folder of the large city, made if missing")
	flag.StringVar(&p.kind, "kind", "", "of cost: the kinds of pages whose name holds these words; of council: file, visas or export")
	flag.StringVar(&p.profile, "profile", "", "write a CPU profile of the serving process")
	flag.Parse()
	check(run(p))
}

func run(p plan) (err error) {
	if err := os.MkdirAll(filepath.Dir(p.city), 0o755); err != nil {
		return err
	}
	if p.scratch, err = os.MkdirTemp(filepath.Dir(p.city), "bench-"); err != nil {
		return err
	}
	defer os.RemoveAll(p.scratch)
	t := newTable(os.Stdout)
	if p.wants("acts") || p.wants("decide") {
		if err := measureEngines(p, t); err != nil {
			return err
		}
	}
	if p.wants("cost") {
		if err := measureCosts(p, t); err != nil {
			return err
		}
	}
	if p.wants("genealogy") {
		if err := measureGenealogy(p, t); err != nil {
			return err
		}
	}
	if p.wants("council") {
		if err := measureCouncil(p, t); err != nil {
			return err
		}
	}
	if p.wants("pages") {
		if err := measurePages(p, t); err != nil {
			return err
		}
	}
	if p.wants("tally") {
		return measureTally(p, t)
	}
	return nil
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}
