package notify

import (
	"context"
	"time"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/mail"
)

// Follow makes an account follow a thing.
func (n *Notifier) Follow(tx db.Transaction, about act.Ref, account id.ID) error {
	return keepFollow(tx, follower{ID: id.Random(), Account: account, About: about}, db.Micros(tx.Now()))
}

// Unfollow ends it.
func (n *Notifier) Unfollow(tx db.Transaction, about act.Ref, account id.ID) error {
	return tx.Exec(`DELETE FROM op_notify_follow WHERE about_type = $1 AND about_id = $2 AND account = $3 AND account <> ''`, about.Type, about.ID, account)
}

// Follows tells whether an account follows a thing.
func (n *Notifier) Follows(ctx context.Context, q db.Querier, about act.Ref, account id.ID) (bool, error) {
	many, err := db.One(ctx, q, db.Scalar[int], `SELECT COUNT(*) FROM op_notify_follow
		WHERE about_type = $1 AND about_id = $2 AND account = $3 AND account <> ''`, about.Type, about.ID, account)
	return many > 0, err
}

// asksPerHour bounds what one address may be sent: nobody's mailbox is flooded through us.
const asksPerHour = 4

// AskFollow sends an address the link by which it confirms that it wants to follow a thing. The answer
// is the same when it follows already or was asked too often. title is what the thing is called.
// The address must be folded (identity.FoldEmail). Faults: Invalid mail.address.
func (n *Notifier) AskFollow(tx db.Transaction, about act.Ref, title, email, lang string) error {
	asked, err := db.One(tx.Context(), tx, db.Scalar[int], `SELECT COUNT(*) FROM op_notify_follow
		WHERE email = $1 AND (asked_at > $2 AND confirmed_at = 0 OR about_type = $3 AND about_id = $4 AND confirmed_at > 0)`,
		email, db.Micros(tx.Now().Add(-time.Hour)), about.Type, about.ID)
	if err != nil || asked >= asksPerHour {
		return err
	}
	f, err := n.askedFollow(tx, about, email, lang)
	if err != nil || f.ID == "" {
		return err
	}
	return n.config.Mailer.Queue(tx, mail.Message{To: mail.Address{Email: email}, Lang: lang, Kind: "notify.confirm",
		Args:    []any{"title", title},
		Actions: []mail.Action{{Label: "notify.confirm.open", URL: n.config.Links.Confirm(lang, n.token(toConfirm, string(f.ID), ""))}},
		Thread:  about.Type + "/" + string(about.ID)})
}

// askedFollow is the follower that waits to be confirmed; none when the address follows already.
func (n *Notifier) askedFollow(tx db.Transaction, about act.Ref, email, lang string) (follower, error) {
	err := keepFollow(tx, follower{ID: id.Random(), Email: email, Lang: lang, About: about}, 0)
	if err != nil {
		return follower{}, err
	}
	f, err := db.One(tx.Context(), tx, scanFollower, followColumns+`WHERE about_type = $1 AND about_id = $2 AND account = '' AND email = $3
		AND confirmed_at = 0`, about.Type, about.ID, email)
	if fault.KindOf(err) == fault.NotFound {
		return follower{}, nil
	}
	return f, err
}

func keepFollow(tx db.Transaction, f follower, confirmed int64) error {
	return tx.Exec(`INSERT INTO op_notify_follow (id, about_type, about_id, account, email, lang, asked_at, confirmed_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (about_type, about_id, account, email) DO NOTHING`,
		f.ID, f.About.Type, f.About.ID, f.Account, f.Email, f.Lang, db.Micros(tx.Now()), confirmed)
}

// ReadConfirm tells what a link of AskFollow would confirm, for the page that shows its button.
func (n *Notifier) ReadConfirm(ctx context.Context, q db.Querier, token string) (act.Ref, error) {
	f, err := n.confirming(ctx, q, token)
	return f.About, err
}

// Confirm makes the address of a link follow its thing.
func (n *Notifier) Confirm(tx db.Transaction, token string) (act.Ref, error) {
	f, err := n.confirming(tx.Context(), tx, token)
	if err != nil {
		return act.Ref{}, err
	}
	return f.About, tx.Exec(`UPDATE op_notify_follow SET confirmed_at = $1 WHERE id = $2 AND confirmed_at = 0`, db.Micros(tx.Now()), f.ID)
}

func (n *Notifier) confirming(ctx context.Context, q db.Querier, token string) (follower, error) {
	reader, _, err := n.open(token, toConfirm)
	if err != nil {
		return follower{}, err
	}
	f, err := followByID(ctx, q, id.ID(reader))
	if fault.KindOf(err) == fault.NotFound {
		return f, fault.New(fault.NotFound, "notify.link")
	}
	return f, err
}

// Prune removes what nobody needs any more: addresses that were never confirmed after a week, notices
// told before an instant, rounds older than it.
func (n *Notifier) Prune(tx db.Transaction, before time.Time) error {
	err := tx.Exec(`DELETE FROM op_notify_follow WHERE confirmed_at = 0 AND asked_at < $1`, db.Micros(tx.Now().AddDate(0, 0, -7)))
	if err != nil {
		return err
	}
	return tx.Exec(`DELETE FROM op_notice WHERE told_at > 0 AND told_at < $1`, db.Micros(before))
}

// Forget removes all that is kept for an account and for an address: somebody asks to be forgotten.
func (n *Notifier) Forget(tx db.Transaction, account id.ID, email string) error {
	for _, table := range []string{"op_notice", "op_notify_choice", "op_notify_quiet", "op_notify_round"} {
		if err := tx.Exec(`DELETE FROM `+table+` WHERE reader = $1`, account); err != nil {
			return err
		}
	}
	err := tx.Exec(`DELETE FROM op_notice WHERE reader IN (SELECT 'follow:' || id FROM op_notify_follow WHERE email = $1 AND email <> '')`, email)
	if err != nil {
		return err
	}
	return tx.Exec(`DELETE FROM op_notify_follow WHERE account = $1 AND account <> '' OR email = $2 AND email <> ''`, account, email)
}
