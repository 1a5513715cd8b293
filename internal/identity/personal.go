package identity

import (
	"context"
	"time"

	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Personal is what another part of the house keeps about an account: it gives a copy of it, and
// forgets it. Name is its key in the export.
type Personal struct {
	Name   string
	Export func(ctx context.Context, account id.ID) (any, error)
	Erase  func(tx *db.Tx, account id.ID) error
}

// PersonalData is the copy of what is kept about an account (RGPD art. 15 and 20). It holds no secret.
type PersonalData struct {
	ExportedAt time.Time       `json:"exported_at"`
	Account    PersonalAccount `json:"account"`
	Sessions   []PersonalUse   `json:"sessions"`
	Passkeys   []PersonalUse   `json:"passkeys"`
	Providers  []string        `json:"providers"`
	Security   []PersonalEvent `json:"security_events"`
	Elsewhere  map[string]any  `json:"elsewhere"`
}

// PersonalAccount is what a person gave, or the directory.
type PersonalAccount struct {
	Kind      AccountKind `json:"kind"`
	Email     string      `json:"email"`
	Name      string      `json:"name"`
	Lang      string      `json:"language"`
	Matricule string      `json:"matricule,omitempty"`
	CreatedAt time.Time   `json:"created_at"`
}

// PersonalUse is a session or a passkey.
type PersonalUse struct {
	Name      string    `json:"name"`
	CreatedAt time.Time `json:"created_at"`
	UsedAt    time.Time `json:"used_at"`
}

// PersonalEvent is one line of the security log.
type PersonalEvent struct {
	At      time.Time `json:"at"`
	Kind    EventKind `json:"kind"`
	Address string    `json:"address,omitempty"`
}

// Export gives the visitor a copy of everything kept about them.
func (i *Identity) Export(ctx context.Context, v Visitor, from Client) (PersonalData, error) {
	a, err := i.Account(ctx, v.Account)
	if err != nil {
		return PersonalData{}, err
	}
	data := PersonalData{ExportedAt: i.cfg.Clock.Now().UTC(), Elsewhere: map[string]any{},
		Account: PersonalAccount{a.Kind, a.Email, a.Name, a.Lang, a.Matricule, a.CreatedAt}}
	if err := i.exportUses(ctx, v, &data); err != nil {
		return PersonalData{}, err
	}
	for _, p := range i.cfg.Personal {
		if data.Elsewhere[p.Name], err = p.Export(ctx, v.Account); err != nil {
			return PersonalData{}, err
		}
	}
	return data, i.traffic(ctx, from, func(_ *db.Tx, j *journal) error {
		j.note(DataExported, v.Account, v.Session, "")
		return nil
	})
}

func (i *Identity) exportUses(ctx context.Context, v Visitor, data *PersonalData) error {
	sessions, err := i.Sessions(ctx, v)
	if err != nil {
		return err
	}
	for _, s := range sessions {
		data.Sessions = append(data.Sessions, PersonalUse{s.Device, s.CreatedAt, s.SeenAt})
	}
	keys, err := i.Passkeys(ctx, v)
	if err != nil {
		return err
	}
	for _, k := range keys {
		data.Passkeys = append(data.Passkeys, PersonalUse{k.Label, k.CreatedAt, k.UsedAt})
	}
	data.Providers, err = providersOf(ctx, i.cfg.Readers, v.Account)
	if err != nil {
		return err
	}
	events, err := i.Events(ctx, v.Account, 1000)
	for _, e := range events {
		data.Security = append(data.Security, PersonalEvent{e.At, e.Kind, e.Address})
	}
	return err
}

// Erase forgets a resident's account and what goes with it, at once. What the person published stays
// under no name; the security log keeps its lines for EventsKept, as the law asks. The account of an
// agent belongs to the directory: Denied identity.erase.agent says whom to ask.
func (i *Identity) Erase(ctx context.Context, v Visitor, from Client) error {
	return i.traffic(ctx, from, func(tx *db.Tx, j *journal) error {
		a, err := accountByID(tx.Context(), tx, v.Account)
		if err != nil {
			return err
		}
		if a.Kind != ResidentAccount || a.Administrator {
			return fault.New(fault.Denied, "identity.erase.agent")
		}
		for _, p := range i.cfg.Personal {
			if err := p.Erase(tx, v.Account); err != nil {
				return err
			}
		}
		j.note(AccountErased, v.Account, "", "own")
		return forget(tx, a)
	})
}
