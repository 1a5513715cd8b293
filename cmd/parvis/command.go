package main

import (
	"context"
	"embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"parvis/internal/app"
	"parvis/internal/fault"
	"parvis/internal/i18n"
)

//go:embed messages/*.toml
var messages embed.FS

// The exit codes, the same for every subcommand.
const (
	exitDone    = 0
	exitFailed  = 1
	exitUsage   = 2
	exitFinding = 3 // verify, fsck, restore, import: the check ran and found something
)

// errFinding ends a check that found something, already told on the output.
var errFinding = errors.New("finding")

// terminal is the world around the program.
type terminal struct {
	args     []string
	in       io.Reader
	out, err io.Writer
	env      func(string) string
}

// command is one subcommand. Its texts are in the catalogues under cmd.<name>.
type command struct {
	name string
	run  func(context.Context, *call) error
}

// call is one run of a subcommand: its flags, its arguments and the language of its texts.
type call struct {
	terminal
	flags *flag.FlagSet
	quiet *bool // says only what is wrong
	text  *i18n.Printer
	all   *i18n.Catalog
}

func commands() []command {
	return []command{
		{"demo", demo}, {"init", initCity}, {"serve", serve}, {"migrate", migrate}, {"import", importBook}, {"export", exportCity},
		{"verify", verifyPublic}, {"fsck", fsck}, {"witness", runWitness}, {"backup", backup}, {"restore", restore},
		{"tally", tallyFile},
	}
}

func run(ctx context.Context, t terminal) int {
	catalogue, err := i18n.Load(append(app.Catalogues(), messages)...)
	if err != nil {
		fmt.Fprintln(t.err, err)
		return exitFailed
	}
	text := catalogue.Printer(language(t.env))
	name, rest := "help", []string(nil)
	if len(t.args) > 0 {
		name, rest = t.args[0], t.args[1:]
	}
	for _, c := range commands() {
		if c.name == name {
			t.args = rest
			return finish(ctx, c, newCall(t, c.name, text, catalogue))
		}
	}
	return help(t, text, name, rest)
}

func newCall(t terminal, name string, text *i18n.Printer, all *i18n.Catalog) *call {
	c := &call{terminal: t, quiet: new(bool), text: text, all: all, flags: flag.NewFlagSet(name, flag.ContinueOnError)}
	c.flags.SetOutput(t.err)
	c.flags.Usage = func() { c.usage(t.err) }
	return c
}

// parse reads the flags that the subcommand declared, wherever they stand among the arguments.
func (c *call) parse() error {
	var operands []string
	for rest := c.args; ; {
		if err := c.flags.Parse(rest); err != nil {
			return errors.Join(errUsage, err)
		}
		rest = c.flags.Args()
		if len(rest) == 0 {
			break
		}
		operands, rest = append(operands, rest[0]), rest[1:]
	}
	c.args = operands
	return nil
}

var errUsage = errors.New("usage")

func finish(ctx context.Context, cmd command, c *call) int {
	err := cmd.run(ctx, c)
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return exitDone
	case errors.Is(err, errUsage):
		return exitUsage
	case errors.Is(err, errFinding):
		return exitFinding
	}
	fmt.Fprintln(c.err, explain(c.text, err))
	return exitFailed
}

// explain says a fault in words, with each field at fault on a line of its own.
func explain(text *i18n.Printer, err error) string {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || !text.Has(f.Key) {
		return err.Error()
	}
	lines := []string{text.T(f.Key, f.Args...)}
	for _, field := range f.Fields {
		lines = append(lines, fmt.Sprintf("  %s: %s", field.Name, text.T(field.Key, field.Args...)))
	}
	if cause := errors.Unwrap(f); cause != nil {
		lines = append(lines, "  ("+cause.Error()+")")
	}
	return strings.Join(lines, "\n")
}

// mayHush gives a command the flag by which it says nothing unless something is wrong, as a timetable wants it.
func (c *call) mayHush() { c.quiet = c.flags.Bool("quiet", false, "") }

// say writes what went well.
func (c *call) say(key string, args ...any) {
	if !*c.quiet {
		fmt.Fprintln(c.out, c.text.T(key, args...))
	}
}

// usage teaches: what the subcommand is for, how it is called, its flags, examples.
func (c *call) usage(w io.Writer) {
	fmt.Fprintf(w, "%s\n\n", c.text.T("cmd."+c.flags.Name()+".help"))
	c.flags.VisitAll(func(f *flag.Flag) {
		key := "cmd." + c.flags.Name() + ".flag." + f.Name
		if !c.text.Has(key) {
			key = "cmd.flag." + f.Name // the same for every command
		}
		fmt.Fprintf(w, "  --%-14s %s", f.Name, c.text.T(key))
		if f.DefValue != "" && f.DefValue != "false" {
			fmt.Fprintf(w, " (%s)", f.DefValue)
		}
		fmt.Fprintln(w)
	})
}

// help lists the subcommands, or explains one. An unknown name is an error of usage.
func help(t terminal, text *i18n.Printer, name string, rest []string) int {
	asked := name == "help" || name == "-h" || name == "--help"
	if asked && len(rest) > 0 && rest[0] == "exit-codes" {
		fmt.Fprintln(t.out, text.T("cmd.exit_codes"))
		return exitDone
	}
	if asked && len(rest) > 0 {
		for _, c := range commands() {
			if c.name == rest[0] {
				t.args, t.err = []string{rest[0], "--help"}, t.out // asked for, help is what the program says
				return run(context.Background(), t)
			}
		}
		name, asked = rest[0], false
	}
	w, code := t.out, exitDone
	if !asked {
		w, code = t.err, exitUsage
		fmt.Fprintln(w, text.T("cmd.unknown", "name", name))
	}
	fmt.Fprintf(w, "%s\n\n", text.T("cmd.help"))
	for _, c := range commands() {
		fmt.Fprintf(w, "  %-9s %s\n", c.name, text.T("cmd."+c.name+".summary"))
	}
	fmt.Fprintf(w, "\n%s\n", text.T("cmd.more"))
	return code
}

// language is English when the terminal says so, French otherwise.
func language(env func(string) string) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := env(name); v != "" {
			if strings.HasPrefix(v, "en") {
				return "en"
			}
			return "fr"
		}
	}
	return "fr"
}
