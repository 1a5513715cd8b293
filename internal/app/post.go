package app

import (
	"cmp"
	"net"
	"net/url"
	"strconv"

	"parvis/internal/db"
	"parvis/internal/identity"
	"parvis/internal/mail"
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
