package app

import (
	"context"
	"strings"

	"github.com/a-h/templ"

	"parvis/internal/act"
	"parvis/internal/act/actweb"
	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/council/councilweb"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
	"parvis/internal/portfolio/portfolioweb"
	"parvis/internal/powers"
	"parvis/internal/web"
)

// makeCouncil opens the room of the committees; the store of files is open already.
func (a *App) makeCouncil() {
	a.Council = council.New(council.Config{Log: a.Log, Reads: a.DB.Readers, Marks: a.marks, Writer: a.DB.Writer, Portfolio: a.Portfolio, Blobs: a.Blobs,
		Directory: portfolio.DeskDirectory(a.Powers, a.cfg.clock(), a.desk), People: a.peopleAt, Clock: a.cfg.clock(), Asked: a.askBeforehand,
		Seats: council.PowersSeats(a.Powers, a.cfg.clock())})
}

// askBeforehand asks the powers about what nobody does yet.
func (a *App) askBeforehand(ctx context.Context, by act.Actor, ask act.Ask) (act.Chain, error) {
	return a.Powers.DecideAt(ctx, a.DB.Readers, by, ask, powers.Now(a.cfg.clock().Now()))
}

// peopleAt names who holds posts, where the city publishes the names: the minutes of a council want them.
func (a *App) peopleAt(ctx context.Context, posts []id.ID, day calendar.Day) (map[id.ID]string, error) {
	labels, err := a.postLabels(ctx, posts, i18n.French, day)
	out := map[id.ID]string{}
	for post, l := range labels {
		out[post] = l.Person
	}
	return out, err
}

func (a *App) councilPages(journal *actweb.Pages) *councilweb.Pages {
	return councilweb.New(councilweb.Config{Room: a.Council, Portfolio: a.Portfolio, Journal: journal.Timeline,
		Official: a.Catalog.Printer(i18n.French), City: a.cfg.City.Name, SIRET: a.cfg.City.SIRET, Domain: a.cfg.logOrigin(), Held: a.agendaOf, Elected: a.electedMembers, Templates: a.committeeTemplates,
		Names: councilweb.Names{Posts: councilNamer(a.postLabels), Units: councilNamer(a.unitLabels),
			AllPosts: councilChoices(a.agentChoices), AllUnits: councilChoices(a.unitChoices)}})
}

// committeeTemplates are the committees that the profile in force describes.
func (a *App) committeeTemplates(ctx context.Context) ([]councilweb.Template, error) {
	p, err := a.Powers.ProfileOn(ctx, a.DB.Readers, powers.Now(a.cfg.clock().Now()))
	if err != nil || p == nil {
		return nil, err
	}
	var out []councilweb.Template
	for _, c := range p.Committees {
		out = append(out, councilweb.Template{Code: c.Code, NameFR: c.Name.FR, NameEN: c.Name.EN, Voting: c.Voting, Quorum: c.Quorum, Notice: c.Notice})
	}
	return out, nil
}

type postNamer = func(context.Context, []id.ID, string, calendar.Day) (map[id.ID]portfolioweb.Label, error)

// councilNamer gives the names that the pages of projects use to those of the committees.
func councilNamer(ask postNamer) func(context.Context, []id.ID, string, calendar.Day) (map[id.ID]councilweb.Label, error) {
	return func(ctx context.Context, which []id.ID, lang string, day calendar.Day) (map[id.ID]councilweb.Label, error) {
		found, err := ask(ctx, which, lang, day)
		out := make(map[id.ID]councilweb.Label, len(found))
		for k, l := range found {
			out[k] = councilweb.Label(l)
		}
		return out, err
	}
}

func councilChoices(list func(context.Context, string, calendar.Day) ([]portfolioweb.Choice, error)) func(context.Context, string, calendar.Day) ([]councilweb.Choice, error) {
	return func(ctx context.Context, lang string, day calendar.Day) ([]councilweb.Choice, error) {
		found, err := list(ctx, lang, day)
		out := make([]councilweb.Choice, len(found))
		for n, c := range found {
			out[n] = councilweb.Choice(c)
		}
		return out, err
	}
}

// councilResolvers find the pages behind the permanent addresses of the committees.
func (a *App) councilResolvers() map[string]web.Resolver {
	return map[string]web.Resolver{
		"committee": func(ctx context.Context, which id.ID) (string, []any, error) {
			c, err := a.Council.Committee(ctx, web.Of(ctx).Visitor, string(which))
			return "council.committee", []any{c.Code}, err
		},
		"meeting": func(ctx context.Context, which id.ID) (string, []any, error) {
			m, err := a.Council.Meeting(ctx, web.Of(ctx).Visitor, string(which))
			return "council.meeting", []any{m.Number}, err
		},
		"item": func(ctx context.Context, which id.ID) (string, []any, error) {
			_, err := a.Council.MeetingOf(ctx, web.Of(ctx).Visitor, which)
			return "council.item", []any{which}, err
		},
		"decision": func(ctx context.Context, which id.ID) (string, []any, error) {
			item, err := a.Council.ItemDecidedBy(ctx, web.Of(ctx).Visitor, which)
			return "council.item", []any{item}, err
		},
		"council_paper": func(ctx context.Context, which id.ID) (string, []any, error) {
			_, err := a.Council.PaperFor(ctx, web.Of(ctx).Visitor, which)
			return "council.paper", []any{which}, err
		},
	}
}

// quietUntil is the last day of the période préélectorale that holds today, "" when none does. Every page asks.
func (a *App) quietUntil(ctx context.Context) (calendar.Day, error) {
	return a.hush.Get(ctx, a.Council.Today(), func(ctx context.Context) (calendar.Day, error) {
		q, quiet, err := a.Council.QuietToday(ctx)
		if err != nil || !quiet {
			return "", err
		}
		return q.To.AddDays(-1), nil
	})
}

// quietToday tells whether promotion is frozen before a vote.
func (a *App) quietToday(ctx context.Context) (bool, error) {
	until, err := a.quietUntil(ctx)
	return until != "", err
}

// withheldMatters are the questions and the items that are kept from a recused member; the room of the committees is opened
// after that of the projects, and asked long after.
func (a *App) withheldMatters(ctx context.Context, v identity.Visitor) (map[id.ID]bool, error) {
	return a.Council.WithheldMatters(ctx, v)
}

// unboundQuestion refuses to decide a question while a visa about it is awaited.
func (a *App) unboundQuestion(tx *act.Tx, arbitration id.ID) error {
	return a.Council.Unbound(tx, arbitration)
}

// publishedQuestion makes the committee's decision on a question public with it.
func (a *App) publishedQuestion(tx *act.Tx, arbitration, cause id.ID) error {
	return a.Council.FollowPublished(tx, arbitration, cause)
}

// barredMatter refuses whoever withdrew from a question or from an item.
func (a *App) barredMatter(tx *act.Tx, matter act.Ref) error {
	return a.Council.Barred(tx, matter)
}

// bureauOf lists the posts that speak for a committee.
func (a *App) bureauOf(tx *act.Tx, committee id.ID) ([]id.ID, error) {
	return a.Council.Bureau(tx, committee)
}

func (a *App) withheldRefs(ctx context.Context, v identity.Visitor) (map[act.Ref]bool, error) {
	return a.Council.WithheldRefs(ctx, v)
}

// nextSittings say at which meeting questions come next.
func (a *App) nextSittings(ctx context.Context, questions []id.ID) (map[id.ID]templ.Component, error) {
	found, err := a.Council.AtNextMeetings(ctx, web.Of(ctx).Visitor, questions)
	out := make(map[id.ID]templ.Component, len(found))
	for question, line := range found {
		out[question] = councilweb.NextSitting(line)
	}
	return out, err
}

// electedMembers lists the elected members of today by name, each with what they hold.
func (a *App) electedMembers(ctx context.Context, lang string) ([]councilweb.Member, error) {
	day := calendar.DayOf(a.cfg.clock().Now())
	places, err := powers.HeldPosts(ctx, a.DB.Readers, powers.Latest(day), powers.Elected)
	if err != nil {
		return nil, err
	}
	var people []id.ID
	titles := map[id.ID][]string{}
	for _, p := range places {
		if titles[p.Person] == nil {
			people = append(people, p.Person)
		}
		titles[p.Person] = append(titles[p.Person], inLang(lang, p.Title, p.TitleEN))
	}
	named, err := a.desk.People(ctx, people)
	if err != nil {
		return nil, err
	}
	members := make([]councilweb.Member, len(people))
	for n, person := range people {
		held, err := a.heldBy(ctx, person, day)
		if err != nil {
			return nil, err
		}
		name := strings.TrimSpace(named[person].Name() + ", " + strings.Join(titles[person], ", "))
		members[n] = councilweb.Member{Name: name, Visitor: identity.Visitor{Kind: identity.Elected, Person: person, Posts: held, ReadOnly: true}}
	}
	return members, nil
}
