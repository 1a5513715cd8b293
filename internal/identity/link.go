package identity

import (
	"context"
	"time"

	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// LinkFor is how long a link may be used.
const LinkFor = 20 * time.Minute

// linksPerHour bounds what one address may be sent: nobody's mailbox is flooded through us.
const linksPerHour = 4

// Purpose is what a link does when its button is pressed.
type Purpose string

// The purposes of links.
const (
	ToSignIn   Purpose = "sign_in"
	ToRegister Purpose = "register"
)

// LinkMail is the e-mail to send. Token is the secret of the link and goes nowhere else.
type LinkMail struct {
	To, Name, Lang string
	Purpose        Purpose
	Token          string
	EndsAt         time.Time
}

// Link is what may be shown of a link before its button is pressed.
type Link struct {
	Purpose Purpose
	Account id.ID
	Email   string
	Name    string
	Lang    string
	Back    string
	EndsAt  time.Time
}

// RequestLink sends a link to the address if somebody has it. The answer is the same when nobody
// does, or when too many were sent. Faults: Invalid identity.account.invalid on email.
func (i *Identity) RequestLink(ctx context.Context, email, lang, back string, from Client) error {
	folded, err := FoldEmail(email)
	if err != nil {
		return fault.New(fault.Invalid, "identity.account.invalid").At("email", "identity.email.invalid")
	}
	return i.traffic(ctx, from, func(tx *db.Tx, j *journal) error {
		a, err := accountByEmail(tx.Context(), tx, folded)
		if fault.KindOf(err) == fault.NotFound || err == nil && a.Disabled {
			j.note(LinkUnknown, a.ID, "", "")
			return nil
		}
		if err != nil {
			return err
		}
		return i.sendLink(tx, j, Link{Purpose: ToSignIn, Account: a.ID, Email: a.Email, Name: a.Name, Lang: langOr(a.Lang, lang), Back: back})
	})
}

// Register sends a link that opens an account, or one to sign in if the address has an account: the
// answer is the same. Faults: Invalid identity.account.invalid on email or name.
func (i *Identity) Register(ctx context.Context, email, name, lang, back string, from Client) error {
	n := NewAccount{Kind: ResidentAccount, Email: email, Name: name, Lang: lang}
	if err := n.clean(); err != nil {
		return err
	}
	return i.traffic(ctx, from, func(tx *db.Tx, j *journal) error {
		link := Link{Purpose: ToRegister, Email: n.Email, Name: n.Name, Lang: lang, Back: back}
		a, err := accountByEmail(tx.Context(), tx, n.Email)
		switch {
		case err == nil && a.Disabled:
			j.note(LinkUnknown, a.ID, "", "disabled")
			return nil
		case err == nil:
			link = Link{Purpose: ToSignIn, Account: a.ID, Email: a.Email, Name: a.Name, Lang: langOr(a.Lang, lang), Back: back}
		case fault.KindOf(err) != fault.NotFound:
			return err
		}
		return i.sendLink(tx, j, link)
	})
}

func langOr(preferred, current string) string {
	if preferred != "" {
		return preferred
	}
	return current
}

func (i *Identity) sendLink(tx *db.Tx, j *journal, l Link) error {
	sent, err := linksSince(tx, l.Email, tx.Now().Add(-time.Hour))
	if err != nil {
		return err
	}
	if sent >= linksPerHour {
		j.note(LinkTooMany, l.Account, "", string(l.Purpose))
		return nil
	}
	token := id.Token()
	l.EndsAt = tx.Now().Add(LinkFor)
	if err := insertLink(tx, l, id.Digest(token)); err != nil {
		return err
	}
	j.note(LinkSent, l.Account, "", string(l.Purpose))
	return i.cfg.SendLink(tx, LinkMail{To: l.Email, Name: l.Name, Lang: l.Lang, Purpose: l.Purpose, Token: token, EndsAt: l.EndsAt})
}

// PeekLink tells what a link would do. It changes nothing: mail scanners open links too.
// Faults: Gone identity.link.gone.
func (i *Identity) PeekLink(ctx context.Context, token string) (Link, error) {
	l, err := linkByToken(ctx, i.cfg.Readers, id.Digest(token))
	if fault.KindOf(err) == fault.NotFound || err == nil && !i.cfg.Clock.Now().Before(l.EndsAt) {
		return Link{}, fault.New(fault.Gone, "identity.link.gone")
	}
	return l, err
}

// UseLink consumes a link and signs in. Previous is the token the browser presented, if any.
// Faults: Gone identity.link.gone when unknown, expired or used already.
func (i *Identity) UseLink(ctx context.Context, token string, from Client, previous string) (Pass, error) {
	var pass Pass
	err := i.traffic(ctx, from, func(tx *db.Tx, j *journal) error {
		pass = Pass{}
		l, err := takeLink(tx, id.Digest(token))
		if fault.KindOf(err) == fault.NotFound {
			j.note(LinkRefused, "", "", "")
			return nil
		}
		if err != nil {
			return err
		}
		a, err := i.accountOfLink(tx, j, l)
		if err != nil {
			return err
		}
		pass, err = i.signIn(tx, j, a, proof{means: ByLink}, from, previous)
		pass.Back = l.Back
		return err
	})
	if err == nil && pass.Token == "" {
		err = fault.New(fault.Gone, "identity.link.gone")
	}
	return pass, err
}

// accountOfLink finds whom the link lets in, or opens the account of a new resident. Somebody who
// registered twice has one account.
func (i *Identity) accountOfLink(tx *db.Tx, j *journal, l Link) (Account, error) {
	if l.Purpose == ToSignIn {
		return accountByID(tx.Context(), tx, l.Account)
	}
	a, err := accountByEmail(tx.Context(), tx, l.Email)
	if fault.KindOf(err) != fault.NotFound {
		return a, err
	}
	a, err = OpenAccount(tx, NewAccount{Kind: ResidentAccount, Email: l.Email, Name: l.Name, Lang: l.Lang})
	j.note(Registered, a.ID, "", "link")
	return a, err
}
