package participation

import (
	"context"
	"errors"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/job"
	"parvis/internal/participation/pabulib"
	"parvis/internal/participation/recount"
	"parvis/internal/participation/tally"
)

// CountKind names the job that counts.
const CountKind = "participation.count"

type countAsked struct{ Election id.ID }

// Jobs are the kinds of work of the room. A count that fails is not tried again by itself: the same
// bytes fail the same way.
func (r *Room) Jobs() []job.Kind {
	k := job.On(CountKind, func(ctx context.Context, _ job.Task, asked countAsked) error {
		return r.CountElection(ctx, asked.Election)
	})
	return []job.Kind{k}
}

// counted is one lot after its count.
type counted struct {
	lot      Lot
	projects []Project
}

// CountElection counts an election whose rules are frozen and keeps the result, by an act of the system
// that names the act of freezing. One that is counted already stays as it is.
//
// Faults: Internal when the engine fails its test, or when ballots are not the bytes that were imported.
func (r *Room) CountElection(ctx context.Context, election id.ID) error {
	e, err := loadElection(ctx, r.reads, election)
	if fault.KindOf(err) == fault.Gone || err == nil && e.Stage != Frozen {
		return nil
	}
	if err != nil {
		return err
	}
	if err := r.count(ctx, e); err != nil {
		return r.failed(ctx, e, err)
	}
	return nil
}

// count lets recount count: the engine tests itself first, and the public files come from the same count.
func (r *Room) count(ctx context.Context, e Election) error {
	d, err := e.Document()
	if err != nil {
		return err
	}
	lots, err := loadLots(ctx, r.reads, e)
	if err != nil {
		return err
	}
	files, counts, err := r.makeFiles(ctx, e, d, lots)
	if err != nil {
		return err
	}
	var done []counted
	for i, lot := range lots {
		c, err := r.explain(ctx, e, d, lot, counts[i])
		if err != nil {
			return err
		}
		done = append(done, c)
		if err := r.progress(ctx, Progress{Election: e.ID, State: Counting, Done: i + 1, Total: len(lots)}); err != nil {
			return err
		}
	}
	by := act.Actor{Kind: act.System, Channel: "job", SetOffBy: e.FrozenBy}
	_, err = act.Do(ctx, r.log, by, func(tx *act.Tx) (struct{}, error) { return struct{}{}, r.keep(tx, e, done, files) })
	return err
}

// explain turns an outcome into what is kept of a lot and of each of its projects.
func (r *Room) explain(ctx context.Context, e Election, d *tally.Document, lot Lot, c recount.Counted) (counted, error) {
	out := counted{lot: lot}
	var err error
	if out.projects, err = loadProjects(ctx, r.reads, e, lot.ID); err != nil {
		return out, err
	}
	if err := sameProjects(out.projects, c.Election); err != nil {
		return out, err
	}
	reasons, err := tally.Explain(ctx, c.Election, Rule(d), c.Outcome)
	if err != nil {
		return out, err
	}
	out.lot.Result = resultOf(c.Election, c.Outcome, d, c.Published)
	for i := range out.projects {
		p := &out.projects[i]
		p.Turn, p.Votes, p.Why = reasons[i].Turn, c.Election.Votes(i), whyOf(c.Election, c.Outcome, reasons[i])
	}
	if c.Published != recount.AllBallots || c.Election.Kind == tally.Grades {
		return out, nil
	}
	return out, r.share(ctx, lot, out.projects)
}

// sameProjects compares the rows with the file: both stand in the order of the ballot.
func sameProjects(rows []Project, e *tally.Election) error {
	if len(rows) != len(e.Projects) {
		return fault.New(fault.Internal, altered)
	}
	for i, p := range rows {
		if p.Code != e.Projects[i].ID {
			return fault.New(fault.Internal, altered)
		}
	}
	return nil
}

// keep writes the result of all lots at once.
func (r *Room) keep(tx *act.Tx, was Election, done []counted, files []publicFile) error {
	e, err := loadElection(tx.Context(), tx, was.ID)
	if err != nil {
		return err
	}
	if e.Stage != Frozen || e.RulesDigest != was.RulesDigest {
		return fault.New(fault.Conflict, "participation.stale")
	}
	g, err := tx.Allow(act.Ask{Verb: "participation.result.count", Object: e.Ref(), Roles: e.roles()})
	if err != nil {
		return err
	}
	e.Version++
	e.Stage, e.CountedOn, e.ResultDigest, e.FilesDigest = Counted, tx.Today(), digestOf(files, resultFile), digestOf(files, manifestFile)
	out := act.Act{Verb: "participation.result.count", Object: e.Ref(), Version: e.Version, Cause: e.FrozenBy,
		Args: map[string]string{"election": e.Number, "rules": e.RulesDigest, "result": e.ResultDigest}}
	if out.Rows, err = r.keepRows(tx, e, done, files); err != nil {
		return err
	}
	tx.Record(g, out)
	if err := putProgress(tx, Progress{Election: e.ID, State: Done, Done: len(done), Total: len(done)}); err != nil {
		return err
	}
	return tell(tx, e)
}

func (r *Room) keepRows(tx *act.Tx, e Election, done []counted, files []publicFile) ([]act.Row, error) {
	rows := []act.Row{e.row()}
	if err := putElection(tx, e); err != nil {
		return nil, err
	}
	for _, c := range done {
		c.lot.Version++
		if err := putLot(tx, c.lot); err != nil {
			return nil, err
		}
		rows = append(rows, c.lot.row())
		for _, p := range c.projects {
			p.Version++
			if err := putProject(tx, p); err != nil {
				return nil, err
			}
			rows = append(rows, p.row())
		}
	}
	for _, f := range files {
		row, err := r.keepFile(tx, e, f)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// altered is the fault of ballots that are not those that were imported.
const altered = "participation.ballots.altered"

// failed keeps the reason of a failure where people see it; its details stay with the job.
func (r *Room) failed(ctx context.Context, e Election, cause error) error {
	key := "participation.count.failed"
	f, ok := errors.AsType[*fault.Error](cause)
	if _, defects := errors.AsType[*pabulib.Error](cause); defects || ok && f.Key == altered {
		key = altered
	}
	err := r.progress(context.WithoutCancel(ctx), Progress{Election: e.ID, State: Failed, Trouble: key})
	return errors.Join(cause, err)
}

// RetryCount asks again for a count that failed.
func (r *Room) RetryCount(ctx context.Context, by act.Actor, election id.ID) error {
	if err := requireAgent(by); err != nil {
		return err
	}
	e, err := loadElection(ctx, r.reads, election)
	if err != nil || e.Stage != Frozen {
		return err
	}
	return r.writer.Traffic(ctx, func(tx *db.Tx) error {
		if err := putProgress(tx, Progress{Election: e.ID, State: Waiting}); err != nil {
			return err
		}
		j := countJob(e.ID)
		j.Name = "" // the one that failed may still stand under its name
		return job.Put(tx, j)
	})
}
