package identity

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// letIn finds the account of a person the provider vouches for, and signs in or confirms.
func (i *Identity) letIn(ctx context.Context, p *provider, f federation, asking id.ID, said asserted, from Client, previous string) (Pass, error) {
	var pass Pass
	var refused error
	err := i.traffic(ctx, from, func(tx *db.Tx, j *journal) error {
		pass, refused = Pass{}, nil
		a, err := p.match(tx, j, said)
		if err == nil && f.Session != "" && a.ID != asking {
			err = fault.New(fault.Denied, "identity.oidc.other")
		}
		if k := fault.KindOf(err); k == fault.Denied || k == fault.Conflict {
			j.note(SignInRefused, a.ID, "", "oidc")
			refused = err
			return nil
		}
		if err != nil {
			return err
		}
		if f.Session != "" {
			pass, err = confirmByProvider(tx, j, p, f, a, said)
			return err
		}
		pass, err = i.signIn(tx, j, a, p.proof(f, said), from, previous)
		return err
	})
	if err == nil {
		err = refused
	}
	if err == nil && pass.Token == "" {
		err = errUnknown()
	}
	return pass, err
}

func errUnknown() error { return fault.New(fault.Denied, "identity.oidc.unknown") }

// confirmByProvider makes the session as strong as the provider's word is; no stronger.
func confirmByProvider(tx *db.Tx, j *journal, p *provider, f federation, a Account, said asserted) (Pass, error) {
	s, err := sessionByID(tx, Visitor{Session: f.Session, Account: a.ID})
	if err != nil {
		return Pass{}, errNoSession()
	}
	proved := p.proof(f, said)
	if !proved.strong {
		return Pass{}, errProvider(fmt.Errorf("acr %q is not enough", said.acr))
	}
	token, err := strengthen(tx, j, s, proved)
	return Pass{Token: token, Session: s, Account: a}, err
}

// match applies the policy: required claims, a person already known, the matricule or the e-mail,
// a new resident. In that order, and nothing else.
func (p *provider) match(tx *db.Tx, j *journal, said asserted) (Account, error) {
	for claim, value := range p.Match.Require {
		if text(said.claims, claim) != value {
			return Account{}, errUnknown()
		}
	}
	known, err := knownToProvider(tx, said)
	if err == nil {
		return accountByID(tx.Context(), tx, known)
	}
	if fault.KindOf(err) != fault.NotFound {
		return Account{}, err
	}
	a, err := p.recognise(tx, said)
	if fault.KindOf(err) == fault.NotFound && p.Match.Create {
		a, err = p.create(tx, j, said)
	}
	if fault.KindOf(err) == fault.NotFound {
		return Account{}, errUnknown()
	}
	if err != nil {
		return Account{}, err
	}
	return a, linkToProvider(tx, said, a.ID)
}

// recognise finds an account by what the policy names. fault.NotFound when there is none.
func (p *provider) recognise(tx *db.Tx, said asserted) (a Account, err error) {
	nobody := fault.New(fault.NotFound, "identity.oidc.unknown")
	value := text(said.claims, p.Match.Claim)
	switch {
	case p.Match.By == "matricule":
		a, err = accountByMatricule(tx.Context(), tx, value)
	case p.Match.By == "email" && p.mailCounts(said):
		folded, invalid := FoldEmail(value)
		if invalid != nil {
			return Account{}, nobody
		}
		a, err = accountByEmail(tx.Context(), tx, folded)
	default:
		return Account{}, nobody
	}
	if err == nil && !slices.Contains(p.Match.Kinds, a.Kind) {
		err = nobody
	}
	return a, err
}

func (p *provider) mailCounts(said asserted) bool {
	return !p.Match.EmailVerified || text(said.claims, "email_verified") == "true"
}

// create opens the account of a resident. An address that somebody has already is not taken over: its
// owner signs in by link first.
func (p *provider) create(tx *db.Tx, j *journal, said asserted) (Account, error) {
	var names []string
	for _, claim := range p.Match.Name {
		names = append(names, text(said.claims, claim))
	}
	a, err := OpenAccount(tx, NewAccount{Kind: ResidentAccount, Email: text(said.claims, "email"), Name: strings.Join(names, " ")})
	switch fault.KindOf(err) {
	case fault.Conflict:
		err = fault.New(fault.Conflict, "identity.oidc.email_taken")
	case fault.Invalid:
		err = errUnknown() // the provider did not give an address or a name
	}
	j.note(Registered, a.ID, "", "oidc")
	return a, err
}

// text reads a claim as text; a list or an object is no text.
func text(claims map[string]any, name string) string {
	switch v := claims[name].(type) {
	case string:
		return v
	case bool, float64:
		return fmt.Sprint(v)
	}
	return ""
}
