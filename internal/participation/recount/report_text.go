package recount

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"

	"parvis/internal/act/verify"
	"parvis/internal/i18n"
)

// Text writes the report for people.
func (w *Whole) Text(out io.Writer, p *i18n.Printer) error {
	if err := w.Log.Text(out, p); err != nil {
		return err
	}
	b := bufio.NewWriter(out)
	for _, r := range w.Elections {
		r.text(b, p)
	}
	if w.Elsewhere > 0 {
		fmt.Fprintf(b, "\n%s\n", p.N("recount.elsewhere", int64(w.Elsewhere)))
	}
	return b.Flush()
}

func (r *Report) text(out io.Writer, p *i18n.Printer) {
	line := func(key string, args ...any) { fmt.Fprintln(out, p.T("recount."+key, args...)) }
	fmt.Fprintln(out)
	if r.Gone() {
		line("gone", "id", r.ID, "at", r.Withdrawn.At)
	} else {
		line("title", "title", r.Title, "id", r.ID)
	}
	line("read_from", "source", r.Source)
	if r.OK() {
		line("ok")
	}
	if r.Frozen != nil && r.Published != nil {
		line("acts", "frozen", r.Frozen.At, "freeze", r.Frozen.Leaf, "published", r.Published.At, "publish", r.Published.Leaf)
	}
	for _, l := range r.Lots {
		fmt.Fprintf(out, "  - %s\n", l.text(p, r.Rule))
	}
	if len(r.Problems) > 0 {
		line("bad")
	}
	for _, problem := range r.Problems {
		fmt.Fprintf(out, "  - %s\n", problem.text(p))
	}
}

func (l LotReport) text(p *i18n.Printer, rule string) string {
	key := "recount.lot." + string(l.Published)
	if l.Published == OnlyTotals && !l.Recounted {
		key += "_uncounted"
	}
	if !p.Has(key) {
		return l.ID
	}
	return p.T(key, "lot", l.ID, "rule", rule, "ballots", l.Ballots, "winners", l.Winners)
}

func (x Problem) text(p *i18n.Printer) string {
	s := p.T("recount.problem." + string(x.Code))
	if x.Where != "" {
		s = x.Where + ": " + s
	}
	if x.Detail != "" {
		s += " (" + x.Detail + ")"
	}
	return s
}

// MarshalJSON writes the report for machines.
func (w *Whole) MarshalJSON() ([]byte, error) {
	elections := w.Elections
	if elections == nil {
		elections = []*Report{}
	}
	return json.Marshal(struct {
		OK        bool      `json:"ok"`
		Log       logReport `json:"log"`
		Elections []*Report `json:"elections"`
		Elsewhere int       `json:"elections_not_checked"`
	}{w.OK(), logOf(w.Log), elections, w.Elsewhere})
}

type logReport struct {
	Source   string    `json:"source"`
	Origin   string    `json:"origin"`
	Size     int64     `json:"size"`
	Root     string    `json:"root"`
	Acts     int64     `json:"acts"`
	KeyGiven bool      `json:"key_given"`
	Since    []int64   `json:"checkpoints"` // sizes of the kept ones that it continues
	Cosigned []string  `json:"witnesses"`
	Problems []Problem `json:"problems"`
}

func logOf(r *verify.Report) logReport {
	out := logReport{Source: r.Source, Origin: r.Head.Origin, Size: r.Head.Size, Root: r.Head.Root.String(), Acts: r.Acts, KeyGiven: r.KeyGiven,
		Since: []int64{}, Cosigned: []string{}, Problems: []Problem{}}
	for _, s := range r.Since {
		out.Since = append(out.Since, s.Size)
	}
	for _, c := range r.Cosigned {
		out.Cosigned = append(out.Cosigned, c.Name)
	}
	for _, p := range r.Problems {
		where := ""
		if p.Leaf >= 0 {
			where = fmt.Sprint("leaf ", p.Leaf)
		}
		out.Problems = append(out.Problems, Problem{Code(p.Code), where, p.Detail})
	}
	return out
}
