package identity

import (
	"context"
	"crypto/subtle"
	"errors"
	"net/url"
	"slices"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"parvis/internal/db"
	"parvis/internal/id"
)

// asserted is what a provider said of a person, checked.
type asserted struct {
	issuer, subject string
	claims          map[string]any
	acr             string
	authTime        time.Time
	idToken         string
}

// FinishProvider takes the provider's answer (the query of the callback) and signs in, or confirms
// the session that asked for it. Back and the language of the page are given even with an error.
// Faults: Unauthenticated identity.ceremony.gone, identity.oidc.refused; Denied identity.oidc.unknown,
// identity.oidc.other; Conflict identity.oidc.email_taken; Unavailable identity.oidc.unreachable.
func (i *Identity) FinishProvider(ctx context.Context, name, ceremony string, answer url.Values, from Client, previous string) (pass Pass, lang string, err error) {
	f, account, err := i.takeFederation(ctx, name, ceremony, answer)
	if err != nil {
		return Pass{}, f.Lang, err
	}
	p, err := i.provider(name)
	if err != nil {
		return Pass{}, f.Lang, err
	}
	said, err := p.ask(ctx, f, answer.Get("code"), i.cfg.Clock.Now)
	if err != nil {
		i.refuse(ctx, from, account, "oidc")
		return Pass{}, f.Lang, err
	}
	pass, err = i.letIn(ctx, p, f, account, said, from, previous)
	pass.Back = f.Back
	return pass, f.Lang, err
}

// takeFederation consumes the ceremony, whatever follows: a state serves once.
func (i *Identity) takeFederation(ctx context.Context, name, ceremony string, answer url.Values) (f federation, account id.ID, err error) {
	err = i.traffic(ctx, Client{}, func(tx *db.Tx, _ *journal) error {
		account, err = takeCeremony(tx, federating, ceremony, &f)
		return err
	})
	if err != nil {
		return f, "", err
	}
	if f.Provider != name || !same(f.State, id.Digest(answer.Get("state"))) {
		return f, account, errProvider(errors.New("state"))
	}
	if e := answer.Get("error"); e != "" {
		return f, account, errProvider(errors.New("the provider answered an error"))
	}
	return f, account, nil
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

func (i *Identity) refuse(ctx context.Context, from Client, account id.ID, detail string) {
	i.traffic(ctx, from, func(_ *db.Tx, j *journal) error { // a lost trace must not hide the refusal itself
		j.note(SignInRefused, account, "", detail)
		return nil
	})
}

// ask exchanges the code and checks everything that comes back.
func (p *provider) ask(ctx context.Context, f federation, code string, now func() time.Time) (asserted, error) {
	found, err := p.discover(ctx)
	if err != nil {
		return asserted{}, err
	}
	ctx = oidc.ClientContext(ctx, p.client)
	var options []oauth2.AuthCodeOption
	if f.Verifier != "" {
		options = append(options, oauth2.VerifierOption(f.Verifier))
	}
	token, err := p.oauth(found).Exchange(ctx, code, options...)
	if err != nil {
		return asserted{}, errProvider(err)
	}
	raw, _ := token.Extra("id_token").(string)
	said, err := p.readIDToken(ctx, found, raw, f, now)
	if err != nil {
		return asserted{}, errProvider(err)
	}
	if err := p.readUserInfo(ctx, found, token.AccessToken, &said); err != nil {
		return asserted{}, errProvider(err)
	}
	return said, nil
}

// readIDToken checks signature, issuer, audience, expiry (go-oidc), then authorised party and nonce
// (OpenID Connect Core 3.1.3.7).
func (p *provider) readIDToken(ctx context.Context, found *oidc.Provider, raw string, f federation, now func() time.Time) (asserted, error) {
	token, err := found.Verifier(&oidc.Config{ClientID: p.ClientID, Now: now}).Verify(ctx, raw)
	if err != nil {
		return asserted{}, err
	}
	said := asserted{issuer: token.Issuer, subject: token.Subject, idToken: raw, claims: map[string]any{}}
	if err := token.Claims(&said.claims); err != nil {
		return asserted{}, err
	}
	party, _ := said.claims["azp"].(string)
	if len(token.Audience) > 1 && party == "" || party != "" && party != p.ClientID {
		return asserted{}, errors.New("the token was issued to another party")
	}
	if !same(token.Nonce, f.Nonce) {
		return asserted{}, errors.New("nonce")
	}
	if token.Subject == "" {
		return asserted{}, errors.New("no subject")
	}
	said.acr, _ = said.claims["acr"].(string)
	if at, ok := said.claims["auth_time"].(float64); ok {
		said.authTime = time.Unix(int64(at), 0).UTC()
	}
	return said, nil
}

// proof says how strong the provider's word is: a required level, at a time that it tells or that
// follows from our having made it ask again. A single sign-on of this morning is no fresh proof.
func (p *provider) proof(f federation, said asserted) proof {
	strong := slices.Contains(p.Strong, said.acr) && (!said.authTime.IsZero() || f.Prompted)
	return proof{means: ByProvider, strong: strong, strongAt: said.authTime, provider: p.Name, idToken: said.idToken}
}
