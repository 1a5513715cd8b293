package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"

	"parvis/internal/app"
	"parvis/internal/tabular"
	"parvis/internal/workspace"
)

// importBook brings in a city's own workbook, or the ballots of a vote (see importVote): it shows every change and every defect, and writes only
// when asked to and when nothing is wrong.
func importBook(ctx context.Context, c *call) error {
	dir := c.dir()
	c.mayHush()
	yes := c.flags.Bool("yes", false, "")
	template := c.flags.String("template", "", "")
	example := c.flags.String("example", "", "")
	var v vote
	c.flags.StringVar(&v.title, "title", "", "")
	c.flags.StringVar(&v.source, "source", "", "")
	c.flags.BoolVar(&v.tolerant, "tolerant", false, "")
	if err := c.parse(); err != nil {
		return err
	}
	if *template != "" {
		return writeFile(*template, workspace.Template)
	}
	if *example != "" {
		return writeFile(*example, workspace.Example)
	}
	if ballotFiles(c.args) {
		v.yes = *yes
		return c.importVote(ctx, *dir, v)
	}
	if len(c.args) != 1 {
		c.usage(c.err)
		return errUsage
	}
	book, err := readBook(c.args[0])
	if err != nil {
		return err
	}
	a, err := openCity(ctx, *dir)
	if err != nil {
		return err
	}
	defer a.Close()
	by, err := a.Workspace.Actor(ctx, a.Founder())
	if err != nil {
		return err
	}
	shown, run := c.bar(), a.Workspace.PreviewBook
	if a.Workspace.Progress = shown.show; *yes {
		run = a.Workspace.ImportBook
	}
	report, err := run(ctx, by, book)
	shown.clear()
	c.tell(report)
	if err != nil {
		return err
	}
	if !report.Clean() {
		return errFinding
	}
	if !*yes {
		c.say("cmd.import.preview")
		return nil
	}
	return a.Settle(ctx)
}

// tell writes what an import does, sheet by sheet, and what is wrong, cell by cell.
func (c *call) tell(r workspace.Report) {
	for _, n := range r.Counts {
		c.say("cmd.import.sheet", "sheet", n.Sheet, "created", n.Created, "changed", n.Changed, "ended", n.Ended, "unchanged", n.Unchanged)
	}
	for _, d := range r.Defects {
		fmt.Fprintf(c.out, "  %s %s: %s\n", d.Place, d.Column, c.text.T(d.Key, d.Args...))
	}
	if r.Hidden > 0 {
		fmt.Fprintln(c.out, c.text.T("cmd.import.hidden", "n", r.Hidden))
	}
}

func readBook(path string) (*tabular.Book, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return tabular.Read(f, tabular.Usual())
}

func openCity(ctx context.Context, dir string) (*app.App, error) {
	cfg, err := app.ReadConfig(dir)
	if err != nil {
		return nil, err
	}
	return app.Open(ctx, cfg, slog.New(slog.DiscardHandler))
}

// exportCity writes the city in files that need no Parvis to be read.
func exportCity(ctx context.Context, c *call) error {
	dir := c.dir()
	c.mayHush()
	all := c.flags.Bool("all", false, "")
	if err := c.parse(); err != nil {
		return err
	}
	if len(c.args) != 1 {
		c.usage(c.err)
		return errUsage
	}
	a, err := openCity(ctx, *dir)
	if err != nil {
		return err
	}
	defer a.Close()
	shown := c.bar()
	a.Workspace.Progress = shown.show
	var held workspace.Archived
	err = writeFile(c.args[0], func(w io.Writer) (err error) {
		if *all {
			held, err = a.Workspace.ExportAll(ctx, workspace.Operator(), w)
			return err
		}
		return a.Workspace.ExportBook(ctx, w)
	})
	shown.clear()
	if err != nil {
		return err
	}
	c.say("cmd.export.done", "to", c.args[0])
	if *all {
		c.say("cmd.export.held", "rows", held.Rows, "papers", held.Papers)
	}
	return c.lacking(held)
}

// lacking names the files of papers that an archive should have held.
func (c *call) lacking(held workspace.Archived) error {
	if len(held.Lacking) == 0 {
		return nil
	}
	c.say("cmd.export.lacking", "n", len(held.Lacking))
	for _, name := range held.Lacking {
		fmt.Fprintln(c.out, "  "+name)
	}
	return errFinding
}

// writeFile writes a new file whole, or leaves none behind.
func writeFile(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	err = write(f)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		os.Remove(path)
	}
	return err
}
