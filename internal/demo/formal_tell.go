package demo

import (
	"fmt"

	"parvis/internal/council"
)

// formalScenes tell two acts that the mayor signs after January's committee: an arrêté, against which somebody then asks
// the city to think again, and a contract, which is notified to one firm and announced to the others.
func formalScenes() []scene {
	return []scene{
		{"2018-01-30 10:00", "the formal acts leave", tellFormals},
		{"2018-02-02 11:00", "the arrêté comes back", tellRegulationBack},
		{"2018-02-16 15:00", "the contract comes back", tellContractBack},
		{"2018-02-28 10:00", "the city is asked to think again", tellAppealed},
	}
}

const mayor = "Hélène Marchetti, maire de Valmont"

func tellFormals(t *teller) error {
	err := t.leaves("CHEF-MVI", t.sessions.opened, council.Regulation, council.FormalText{Title: "Arrêté ouvrant au public le registre des capteurs",
		Transmit: true, Signatory: mayor, MatterCode: "9.1"})
	if err != nil {
		return err
	}
	// Under the amount from which contracts are transmitted (CGCT, art. D2131-5-1).
	return t.leaves("CHEF-MVI", t.sessions.bought, council.Market, council.FormalText{Title: "Marché de comptage des passages à douze carrefours",
		Signatory: mayor, MatterCode: "1.1", BudgetYear: "2018", BudgetName: "Budget principal"})
}

func tellRegulationBack(t *teller) error {
	return t.comeBack("CHEF-MVI", returned{t.sessions.opened, "2018-AR-014;30/01/2018;31/01/2018;01/02/2018;000-200000000-20180130-AR014-AR;PREF000;;02/02/2018;" +
		"https://valmont.example/actes/2018-AR-014"})
}

func tellContractBack(t *teller) error {
	return t.comeBack("CHEF-MVI", returned{t.sessions.bought, "2018-M-007;08/02/2018;;;;;12/02/2018;16/02/2018;https://valmont.example/marches/2018-M-007"})
}

// tellAppealed notes a recours gracieux against the arrêté: the time to go to court starts again for whoever made it.
func tellAppealed(t *teller) error {
	f, _, err := t.Council.FormalOf(t.ctx, t.insider(), t.sessions.opened)
	if err != nil {
		return err
	}
	_, err = t.Council.NoteAppeal(t.ctx, t.as("CHEF-MVI"), f.ID, f.Version, "2018-02-27", "")
	return err
}

// leaves makes a formal act of a decision and hands it to the tool that signs it.
func (t *teller) leaves(by string, d council.Decision, kind council.FormalKind, text council.FormalText) error {
	f, err := t.Council.PrepareFormal(t.ctx, t.as(by), council.FormalForm{Decision: d.ID, Kind: kind, FormalText: text})
	if err == nil {
		_, err = t.Council.SendFormal(t.ctx, t.as(by), f.ID, f.Version)
	}
	return err
}

// returned is what that tool says of the act of a decision: the columns of a return file from its number on.
type returned struct {
	council.Decision
	said string
}

// comeBack takes what the tool says of some acts, and publishes them.
func (t *teller) comeBack(by string, back ...returned) error {
	file := "ref;empreinte;numéro;signé le;transmis le;reçu le;AR;préfecture;notifié le;mis en ligne le;url\r\n"
	for _, one := range back {
		f, _, err := t.Council.FormalOf(t.ctx, t.insider(), one.Decision)
		if err != nil {
			return err
		}
		file += fmt.Sprintf("%s;%s;%s\r\n", f.Ref, f.Digest, one.said)
	}
	staged, err := t.Council.StageReturn(t.ctx, t.insider(), []byte(file))
	if err != nil {
		return err
	}
	if _, err := t.Council.ApplyReturn(t.ctx, t.as(by), t.insider(), staged.ID); err != nil {
		return err
	}
	for _, one := range back {
		f, _, err := t.Council.FormalOf(t.ctx, t.insider(), one.Decision)
		if err != nil {
			return err
		}
		if _, err := t.Council.PublishFormal(t.ctx, t.as(by), f.ID, f.Version, true); err != nil {
			return err
		}
	}
	return nil
}
