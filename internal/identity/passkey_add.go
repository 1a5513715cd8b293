package identity

import (
	"context"
	"encoding/json"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"parvis/internal/db"
	"parvis/internal/fault"
)

// firstKeyFor is how soon after a sign-in by link the first passkey must be made.
const firstKeyFor = 30 * time.Minute

// BeginPasskey starts the registration of a key. It returns the options for the browser
// (PublicKeyCredentialCreationOptions, JSON) and the token of the ceremony, for a cookie.
// Faults: Unauthenticated identity.fresh_required when the account has a key already.
func (i *Identity) BeginPasskey(ctx context.Context, v Visitor) (options []byte, token string, err error) {
	if err := i.needPasskeys(); err != nil {
		return nil, "", err
	}
	err = i.traffic(ctx, Client{}, func(tx *db.Tx, _ *journal) error {
		holder, err := i.mayAddKey(tx, v)
		if err != nil {
			return err
		}
		exclude := webauthn.Credentials(holder.WebAuthnCredentials()).CredentialDescriptors()
		creation, session, err := i.passkeys.BeginRegistration(holder, webauthn.WithExclusions(exclude))
		if err != nil {
			return err
		}
		if options, err = json.Marshal(creation); err != nil {
			return err
		}
		token, err = beginCeremony(tx, registering, v.Account, session)
		return err
	})
	return options, token, err
}

// mayAddKey lets the first key be made from a recent sign-in of any means, and others only by who
// has just proved to hold one: a stolen mailbox must not add a key to those that exist.
func (i *Identity) mayAddKey(tx *db.Tx, v Visitor) (keyholder, error) {
	s, err := sessionByID(tx, v)
	if err != nil {
		return keyholder{}, errNoSession()
	}
	a, err := accountByID(tx.Context(), tx, v.Account)
	if err != nil {
		return keyholder{}, err
	}
	keys, err := passkeysOf(tx.Context(), tx, v.Account)
	if err != nil {
		return keyholder{}, err
	}
	fresh := RequireFresh(Visitor{StrongAt: s.StrongAt, ReadOnly: s.ReadOnly}, tx.Now())
	if fresh != nil && (len(keys) > 0 || tx.Now().Sub(s.CreatedAt) > firstKeyFor) {
		return keyholder{}, fresh
	}
	return keyholder{a, keys}, nil
}

// FinishPasskey checks the browser's answer and keeps the key. The session becomes strong and takes
// the new token that is returned. Faults: Unauthenticated identity.ceremony.gone,
// identity.passkey.refused; Conflict identity.passkey.known.
func (i *Identity) FinishPasskey(ctx context.Context, v Visitor, ceremony string, answer []byte, label string, from Client) (Pass, error) {
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return Pass{}, fault.Wrap(err, fault.Unauthenticated, "identity.passkey.refused")
	}
	var pass Pass
	err = i.traffic(ctx, from, func(tx *db.Tx, j *journal) error {
		holder, err := i.mayAddKey(tx, v)
		if err != nil {
			return err
		}
		var session webauthn.SessionData
		account, err := takeCeremony(tx, registering, ceremony, &session)
		if err != nil {
			return err
		}
		if account != v.Account {
			return errCeremony()
		}
		credential, err := i.passkeys.CreateCredential(holder, session, parsed)
		if err != nil {
			return fault.Wrap(err, fault.Unauthenticated, "identity.passkey.refused")
		}
		pass, err = i.keepPasskey(tx, j, v, holder.account, *credential, label)
		return err
	})
	return pass, err
}

func (i *Identity) keepPasskey(tx *db.Tx, j *journal, v Visitor, a Account, c webauthn.Credential, label string) (Pass, error) {
	key := Passkey{ID: keyID(c.ID), Account: a.ID, Label: cleanLabel(label), CreatedAt: tx.Now(), UsedAt: tx.Now(), credential: c}
	made, err := insertPasskey(tx, key)
	if err != nil {
		return Pass{}, err
	}
	if !made {
		return Pass{}, fault.New(fault.Conflict, "identity.passkey.known")
	}
	j.note(PasskeyAdded, a.ID, v.Session, "")
	s, err := sessionByID(tx, v)
	if err != nil {
		return Pass{}, err
	}
	token, err := strengthen(tx, j, s, proof{means: ByPasskey, strong: true})
	return Pass{Token: token, Session: s, Account: a}, err
}
