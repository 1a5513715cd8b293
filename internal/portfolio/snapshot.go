package portfolio

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// TakeSnapshot keeps the wall of a board as it stands, under a title ("COPIL du 12 mars"). The document
// never changes.
func (r *Room) TakeSnapshot(ctx context.Context, by act.Actor, board id.ID, title string) (Snapshot, error) {
	if title = strings.TrimSpace(title); title == "" {
		return Snapshot{}, invalid("title", "portfolio.required")
	}
	b, err := loadBoard(ctx, r.reads, board)
	if err != nil {
		return Snapshot{}, err
	}
	b.PerColumn = 0 // a snapshot keeps every card
	wall, err := r.Wall(ctx, identity.Visitor{Kind: identity.Agent}, b.View, "")
	if err != nil {
		return Snapshot{}, err
	}
	return do(ctx, r, by, func(tx *act.Tx) (Snapshot, error) { return keepSnapshot(tx, b, title, wall) })
}

func keepSnapshot(tx *act.Tx, b Board, title string, wall Wall) (Snapshot, error) {
	body := db.JSON(wall)
	sum := sha256.Sum256([]byte(body))
	s := Snapshot{ID: tx.NewID(), Board: b.ID, Title: title, TakenOn: tx.Today(), Digest: hex.EncodeToString(sum[:]), Wall: wall}
	ref := act.Ref{Type: "snapshot", ID: s.ID}
	g, err := tx.Allow(act.Ask{Verb: "portfolio.snapshot.take", Object: ref, Roles: map[string][]id.ID{"author": {b.Author}}})
	if err != nil {
		return s, err
	}
	if err := putSnapshot(tx, s, body); err != nil {
		return s, err
	}
	tx.Record(g, act.Act{Verb: "portfolio.snapshot.take", Object: ref, Version: 1, Subject: act.Ref{Type: "board", ID: b.ID},
		Rows: []act.Row{{Table: "portfolio_snapshot", ID: s.ID}}, Args: map[string]string{"digest": s.Digest},
		Texts: []act.Text{{Name: "title", Body: s.Title}}})
	return s, nil
}

// Snapshots lists the snapshots of a board without their walls, the last first.
func (r *Room) Snapshots(ctx context.Context, v identity.Visitor, board id.ID) ([]Snapshot, error) {
	if !v.Inside() {
		return nil, nil
	}
	return loadSnapshots(ctx, r.reads, board)
}

// Snapshot reads a snapshot. One whose document no longer has its digest is refused.
func (r *Room) Snapshot(ctx context.Context, v identity.Visitor, snapshot id.ID) (Snapshot, error) {
	if !v.Inside() {
		return Snapshot{}, fault.New(fault.NotFound, "portfolio.snapshot.not_found")
	}
	s, body, err := loadSnapshot(ctx, r.reads, snapshot)
	if err != nil {
		return s, err
	}
	if sum := sha256.Sum256([]byte(body)); hex.EncodeToString(sum[:]) != s.Digest {
		return s, fault.New(fault.Internal, "portfolio.snapshot.altered", "snapshot", string(s.ID))
	}
	return s, json.Unmarshal([]byte(body), &s.Wall)
}

// DiffSnapshots tells what changed from one snapshot to another.
func (r *Room) DiffSnapshots(ctx context.Context, v identity.Visitor, before, after id.ID) ([]Change, error) {
	a, err := r.Snapshot(ctx, v, before)
	if err != nil {
		return nil, err
	}
	b, err := r.Snapshot(ctx, v, after)
	if err != nil {
		return nil, err
	}
	return Diff(a.Wall, b.Wall), nil
}

// DiffDays tells what changed in a view between two days, as far as the days of stages, charges, parts
// and questions tell. Titles and objectives are today's on both: a snapshot keeps them as they were.
func (r *Room) DiffDays(ctx context.Context, v identity.Visitor, view View, before, after calendar.Day) ([]Change, error) {
	view.PerColumn, view.Over = 0, true
	a, err := r.Wall(ctx, v, view, before)
	if err != nil {
		return nil, err
	}
	b, err := r.Wall(ctx, v, view, after)
	if err != nil {
		return nil, err
	}
	return Diff(a, b), nil
}
