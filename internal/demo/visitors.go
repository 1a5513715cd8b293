package demo

import (
	"slices"

	"parvis/internal/act"
	"parvis/internal/identity"
)

// guest is a demonstration account.
type guest struct{ email, name, person string }

// guests are those a visitor may enter as, in the order of the tour.
var guests = []guest{
	{"habitante@valmont.example", "Aminata Sow, habitante des Halles", ""},
	{"nadia.belkacem@valmont.example", "Nadia Belkacem, adjointe au numérique", "Nadia Belkacem"},
	{"sabine.lenoir@valmont.example", "Sabine Lenoir, mission ville intelligente", "Sabine Lenoir"},
	{"sandrine.leclerc@valmont.example", "Sandrine Leclerc, directrice de la propreté", "Sandrine Leclerc"},
	{"leila.haddad@valmont.example", "Leïla Haddad, directrice de la voirie", "Leïla Haddad"},
	{"gilles.ferrand@valmont.example", "Gilles Ferrand, directeur des systèmes d’information", "Gilles Ferrand"},
	{"etienne.vasseur@valmont.example", "Étienne Vasseur, directeur de cabinet", "Étienne Vasseur"},
	{"agnes.thibault@valmont.example", "Agnès Thibault, référente déontologue", "Agnès Thibault"},
	{"claire.delmas@valmont.example", "Claire Delmas, secrétaire générale et administratrice", "Claire Delmas"},
}

// insider reads what agents may read.
func (t *teller) insider() identity.Visitor {
	return identity.Visitor{Kind: identity.Agent, Account: "demo", Posts: []identity.PostRef{{ID: t.posts["CHEF-MVI"], Layer: "service"}}}
}

// invite opens the demonstration accounts.
func (t *teller) invite() error {
	for _, g := range guests {
		if g.email == administrator {
			continue // was there from the first day
		}
		account, err := t.open(g)
		if err != nil {
			return err
		}
		t.aims.accounts[g.email] = account.ID
	}
	return nil
}

func (t *teller) open(g guest) (identity.Account, error) {
	n := identity.NewAccount{Kind: identity.ResidentAccount, Email: g.email, Name: g.name, Lang: "fr", Demo: true}
	if g.person != "" {
		n.Kind, n.Person = identity.AgentAccount, t.people[g.person]
	}
	return t.Identity.Open(t.ctx, n)
}

const administrator = "claire.delmas@valmont.example"

// firstAdministrator is named by the founder, before any profile is in force.
func firstAdministrator(t *teller) error {
	i := slices.IndexFunc(guests, func(g guest) bool { return g.email == administrator })
	account, err := t.open(guests[i])
	if err != nil {
		return err
	}
	return t.do(t.Founder, func(tx *act.Tx) error { return identity.FirstAdministrator(tx, account.ID) })
}

// Guests lists whom a visitor may enter as, in the order of the tour.
func Guests() []string {
	names := make([]string, len(guests))
	for i, g := range guests {
		names[i] = g.name
	}
	return names
}
