package identityweb

import (
	"net/url"

	"parvis/internal/db"
	"parvis/internal/i18n"
	"parvis/internal/identity"
	"parvis/internal/mail"
)

// linkPaths are where links lead, by language; the test of the routes holds them together.
var linkPaths = map[string]string{i18n.French: "/fr/connexion/lien", i18n.English: "/en/sign-in/link"}

// SendLink makes the SendLink of identity.Config: it queues the mail that carries a link.
func SendLink(origin string, queue func(db.Transaction, mail.Message) error) func(*db.Tx, identity.LinkMail) error {
	return func(tx *db.Tx, l identity.LinkMail) error {
		path, known := linkPaths[l.Lang]
		if !known {
			path = linkPaths[i18n.French]
		}
		kind := "identity.mail." + string(l.Purpose)
		return queue(tx, mail.Message{
			To: mail.Address{Name: l.Name, Email: l.To}, Lang: l.Lang, Kind: kind, Args: []any{"name", l.Name},
			Actions: []mail.Action{{Label: kind + ".action", URL: origin + path + "?token=" + url.QueryEscape(l.Token)}},
		})
	}
}
