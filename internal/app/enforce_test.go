package app

import (
	"bytes"
	"context"
	"strings"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/demo"
	"parvis/internal/powers"
	"parvis/internal/web"
)

// enforce puts in force the profile that is in force, in the mode that refuses whatever no rule allows.
func (w *town) enforce() {
	w.t.Helper()
	document := powers.Shipped(powers.WithInvestment)
	for before, after := range map[string]string{`enforcement = "indicatif"`: `enforcement = "bloquant"`, "edition     = 2": "edition     = 12"} {
		if !bytes.Contains(document, []byte(before)) {
			w.t.Fatalf("the profile does not say %s", before)
		}
		document = bytes.Replace(document, []byte(before), []byte(after), 1)
	}
	by, err := w.as(administrator)
	if err != nil {
		w.t.Fatal(err)
	}
	_, err = act.Do(context.Background(), w.Log, by.Actor(""), func(tx *act.Tx) (*powers.Profile, error) {
		return powers.InstallProfile(tx, powers.Installation{Document: document, From: calendar.DayOf(demo.Opening()), LegalAct: "DEL-2018-100",
			Motive: "Toutes les délégations sont saisies.", Lang: "fr", Basis: []string{"CGCT L2122-18"}})
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// established checks that each of the last acts rests on a power: where powers are enforced, none may lack it.
func (w *town) established(c character, route web.Route, many int64) {
	w.t.Helper()
	for _, payload := range all(w, `SELECT CAST(payload AS TEXT) FROM act ORDER BY recorded_at DESC, id DESC LIMIT $1`, many) {
		if strings.Contains(payload, `"lacking":true`) {
			w.t.Errorf("%s recorded through %s an act without established power: %s", c.title, route.Name, payload)
		}
	}
}
