package app

import (
	"context"
	"io"
	"time"

	"parvis/internal/act"
	"parvis/internal/act/actweb"
	"parvis/internal/geo"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/job"
	"parvis/internal/participation"
	"parvis/internal/participation/participationweb"
	"parvis/internal/web"
)

// makeVotes opens the room of the votes; the store of files is open already.
func (a *App) makeVotes() error {
	a.Participation = participation.New(participation.Config{Log: a.Log, Reads: a.DB.Readers, Writer: a.DB.Writer, Blobs: a.Blobs, Clock: a.cfg.clock()})
	return nil
}

// writeElections writes the public files of the votes into an archive.
func (a *App) writeElections(ctx context.Context, v identity.Visitor, next func(name string) (io.Writer, error)) error {
	return a.Participation.WriteFiles(ctx, v, next)
}

func (a *App) votePages(layer *geo.Layer, journal *actweb.Pages) *participationweb.Pages {
	return participationweb.New(participationweb.Config{Room: a.Participation, Portfolio: a.Portfolio, Layer: layer,
		Journal: journal.Timeline, Origin: a.cfg.origin()})
}

// voteJobs count, and forget every night what was handed in and never used.
func (a *App) voteJobs() []job.Kind {
	sweep := job.Every("participation.sweep", job.Daily(2, 30), func(ctx context.Context, _ job.Task) error {
		if err := a.Participation.Sweep(ctx); err != nil {
			return err
		}
		_, err := a.Blobs.Sweep(ctx, a.DB, a.cfg.clock().Now().Add(-24*time.Hour))
		return err
	})
	return append(a.Participation.Jobs(), sweep)
}

// nameElections names votes by id or by number, as far as the visitor may read them.
func (a *App) nameElections(ctx context.Context, lang string, which []id.ID, names map[act.Ref]actweb.Label) error {
	if len(which) == 0 {
		return nil
	}
	all, err := a.Participation.List(ctx, web.Of(ctx).Visitor)
	for _, e := range all {
		label := actweb.Label{Text: "« " + e.Title + " »", URL: a.pageOf(lang, "participation.election", e.Number)}
		names[e.Ref()], names[act.Ref{Type: "election", ID: id.ID(e.Number)}] = label, label
	}
	return err
}
