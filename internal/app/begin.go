package app

import (
	"cmp"
	"context"

	"parvis/internal/act"
	"parvis/internal/identity"
)

// Begin names the first administrator of a new city, as the founder: nobody else can while no
// governance profile is in force. The profile comes with the first import, once there are people.
func (a *App) Begin(ctx context.Context, email, name string) error {
	admin, err := a.Identity.Open(ctx, identity.NewAccount{Kind: identity.AgentAccount, Email: email, Name: cmp.Or(name, email), Lang: "fr"})
	if err != nil {
		return err
	}
	_, err = act.Do(ctx, a.Log, a.founder, func(tx *act.Tx) (struct{}, error) {
		return struct{}{}, identity.FirstAdministrator(tx, admin.ID)
	})
	return err
}
