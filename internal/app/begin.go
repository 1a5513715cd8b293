package app

import (
	"cmp"
	"context"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/identity"
	"parvis/internal/powers"
)

// Beginning is what a new city must know before anyone can enter.
type Beginning struct {
	Admin     string // e-mail address of the first administrator
	AdminName string
	Profile   string // governance profile that comes with Parvis; "" installs none yet
}

// Begin names the first administrator and, if asked, puts a governance profile in force, as the
// founder: nobody else can while no profile is installed.
func (a *App) Begin(ctx context.Context, b Beginning) error {
	admin, err := a.Identity.Open(ctx, identity.NewAccount{Kind: identity.AgentAccount, Email: b.Admin,
		Name: cmp.Or(b.AdminName, b.Admin), Lang: "fr"})
	if err != nil {
		return err
	}
	_, err = act.Do(ctx, a.Log, a.founder, func(tx *act.Tx) (struct{}, error) {
		if err := identity.FirstAdministrator(tx, admin.ID); err != nil || b.Profile == "" {
			return struct{}{}, err
		}
		_, err := powers.InstallProfile(tx, powers.Installation{Document: powers.Shipped(b.Profile), From: calendar.DayOf(tx.Now()),
			Motive: "Profil choisi à l’installation.", Lang: "fr", Basis: []string{"CGCT L2122-18"}})
		return struct{}{}, err
	})
	return err
}
