package app

import (
	"cmp"
	"context"
	"net"
	"net/url"
	"strconv"

	"parvis/internal/db"
	"parvis/internal/identity"
	"parvis/internal/mail"
	"parvis/internal/portfolio"
)

// sendLink queues the mail that carries a link to enter. The link only opens a page with a button.
func (a *App) sendLink(tx *db.Tx, m identity.LinkMail) error {
	kind := "identity.mail." + string(m.Purpose)
	page := "/fr/connexion/lien"
	if m.Lang == "en" {
		page = "/en/sign-in/link"
	}
	return a.mailer.Queue(tx, mail.Message{
		To: mail.Address{Name: m.Name, Email: m.To}, Lang: m.Lang, Kind: kind, Args: []any{"name", cmp.Or(m.Name, m.To)},
		Actions: []mail.Action{{Label: kind + ".action", URL: a.cfg.origin() + page + "?" + url.Values{"token": {m.Token}}.Encode()}},
	})
}

// smtp is the mail server of the configuration: host, or host:port.
func (a *App) smtp(password string) (mail.Transport, error) {
	server := mail.SMTP{Host: a.cfg.Mail.Server, Username: a.cfg.Mail.User, Password: password}
	if host, port, err := net.SplitHostPort(server.Host); err == nil {
		server.Host = host
		if server.Port, err = strconv.Atoi(port); err != nil {
			return nil, err
		}
	}
	if server.Host == "localhost" {
		server.Security = mail.Plain
	}
	return server, server.Check()
}

// askToConfirm mails the letter by which an address confirms that it follows a project: nothing else is
// ever sent before that.
func (a *App) askToConfirm(ctx context.Context, ask portfolio.FollowAsk, about portfolio.Initiative) error {
	page := a.url(ask.Lang, "portfolio.follow.confirm", ask.Confirm)
	return a.DB.Writer.Traffic(ctx, func(tx *db.Tx) error {
		return a.mailer.Queue(tx, mail.Message{To: mail.Address{Email: ask.Email}, Lang: ask.Lang, Kind: "app.follow",
			Args:    []any{"title", about.Title, "number", about.Number},
			Actions: []mail.Action{{Label: "app.follow.action", URL: a.cfg.origin() + page}}})
	})
}
