package app

import (
	"context"
	"crypto/rand"
	"errors"
	"os"

	"parvis/internal/act"
	"parvis/internal/act/durable"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/mail"
	"parvis/internal/notify"
	"parvis/internal/portfolio/passationweb"
	"parvis/internal/portfolio/strategyweb"
	"parvis/internal/workspace"
)

// linksKey signs the links by which mails are switched off: they must work for years, so the key is kept with
// those of the log.
const linksKey = "links.key"

// awaiting lists who says what waits for somebody: a room that has something to say every Monday adds its
// function here.
func (a *App) awaiting() []workspace.Awaiting {
	return []workspace.Awaiting{
		func(ctx context.Context, v identity.Visitor) ([]notify.Awaited, error) {
			return a.Workspace.Awaited(ctx, v)
		},
		func(ctx context.Context, v identity.Visitor) ([]notify.Awaited, error) {
			return passationweb.Awaited(ctx, a.Passation, v)
		},
		func(ctx context.Context, v identity.Visitor) ([]notify.Awaited, error) {
			return a.Workspace.AwaitedCommittees(ctx, v)
		},
		func(ctx context.Context, v identity.Visitor) ([]notify.Awaited, error) {
			return strategyweb.Awaited(ctx, a.Strategy, v)
		},
	}
}

// kinds are the letters among which people choose; a room that writes some adds its own here.
func kinds() []notify.Kind { return workspace.Kinds() }

// makeNotify comes before the rooms, which write by it: what it asks of them is asked when it speaks.
func (a *App) makeNotify() error {
	key, err := keptKey(a.cfg.path("keys", linksKey))
	if err != nil {
		return err
	}
	posts := func(ctx context.Context, person id.ID) ([]identity.PostRef, error) {
		return a.heldBy(ctx, person, calendar.DayOf(a.cfg.clock().Now()))
	}
	page := func(lang, route string, args ...any) string { return a.cfg.origin() + a.url(lang, route, args...) }
	a.Notify, err = notify.New(notify.Config{Secret: key, Mailer: a.mailer, Directory: workspace.People(a.Identity), Kinds: kinds(),
		Links: notify.Links{
			Thing: func(_ string, about act.Ref) string {
				return a.cfg.origin() + "/id/" + about.Type + "/" + string(about.ID)
			},
			Awaited: func(lang string) string { return page(lang, "portfolio.todo") },
			End:     func(lang, token string) string { return page(lang, workspace.EndRoute, token) },
			Confirm: func(lang, token string) string { return page(lang, workspace.EndRoute, token) },
		},
		Sources: []notify.Source{workspace.Source(a.Identity, posts, a.awaiting()...)}})
	return err
}

// keptKey reads a key of 32 bytes, or makes it the first time.
func keptKey(path string) ([]byte, error) {
	key, err := os.ReadFile(path)
	if !errors.Is(err, os.ErrNotExist) {
		return key, err
	}
	key = make([]byte, 32)
	rand.Read(key)
	return key, durable.Write(path, key, 0o600)
}

// mailChoices is what is kept of somebody's mails: given back and forgotten with the account.
func (a *App) mailChoices() identity.Personal {
	return identity.Personal{Name: "mails",
		Export: func(ctx context.Context, account id.ID) (any, error) {
			return a.Notify.Choices(ctx, a.DB.Readers, account, true)
		},
		Erase: func(tx *db.Tx, account id.ID) error {
			who, err := a.Identity.AccountIn(tx.Context(), tx, account)
			if err != nil {
				return err
			}
			if err := mail.Erase(tx, who.Email); err != nil {
				return err
			}
			return a.Notify.Forget(tx, account, who.Email)
		}}
}
