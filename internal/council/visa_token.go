package council

import (
	"context"
	"time"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// VisaLifetime is how long the link of a letter answers.
const VisaLifetime = 30 * 24 * time.Hour

// visaToken is what the link of a letter stands for: one question, put to one holder of one post.
type visaToken struct {
	visa         id.ID
	version      int64
	post, holder id.ID
	expires      time.Time
	used         time.Time
}

// VisaTokenIn makes the secret of a link, inside the transaction that queues the letter. Only its digest
// is kept. holder is whoever the letter goes to: the link dies with the affectation.
func (r *Room) VisaTokenIn(tx db.Transaction, visa, holder id.ID) (string, error) {
	v, err := loadVisa(tx.Context(), tx, visa)
	if err != nil {
		return "", err
	}
	token := id.Token()
	return token, putVisaToken(tx, token, visaToken{visa: visa, version: v.Version, post: v.Post, holder: holder,
		expires: tx.Now().Add(VisaLifetime)})
}

// VisaLetter is what the link of a letter shows.
type VisaLetter struct {
	VisaLine
	Stale bool // the paper changed since the letter
}

// ReadVisaLetter shows what is asked behind a link. It changes nothing: mail scanners open links. What was
// answered or is no longer asked is shown too, without a form.
//
// Faults: NotFound council.token.unknown; Gone council.token.expired, council.token.post_left; Denied
// council.recused.
func (r *Room) ReadVisaLetter(ctx context.Context, token string) (VisaLetter, error) {
	t, err := loadVisaToken(ctx, r.reads, token)
	if err != nil {
		return VisaLetter{}, err
	}
	if r.clock.Now().After(t.expires) {
		return VisaLetter{}, fault.New(fault.Gone, "council.token.expired", "day", calendar.DayOf(t.expires))
	}
	l, err := r.visaLine(ctx, t.visa)
	if err != nil {
		return VisaLetter{}, err
	}
	if err := r.tokenRecused(ctx, l, t); err != nil {
		return VisaLetter{}, err
	}
	return VisaLetter{VisaLine: l, Stale: l.Waits() && l.Version != t.version}, nil
}

// tokenRecused keeps the file from whoever was recused after the letter left (I8), and from whoever left the post: what
// they withdrew from since, at another post, is no longer known of them.
func (r *Room) tokenRecused(ctx context.Context, l VisaLine, t visaToken) error {
	held, err := r.dir.Posts(ctx, r.reads, []id.ID{t.post}, r.Today())
	if err != nil {
		return err
	}
	if now := held[t.post]; !now.Held || now.Holder != "" && t.holder != "" && now.Holder != t.holder {
		return fault.New(fault.Gone, "council.token.post_left")
	}
	away, err := r.awayFrom(ctx, r.reads, Item{Root: l.root, Arbitration: l.arbitration}, r.Today())
	if err == nil && away[t.post] {
		err = fault.New(fault.Denied, "council.recused")
	}
	return err
}

// ActByToken gives the answer that the form behind a link posts, by the post to whose holder the letter
// went if it is still held by the same. The link serves once, and never where the step wants its
// signatory identified.
//
// Faults: those of AnswerVisa; Gone council.token.used, council.token.expired, council.token.post_left;
// Denied council.token.reads_only.
func (r *Room) ActByToken(ctx context.Context, token string, answer VisaStatus, text string) (Visa, error) {
	t, err := loadVisaToken(ctx, r.reads, token)
	if err != nil {
		return Visa{}, err
	}
	by := act.Actor{Kind: act.Agent, Post: t.post, Holder: t.holder, Channel: "mail"}
	return do(ctx, r, by, func(tx *act.Tx) (Visa, error) {
		if t, err = loadVisaToken(tx.Context(), tx, token); err != nil {
			return Visa{}, err
		}
		if err := r.liveToken(tx, t); err != nil {
			return Visa{}, err
		}
		v, err := r.answerVisa(tx, VisaForm{Visa: t.visa, Version: t.version, Answer: answer, Text: text})
		if err != nil {
			return v, err
		}
		return v, useVisaToken(tx, token)
	})
}

func (r *Room) liveToken(tx *act.Tx, t visaToken) error {
	switch {
	case !t.used.IsZero():
		return fault.New(fault.Gone, "council.token.used", "day", calendar.DayOf(t.used))
	case tx.Now().After(t.expires):
		return fault.New(fault.Gone, "council.token.expired", "day", calendar.DayOf(t.expires))
	}
	byMail, err := mayMail(tx.Context(), tx, t.visa)
	if err == nil && !byMail {
		err = fault.New(fault.Denied, "council.token.reads_only")
	}
	if err != nil {
		return err
	}
	held, err := r.post(tx, t.post, "post")
	if err == nil && !held.Held {
		err = fault.New(fault.Gone, "council.token.post_left")
	}
	return err
}

// mayMail tells whether the step takes an answer by the link of a letter.
func mayMail(ctx context.Context, q db.Querier, visa id.ID) (bool, error) {
	spec, err := specOf(ctx, q, visa)
	return !spec.NoMail, err
}
