package portfolio

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// importChunk is how many initiatives one act brings: the writer is not held for longer than a blink.
const importChunk = 50

// Imported counts what an import did.
type Imported struct{ New, Changed, Same int }

// ApplyImport makes a staged import live, one act for each chunk, and forgets it. An import that was
// interrupted is applied again: what is there already is the same.
func (r *Room) ApplyImport(ctx context.Context, v identity.Visitor, by act.Actor, staged id.ID) (Imported, error) {
	in, err := r.staged(ctx, v, staged)
	if err != nil {
		return Imported{}, err
	}
	n, err := r.apply(ctx, by, in, "import.projects")
	if err != nil {
		return n, err
	}
	return n, r.DropImport(ctx, v, staged)
}

// apply writes what is new or changed.
func (r *Room) apply(ctx context.Context, by act.Actor, in Import, verb string) (Imported, error) {
	var total Imported
	var first id.ID
	for chunk := range slices.Chunk(in.Rows, importChunk) {
		stored, err := bySource(ctx, r.reads, in.Source)
		if err != nil {
			return total, err
		}
		due := slices.DeleteFunc(slices.Clone(chunk), func(row Incoming) bool {
			old, known := stored[row.Ref]
			return known && (old.WithdrawnOn != "" || len(row.changes(old)) == 0)
		})
		total.Same += len(chunk) - len(due)
		if len(due) == 0 {
			continue
		}
		n, err := do(ctx, r, by, func(tx *act.Tx) (Imported, error) { return r.applyChunk(tx, in, due, verb, &first) })
		if err != nil {
			return total, err
		}
		total.New += n.New
		total.Changed += n.Changed
	}
	return total, nil
}

func (r *Room) applyChunk(tx *act.Tx, in Import, due []Incoming, verb string, first *id.ID) (Imported, error) {
	var n Imported
	object := act.Ref{Type: "import", ID: in.ID}
	g, err := tx.Allow(act.Ask{Verb: "portfolio." + verb, Object: object})
	if err != nil {
		return n, err
	}
	stored, err := bySource(tx.Context(), tx, in.Source)
	if err != nil {
		return n, err
	}
	out := act.Act{Verb: "portfolio." + verb, Object: object, Cause: *first, Texts: []act.Text{{Name: "source", Body: in.Source}}}
	for _, row := range due {
		c := &change{r: r, tx: tx}
		if old, known := stored[row.Ref]; known {
			c.i = old
			n.Changed++
		} else {
			n.New++
		}
		if err := c.bring(in, row); err != nil {
			return n, fmt.Errorf("%s: %w", row.At, err)
		}
		out.Rows = append(out.Rows, c.rows...)
		c.rows = nil
		if err := c.tellAll(); err != nil {
			return n, err
		}
	}
	out.Args = map[string]string{"new": strconv.Itoa(n.New), "changed": strconv.Itoa(n.Changed)}
	recorded := tx.Record(g, out)
	if *first == "" {
		*first = recorded
	}
	return n, nil
}

// bring writes one initiative of an import.
func (c *change) bring(in Import, row Incoming) error {
	isNew := c.i.ID == ""
	before := c.i.Stage
	if isNew {
		if err := c.welcome(in, row); err != nil {
			return err
		}
	}
	c.i.Brief, c.i.Stage = row.Brief, row.Stage
	if before != row.Stage {
		if err := c.bringStage(row); err != nil {
			return err
		}
	}
	if err := c.save(); err != nil {
		return err
	}
	if err := index(c.tx, c.i); err != nil {
		return err
	}
	if isNew {
		if err := c.bringPeople(in, row); err != nil {
			return err
		}
	}
	return c.bringFigures(in, row)
}

// welcome numbers a new initiative.
func (c *change) welcome(in Import, row Incoming) (err error) {
	c.i = Initiative{ID: c.tx.NewID(), Year: c.tx.Today().Year(), Visibility: act.Internal, Author: c.tx.Actor().Post,
		SignalledOn: c.tx.Today(), Source: in.Source, SourceRef: row.Ref}
	if row.Year != 0 {
		c.i.Year = row.Year
	}
	if in.Public {
		c.i.Visibility, c.i.PublishedOn = act.Public, c.tx.Today()
	}
	if c.i.Seq, err = nextSeq(c.tx, "portfolio_initiative", c.i.Year); err != nil {
		return err
	}
	c.i.Number = fmt.Sprintf("P-%d-%d", c.i.Year, c.i.Seq)
	return nil
}

// bringStage takes the stage of the source as it is: an import states, it does not move.
func (c *change) bringStage(row Incoming) error {
	if _, err := c.close(SpanStage, "", ""); err != nil {
		return err
	}
	c.i.StageSince = c.tx.Today()
	if row.Stage == Stopped {
		c.i.PostMortem = row.StageNote
	}
	return c.enter(row.Stage, row.StageNote, row.Review)
}

func (c *change) bringPeople(in Import, row Incoming) error {
	for _, s := range row.Sponsors {
		if err := c.hold(Sponsor, s); err != nil {
			return err
		}
	}
	for _, o := range row.Owners {
		if err := c.hold(Owner, o); err != nil {
			return err
		}
	}
	for _, part := range row.Parts {
		p := Part{ID: c.tx.NewID(), Version: 1, Initiative: c.i.ID, Unit: part.Unit, Actor: part.Actor, Role: part.Role, Status: Reported,
			OfferedBy: c.tx.Actor().Post, OfferedOn: c.tx.Today(), Source: in.Source, Period: calendar.Since(c.tx.Today())}
		if err := c.wrote(p.row(), putPart(c.tx, p)); err != nil {
			return err
		}
	}
	return nil
}

// bringFigures replaces the figures and steps that the source states.
func (c *change) bringFigures(in Import, row Incoming) error {
	if err := c.replaceBudget(in.Source, row.Figures); err != nil {
		return err
	}
	old, err := loadMilestones(c.tx.Context(), c.tx, c.i.ID)
	if err != nil {
		return err
	}
	byLabel := map[string]Milestone{}
	for _, m := range old {
		byLabel[m.Label] = m
	}
	for n, m := range row.Milestones {
		was, known := byLabel[m.Label]
		m.ID, m.Version, m.Initiative, m.Rank = was.ID, was.Version+1, c.i.ID, was.Rank
		if !known {
			m.ID, m.Rank = c.tx.NewID(), len(old)+n+1
		}
		if err := c.wrote(m.row(), putMilestone(c.tx, m)); err != nil {
			return err
		}
	}
	return nil
}
