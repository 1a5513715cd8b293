package recount

import (
	"bytes"
	"context"
	"io"

	"parvis/internal/act"
	"parvis/internal/participation/tally"
)

// Freeze reads every lot under the rules, so that nothing is frozen that cannot be counted and
// published, and gives the Args of the act of FreezeVerb.
//
// Faults: those of Document.CheckFreeze; *pabulib.Error; Invalid recount.ballot_limit, recount.decimals.
func Freeze(ctx context.Context, rules *tally.Document, lots []Ballots) (act.Args, error) {
	if err := rules.CheckFreeze(); err != nil {
		return nil, err
	}
	d := Draft{ID: "x", Rules: rules, Lots: lots}
	if err := d.check(); err != nil {
		return nil, err
	}
	var files []File
	for i, open := range lots {
		l, err := readLot(ctx, rules, i+1, open)
		if err != nil {
			return nil, err
		}
		files = append(files, File{Name: l.file("projects.csv"), SHA256: digest(csv(l.projects))})
	}
	return act.Args{"rules": rules.Hash(), "projects": digestOf(files)}, nil
}

// Publication is what Publish made. Seal and Publish are the Args of the acts of these verbs.
type Publication struct {
	Lots     []Counted
	Manifest Manifest
	Result   Result
	Seal     act.Args
	Publish  act.Args
}

// Publish tests the engine, counts every lot, writes each public file through put, and gives what the acts
// must hold. The manifest is written last.
//
// Faults: those of Freeze; Internal tally.self_test.
func Publish(ctx context.Context, d Draft, put Put) (*Publication, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	if err := tally.SelfTest(ctx); err != nil {
		return nil, err
	}
	var lots []*lot
	for i, open := range d.Lots {
		l, err := readLot(ctx, d.Rules, i+1, open)
		if err != nil {
			return nil, err
		}
		lots = append(lots, l)
	}
	return publish(ctx, d, lots, put)
}

// publish counts and writes lots that were read.
func publish(ctx context.Context, d Draft, lots []*lot, put Put) (*Publication, error) {
	w := &writer{put: put, p: &Publication{
		Manifest: Manifest{Format: ManifestFormat, ID: d.ID, Title: clean(d.Title), Country: clean(d.Country), Unit: clean(d.Unit),
			Instance: clean(d.Instance), Begin: day(d.Begin), End: day(d.End), Engine: d.Engine, Sealed: d.Sealed},
		Result: Result{Format: ResultFormat, Election: d.ID, Rules: d.Rules.Hash()}}}
	w.bytes("rules.toml", d.Rules.Canonical())
	for _, l := range lots {
		if err := l.count(ctx); err != nil {
			return nil, err
		}
		w.lot(l)
		w.p.Lots = append(w.p.Lots, Counted{l.election, l.outcome, l.published()})
		w.p.Manifest.Lots = append(w.p.Manifest.Lots, l.numbers())
		w.p.Result.Lots = append(w.p.Result.Lots, l.result())
	}
	w.bytes("result.json", encode(w.p.Result))
	manifest := encode(w.p.Manifest)
	w.bytes("manifest.json", manifest)
	w.p.Seal = act.Args{"ballots": digestOf(w.ballots)}
	w.p.Publish = act.Args{"manifest": digest(manifest)}
	return w.p, w.err
}

// writer writes files and lists them; it keeps its first error.
type writer struct {
	put     Put
	p       *Publication
	ballots []File
	err     error
}

func (w *writer) file(name string, write func(io.Writer) error) {
	if w.err != nil {
		return
	}
	w.err = w.put(name, func(out io.Writer) error {
		m := newMeter(out)
		err := write(m)
		w.p.Manifest.Files = append(w.p.Manifest.Files, m.file(name))
		return err
	})
}

func (w *writer) bytes(name string, b []byte) {
	w.file(name, func(out io.Writer) error { _, err := io.Copy(out, bytes.NewReader(b)); return err })
}

func (w *writer) lot(l *lot) {
	w.bytes(l.file("projects.csv"), csv(l.projects))
	switch l.published() {
	case AllBallots:
		w.file(l.file("ballots.pb"), func(out io.Writer) error { return l.writeBallots(&w.p.Manifest, out) })
	case OnlyTotals:
		w.file(l.file("totals.csv"), l.writeTotals)
	default:
		return
	}
	if files := w.p.Manifest.Files; w.err == nil {
		w.ballots = append(w.ballots, files[len(files)-1])
	}
}
