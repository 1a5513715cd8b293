package identity

import (
	"context"
	"encoding/base64"
	"time"

	"github.com/go-webauthn/webauthn/webauthn"

	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Passkey is one key of an account, as its owner sees it.
type Passkey struct {
	ID        string // credential id, base64url
	Account   id.ID
	Label     string
	Synced    bool // backed up by the maker of the device
	CreatedAt time.Time
	UsedAt    time.Time

	credential webauthn.Credential
}

// keyholder shows an account and its keys to the WebAuthn library.
type keyholder struct {
	account Account
	keys    []Passkey
}

// WebAuthnID is the user handle: an id that tells nothing about the person (WebAuthn level 3, 14.6.1).
func (k keyholder) WebAuthnID() []byte { return []byte(k.account.ID) }

// WebAuthnName is what authenticators show in their list of accounts.
func (k keyholder) WebAuthnName() string {
	if k.account.Email != "" {
		return k.account.Email
	}
	return k.account.Name
}

// WebAuthnDisplayName is the name of the person.
func (k keyholder) WebAuthnDisplayName() string { return k.account.Name }

// WebAuthnCredentials are the public halves of the keys.
func (k keyholder) WebAuthnCredentials() []webauthn.Credential {
	list := make([]webauthn.Credential, len(k.keys))
	for n, key := range k.keys {
		list[n] = key.credential
	}
	return list
}

func keyID(raw []byte) string { return base64.RawURLEncoding.EncodeToString(raw) }

// Passkeys lists the visitor's own keys, the oldest first.
func (i *Identity) Passkeys(ctx context.Context, v Visitor) ([]Passkey, error) {
	return passkeysOf(ctx, i.cfg.Readers, v.Account)
}

// RenamePasskey changes the label of one of the visitor's own keys.
func (i *Identity) RenamePasskey(ctx context.Context, v Visitor, key, label string) error {
	return i.traffic(ctx, Client{}, func(tx *db.Tx, _ *journal) error {
		n, err := renamePasskey(tx, v.Account, key, cleanLabel(label))
		if err == nil && n == 0 {
			err = fault.New(fault.NotFound, "identity.passkey.not_found")
		}
		return err
	})
}

// RemovePasskey forgets one of the visitor's own keys, soon after another proof.
func (i *Identity) RemovePasskey(ctx context.Context, v Visitor, key string, from Client) error {
	return i.traffic(ctx, from, func(tx *db.Tx, j *journal) error {
		if err := RequireFresh(v, tx.Now()); err != nil {
			return err
		}
		n, err := deletePasskey(tx, v.Account, key)
		if err == nil && n == 0 {
			err = fault.New(fault.NotFound, "identity.passkey.not_found")
		}
		j.note(PasskeyRemoved, v.Account, v.Session, "")
		return err
	})
}

const maxLabel = 60

func cleanLabel(label string) string {
	r := []rune(label)
	return string(r[:min(len(r), maxLabel)])
}
