package app

import (
	"context"
	"time"

	"parvis/internal/act/actweb"
	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/council/councilweb"
	"parvis/internal/id"
	"parvis/internal/job"
	"parvis/internal/portfolio"
	"parvis/internal/portfolio/portfolioweb"
	"parvis/internal/powers"
)

// makeCouncil opens the room of the committees.
func (a *App) makeCouncil() {
	a.Council = council.New(council.Config{Log: a.Log, Reads: a.DB.Readers, Writer: a.DB.Writer, Portfolio: a.Portfolio,
		Directory: portfolio.DeskDirectory(a.Powers, a.cfg.clock(), a.desk), Blobs: a.Blobs, Clock: a.cfg.clock(),
		Seats: council.PowersSeats(a.Powers, a.cfg.clock())})
}

func (a *App) committeePages(journal *actweb.Pages) *councilweb.Pages {
	return councilweb.New(councilweb.Config{Room: a.Council, Portfolio: a.Portfolio, Journal: journal.Timeline, Templates: a.committeeTemplates,
		Names: councilweb.Names{Posts: councilNames(a.postLabels), Units: councilNames(a.unitLabels),
			AllPosts: councilChoices(a.everyPost), AllUnits: councilChoices(a.unitChoices)}})
}

func councilNames(ask func(context.Context, []id.ID, string, calendar.Day) (map[id.ID]portfolioweb.Label, error)) func(context.Context, []id.ID, string, calendar.Day) (map[id.ID]councilweb.Label, error) {
	return func(ctx context.Context, which []id.ID, lang string, day calendar.Day) (map[id.ID]councilweb.Label, error) {
		found, err := ask(ctx, which, lang, day)
		out := make(map[id.ID]councilweb.Label, len(found))
		for k, l := range found {
			out[k] = councilweb.Label{Short: l.Short, Long: l.Long, Person: l.Person, URL: l.URL}
		}
		return out, err
	}
}

func councilChoices(ask func(context.Context, string, calendar.Day) ([]portfolioweb.Choice, error)) func(context.Context, string, calendar.Day) ([]councilweb.Choice, error) {
	return func(ctx context.Context, lang string, day calendar.Day) ([]councilweb.Choice, error) {
		found, err := ask(ctx, lang, day)
		out := make([]councilweb.Choice, len(found))
		for n, c := range found {
			out[n] = councilweb.Choice{Value: c.Value, Label: c.Label, Group: c.Group}
		}
		return out, err
	}
}

// everyPost offers the posts that may sit or be asked: elected members, cabinet and heads, then agents.
func (a *App) everyPost(ctx context.Context, lang string, day calendar.Day) ([]portfolioweb.Choice, error) {
	return a.postChoices(ctx, lang, day, powers.Elected, "cabinet", "haut_fonctionnaire", "service")
}

// committeeTemplates are the committees that the profile in force describes.
func (a *App) committeeTemplates(ctx context.Context) ([]councilweb.Template, error) {
	p, err := a.Powers.ProfileOn(ctx, a.DB.Readers, powers.Now(a.cfg.clock().Now()))
	if err != nil || p == nil {
		return nil, err
	}
	out := make([]councilweb.Template, len(p.Committees))
	for i, c := range p.Committees {
		out[i] = councilweb.Template{Code: c.Code, NameFR: c.Name.FR, NameEN: c.Name.EN, Voting: c.Voting, Quorum: c.Quorum, Notice: c.Notice}
	}
	return out, nil
}

// councilJobs are what the clock does to circuits: every hour, because a deadline ends with its day and a
// seat may be filled at any time.
func (a *App) councilJobs() []job.Kind {
	return []job.Kind{job.Every("council.silences", job.Each(time.Hour), func(ctx context.Context, _ job.Task) error {
		_, err := a.Council.CloseSilences(ctx)
		return err
	})}
}
