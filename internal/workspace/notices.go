package workspace

import (
	"context"
	"slices"

	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/notify"
)

// noticePrefix begins the kinds of notices of this package.
const noticePrefix = "workspace.notice."

// Kinds are the letters among which those who work for the city choose. What asks for an answer that nobody
// else can give may be gathered, and is never switched off.
func Kinds() []notify.Kind {
	return []notify.Kind{
		{Name: noticePrefix + "part", Agents: true, Default: notify.Now, Required: true},
		{Name: noticePrefix + "asked", Agents: true, Default: notify.Now, Required: true},
		{Name: noticePrefix + "action", Agents: true, Default: notify.Now, Required: true},
		{Name: noticePrefix + "visa", Agents: true, Default: notify.Now, Required: true},
		{Name: noticePrefix + "meeting", Agents: true, Default: notify.Now, Required: true},
		{Name: noticePrefix + "handover", Agents: true, Default: notify.Now, Required: true},
		{Name: noticePrefix + "circuit", Agents: true, Default: notify.Now},
		{Name: noticePrefix + "answer", Agents: true, Default: notify.Now},
		{Name: noticePrefix + "decided", Agents: true, Default: notify.Now},
	}
}

// People finds to whom notices are written.
func People(i *identity.Identity) notify.Directory {
	return func(ctx context.Context, q db.Querier, accounts []id.ID) ([]notify.Person, error) {
		var all []notify.Person
		for _, account := range accounts {
			a, err := i.AccountIn(ctx, q, account)
			if fault.KindOf(err) == fault.NotFound {
				continue
			}
			if err != nil {
				return nil, err
			}
			if !a.Disabled {
				all = append(all, notify.Person{Account: a.ID, Name: a.Name, Email: a.Email, Lang: lang(a.Lang), Agent: a.Kind == identity.AgentAccount})
			}
		}
		return all, nil
	}
}

// Awaiting lists what waits for one person in a room.
type Awaiting func(ctx context.Context, v identity.Visitor) ([]notify.Awaited, error)

// Source asks the rooms, for each agent in turn, what waits: the weekly mail « ce qui vous attend ». posts lists
// what a person holds today.
func Source(i *identity.Identity, posts func(ctx context.Context, person id.ID) ([]identity.PostRef, error), rooms ...Awaiting) notify.Source {
	return func(ctx context.Context, _ db.Querier, _ calendar.Day) ([]notify.Awaited, error) {
		agents, _, err := i.Accounts(ctx, identity.AccountFilter{Kind: identity.AgentAccount, Limit: 1 << 20})
		var all []notify.Awaited
		for _, a := range agents {
			if a.Disabled || a.Email == "" || a.Person == "" {
				continue
			}
			held, err := posts(ctx, a.Person)
			if err != nil {
				return nil, err
			}
			v := identity.Visitor{Kind: identity.Agent, Account: a.ID, Person: a.Person, Posts: held}
			for _, room := range rooms {
				some, err := room(ctx, v)
				if err != nil {
					return nil, err
				}
				all = slices.Concat(all, some)
			}
		}
		return all, err
	}
}
