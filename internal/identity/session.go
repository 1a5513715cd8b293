package identity

import (
	"context"
	"time"

	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Session is one browser in which an account is signed in.
type Session struct {
	ID        id.ID
	Account   id.ID
	Means     Means
	ReadOnly  bool
	StrongAt  time.Time
	Device    string // "Firefox, Linux"
	CreatedAt time.Time
	SeenAt    time.Time // rounded down to seenStep
	EndsAt    time.Time
	Idle      time.Duration
	Provider  string
	IDToken   string
}

// seenStep is how coarsely a session's last request is noted: one write per step at most.
const seenStep = 5 * time.Minute

// live tells whether the session still holds at now.
func (s Session) live(now time.Time) bool {
	return now.Before(s.EndsAt) && now.Before(s.SeenAt.Add(s.Idle+seenStep))
}

// Pass is a session's secret, handed to the browser once.
type Pass struct {
	Token   string
	Session Session
	Account Account
	Back    string // the page of this site where the visitor wanted to go
}

// proof is what a sign-in established.
type proof struct {
	means    Means
	strong   bool
	strongAt time.Time // zero: now
	provider string
	idToken  string
}

// at is when a strong proof was given; a provider's clock may be ahead of ours.
func (p proof) at(now time.Time) time.Time {
	if p.strongAt.IsZero() || p.strongAt.After(now) {
		return now
	}
	return p.strongAt
}

// signIn opens a session in the transaction. The session that the browser had, if any, ends: a token
// planted before the sign-in is worth nothing after it (session fixation, CVE-2025-64100).
func (i *Identity) signIn(tx *db.Tx, j *journal, a Account, p proof, from Client, previous string) (Pass, error) {
	if a.Disabled {
		j.note(SignInRefused, a.ID, "", "disabled")
		return Pass{}, nil
	}
	if err := endToken(tx, id.Digest(previous)); err != nil {
		return Pass{}, err
	}
	s := i.newSession(tx.Now(), a, p, from)
	token := id.Token()
	if err := insertSession(tx, s, id.Digest(token)); err != nil {
		return Pass{}, err
	}
	j.note(SignedIn, a.ID, s.ID, string(p.means))
	return Pass{Token: token, Session: s, Account: a}, nil
}

func (i *Identity) newSession(now time.Time, a Account, p proof, from Client) Session {
	s := Session{ID: id.Random(), Account: a.ID, Means: p.means, Device: Device(from.Agent),
		CreatedAt: now, SeenAt: now.Truncate(seenStep), Provider: p.provider, IDToken: p.idToken}
	end := i.cfg.Limits.ResidentEnd
	s.Idle = i.cfg.Limits.ResidentIdle
	if a.Kind == AgentAccount {
		s.Idle, end = i.cfg.Limits.AgentIdle, i.cfg.Limits.AgentEnd
		s.ReadOnly = p.means == ByLink
	}
	s.EndsAt = now.Add(end)
	if p.strong {
		s.StrongAt = p.at(now)
	}
	return s
}

// strengthen marks the session as proved, under a new token (the old one may have been seen).
func strengthen(tx *db.Tx, j *journal, s Session, p proof) (string, error) {
	token := id.Token()
	found, err := saveProof(tx, s.ID, id.Digest(token), p)
	if err == nil && !found {
		err = errNoSession()
	}
	j.note(Confirmed, s.Account, s.ID, string(p.means))
	return token, err
}

func errNoSession() error { return fault.New(fault.Unauthenticated, "identity.sign_in_required") }

// Visitor tells who presents the token; an unknown, ended or disabled one is anonymous.
func (i *Identity) Visitor(ctx context.Context, token string) (Visitor, error) {
	if token == "" {
		return Visitor{}, nil
	}
	now := i.cfg.Clock.Now()
	s, a, err := sessionByToken(ctx, i.cfg.Readers, id.Digest(token))
	if fault.KindOf(err) == fault.NotFound {
		return Visitor{}, nil
	}
	if err != nil {
		return Visitor{}, err
	}
	if !s.live(now) || a.Disabled {
		return Visitor{}, nil
	}
	if now.Sub(s.SeenAt) >= seenStep {
		i.seen(ctx, s.ID)
	}
	return i.visitor(ctx, s, a)
}

// seen notes the last request. Its failure (a full disk) must not keep anybody from reading.
func (i *Identity) seen(ctx context.Context, session id.ID) {
	i.cfg.Writer.Traffic(ctx, func(tx *db.Tx) error {
		return saveSeen(tx, session)
	})
}

// visitor adds the posts held today. An agent who holds none any more is a resident like another.
func (i *Identity) visitor(ctx context.Context, s Session, a Account) (Visitor, error) {
	v := Visitor{Kind: Resident, Account: a.ID, Person: a.Person, Name: a.Name, Email: a.Email, Lang: a.Lang,
		Session: s.ID, Means: s.Means, StrongAt: s.StrongAt, ReadOnly: s.ReadOnly, Demo: a.Demo}
	if a.Administrator {
		v.Kind |= Admin
	}
	posts, err := i.PostsToday(ctx, a.Person)
	if err != nil {
		return Visitor{}, err
	}
	v.Posts = posts
	for _, p := range posts {
		v.Kind |= Agent
		if p.Layer == LayerElected {
			v.Kind |= Elected
		}
	}
	return v, nil
}
