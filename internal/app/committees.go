package app

import (
	"context"
	"net/mail"
	"time"

	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/identity"
	"parvis/internal/job"
)

// councilJobs are what the clock does to circuits: every hour, because a deadline ends with its day and a
// seat may be filled at any time.
func (a *App) councilJobs() []job.Kind {
	return []job.Kind{job.Every("council.silences", job.Each(time.Hour), func(ctx context.Context, _ job.Task) error {
		_, err := a.Council.CloseSilences(ctx)
		return err
	})}
}

// sender is the bare address that letters come from; "" when none is set.
func (m MailConfig) sender() string {
	a, err := mail.ParseAddress(m.From)
	if err != nil {
		return ""
	}
	return a.Address
}

// agendaOf lists the posts that the owner of a secret agenda holds today.
func (a *App) agendaOf(ctx context.Context, owner council.FeedOwner) ([]identity.PostRef, error) {
	return a.heldBy(ctx, owner.Person, calendar.DayOf(a.cfg.clock().Now()))
}
