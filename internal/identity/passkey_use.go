package identity

import (
	"context"
	"encoding/json"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// BeginAssertion starts a sign-in by passkey, or a confirmation: the authenticator itself proposes
// the accounts it knows (discoverable credentials), so nothing is typed and nothing told. It returns
// the options for the browser (PublicKeyCredentialRequestOptions, JSON) and the ceremony's token.
func (i *Identity) BeginAssertion(ctx context.Context) (options []byte, token string, err error) {
	if err := i.needPasskeys(); err != nil {
		return nil, "", err
	}
	assertion, session, err := i.passkeys.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return nil, "", err
	}
	if options, err = json.Marshal(assertion); err != nil {
		return nil, "", err
	}
	err = i.traffic(ctx, Client{}, func(tx *db.Tx, _ *journal) error {
		token, err = beginCeremony(tx, asserting, "", session)
		return err
	})
	return options, token, err
}

// SignInByPasskey checks the browser's answer and opens a strong session. Previous is the token the
// browser presented, if any. Faults: Unauthenticated identity.ceremony.gone, identity.passkey.refused.
func (i *Identity) SignInByPasskey(ctx context.Context, ceremony string, answer []byte, from Client, previous string) (Pass, error) {
	var pass Pass
	err := i.assert(ctx, ceremony, answer, from, func(tx *db.Tx, j *journal, a Account) error {
		var err error
		pass, err = i.signIn(tx, j, a, proof{means: ByPasskey, strong: true}, from, previous)
		return err
	})
	if err == nil && pass.Token == "" {
		err = errKey(nil)
	}
	return pass, err
}

// Confirm proves again who the visitor is, within the session, which takes a new token.
// Faults: as SignInByPasskey; Denied identity.passkey.other when the key is somebody else's.
func (i *Identity) Confirm(ctx context.Context, v Visitor, ceremony string, answer []byte, from Client) (Pass, error) {
	var pass Pass
	err := i.assert(ctx, ceremony, answer, from, func(tx *db.Tx, j *journal, a Account) error {
		if a.ID != v.Account {
			return fault.New(fault.Denied, "identity.passkey.other")
		}
		s, err := sessionByID(tx, v)
		if err != nil {
			return errNoSession()
		}
		token, err := strengthen(tx, j, s, proof{means: ByPasskey, strong: true})
		pass = Pass{Token: token, Session: s, Account: a}
		return err
	})
	return pass, err
}

// assert checks an assertion against the ceremony and the stored key, then lets then act on it. The
// ceremony is consumed and a clone noted even when the answer is refused.
func (i *Identity) assert(ctx context.Context, ceremony string, answer []byte, from Client, then func(*db.Tx, *journal, Account) error) error {
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return errKey(err)
	}
	var refused error
	err = i.traffic(ctx, from, func(tx *db.Tx, j *journal) error {
		refused = nil
		var session webauthn.SessionData
		if _, err := takeCeremony(tx, asserting, ceremony, &session); err != nil {
			return err
		}
		holder, credential, err := i.checkAssertion(tx, session, parsed)
		if err != nil {
			j.note(SignInRefused, "", "", "passkey")
			refused = errKey(err)
			return nil
		}
		if credential.Authenticator.CloneWarning {
			j.note(PasskeyCloned, holder.account.ID, "", "")
			refused = errKey(nil)
			return nil
		}
		if err := usePasskey(tx, *credential); err != nil {
			return err
		}
		return then(tx, j, holder.account)
	})
	if err == nil {
		err = refused
	}
	return err
}

func (i *Identity) checkAssertion(tx *db.Tx, s webauthn.SessionData, p *protocol.ParsedCredentialAssertionData) (keyholder, *webauthn.Credential, error) {
	find := func(_, handle []byte) (webauthn.User, error) {
		a, err := accountByID(tx.Context(), tx, id.ID(handle))
		if err != nil {
			return nil, err
		}
		keys, err := passkeysOf(tx.Context(), tx, a.ID)
		return keyholder{a, keys}, err
	}
	user, credential, err := i.passkeys.ValidatePasskeyLogin(find, s, p)
	if err != nil {
		return keyholder{}, nil, err
	}
	return user.(keyholder), credential, nil
}

func errKey(cause error) error {
	return fault.Wrap(cause, fault.Unauthenticated, "identity.passkey.refused")
}
