package verify

import (
	"bufio"
	"embed"
	"fmt"
	"io"

	"parvis/internal/i18n"
)

// Messages are the words of the report.
//
//go:embed messages/*.toml
var Messages embed.FS

// Text writes the report for people: the verdict, what is proven, what is not, what is wrong.
func (r *Report) Text(out io.Writer, p *i18n.Printer) error {
	w := &writer{bufio.NewWriter(out), p}
	if r.Head.Origin == "" {
		w.line("verify.nothing")
	} else {
		w.line("verify.title", "origin", printable(r.Head.Origin))
		fmt.Fprintln(w, p.N("verify.size", r.Head.Size, "root", r.Head.Root))
	}
	w.line("verify.read_from", "source", r.Source)
	fmt.Fprintln(w)
	if r.OK() {
		w.line("verify.verdict.ok")
		w.proven(r)
		w.known(r)
	} else {
		fmt.Fprintln(w, p.N("verify.verdict.bad", r.Found))
		w.problems(r)
	}
	w.unproven(r)
	return w.Flush()
}

type writer struct {
	*bufio.Writer
	p *i18n.Printer
}

func (w *writer) line(key string, args ...any) { fmt.Fprintln(w, w.p.T(key, args...)) }
func (w *writer) head(key string)              { fmt.Fprintf(w, "\n%s\n", w.p.T(key)) }

func (w *writer) item(text string) { fmt.Fprintf(w, "  - %s\n", text) }

// count writes an item only when there is something to count.
func (w *writer) count(key string, n int64, args ...any) {
	if n > 0 {
		w.item(w.p.N(key, n, args...))
	}
}

func (w *writer) proven(r *Report) {
	w.head("verify.head.proven")
	w.item(w.p.T("verify.proven.tree"))
	if r.KeyGiven {
		w.item(w.p.T("verify.proven.key_given", "key", r.Key))
	}
	w.count("verify.proven.acts", r.Acts, "first", r.First, "last", r.Last)
	w.count("verify.proven.texts", r.Texts)
	w.item(w.p.T("verify.proven.answers"))
	for _, c := range r.Since {
		w.item(w.p.T("verify.proven.since", "n", c.Size))
	}
	for _, c := range r.Cosigned {
		w.item(w.p.T("verify.proven.witness", "name", c.Name, "at", c.At))
	}
}

func (w *writer) known(r *Report) {
	if r.Erased+r.Internal == 0 {
		return
	}
	w.head("verify.head.known")
	w.count("verify.known.erased", r.Erased)
	w.count("verify.known.internal", r.Internal)
}

func (w *writer) unproven(r *Report) {
	w.head("verify.head.unproven")
	if !r.KeyGiven {
		w.item(w.p.T("verify.unproven.key"))
	}
	switch {
	case len(r.Cosigned) > 0:
		for _, c := range r.Cosigned {
			if c.Seen < 0 {
				w.item(w.p.T("verify.unproven.stale", "name", c.Name))
			}
		}
	case len(r.Since) > 0:
		w.item(w.p.T("verify.unproven.after"))
	default:
		w.item(w.p.T("verify.unproven.history"))
	}
	w.item(w.p.T("verify.unproven.truth"))
}

func (w *writer) problems(r *Report) {
	w.head("verify.head.problems")
	for _, problem := range r.Problems {
		what := w.p.T("verify.problem." + string(problem.Code))
		if problem.Detail != "" {
			what += " (" + problem.Detail + ")"
		}
		if problem.Leaf >= 0 {
			what = w.p.T("verify.problem.at", "leaf", problem.Leaf, "what", what)
		}
		w.item(what)
	}
	if more := r.Found - int64(len(r.Problems)); more > 0 {
		w.item(w.p.T("verify.problems.more", "n", more))
	}
}
