package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"parvis/internal/app"
	"parvis/internal/workspace"
)

// exportDir: this process exports the city of that folder and prints what it took.
const exportDir = "PARVIS_BENCH_EXPORT"

// exported are the figures of the export of one city.
type exported struct{ rest, peak, took, size, disk []float64 }

// measureExport writes the whole export of two cities, each in a process of its own, and says how far their
// resident memory went: it must not depend on how much the city holds.
func measureExport(p plan, t *table) error {
	cities := []struct {
		dir  string
		size assemblies
		exported
	}{{dir: p.city + "-council-small", size: smallTables()}, {dir: p.city + "-council", size: bigTables()}}
	for i := range cities {
		if _, err := councilCity(cities[i].dir, cities[i].size); err != nil {
			return err
		}
	}
	for range p.runs {
		for i := range cities {
			if err := cities[i].round(cities[i].dir); err != nil {
				return err
			}
		}
	}
	t.title("Whole export of a city, in a process of its own (the same staff of 55,000 posts)")
	for _, c := range cities {
		name := fmt.Sprintf("%d initiatives, %d papers", c.size.Initiatives, c.size.Papers)
		t.add("baseline: its database read from the disk", "s", c.disk, "")
		t.add(name+", export", "s", c.took, "")
		t.add(name+", size of the archive", "MiB", c.exported.size, "")
		t.add("baseline: memory of the process before", "MiB", c.rest, "")
		t.add(name+", largest resident memory", "MiB", c.peak, "flat")
	}
	return nil
}

func (e *exported) round(dir string) error {
	began := time.Now()
	if err := drain(filepath.Join(dir, "parvis.db")); err != nil {
		return err
	}
	e.disk = append(e.disk, time.Since(began).Seconds())
	self, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.Command(self)
	cmd.Env, cmd.Stderr = append(os.Environ(), exportDir+"="+dir), os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return err
	}
	var rest, peak, took, size float64
	if _, err := fmt.Sscan(string(out), &rest, &peak, &took, &size); err != nil {
		return err
	}
	e.rest, e.peak, e.took, e.size = append(e.rest, rest), append(e.peak, peak), append(e.took, took), append(e.size, size)
	return nil
}

func drain(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(io.Discard, f)
	return err
}

// export is what `parvis export` does, into nothing.
func export(dir string) error {
	ctx := context.Background()
	c, err := app.ReadConfig(dir)
	if err != nil {
		return err
	}
	a, err := app.Open(ctx, c, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer a.Close()
	rest, began, out := peakHere(), time.Now(), new(counter)
	if _, err := a.Workspace.ExportAll(ctx, workspace.Operator(), out); err != nil {
		return err
	}
	fmt.Println(rest, peakHere(), time.Since(began).Seconds(), float64(*out)/(1<<20))
	return nil
}

// counter counts what it is given.
type counter int64

func (c *counter) Write(b []byte) (int, error) { *c += counter(len(b)); return len(b), nil }

// peakHere is the largest resident memory of this process so far, in MiB.
func peakHere() float64 { return peakOf("self") }

func peakOf(process string) float64 {
	b, _ := os.ReadFile("/proc/" + process + "/status")
	for line := range strings.Lines(string(b)) {
		if rest, found := strings.CutPrefix(line, "VmHWM:"); found {
			kib, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kib / 1024
		}
	}
	return 0
}
