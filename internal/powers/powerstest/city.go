// Package powerstest lays a small city for tests: a town hall with its silos, before or after a
// governance profile is installed.
package powerstest

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/powers"
)

// Dawn is the first day of the city.
const Dawn calendar.Day = "2010-01-01"

// T is a test, a benchmark or a property that runs.
type T interface {
	Helper()
	Fatal(args ...any)
}

// City is a city with what a test needs to act in it. The maps are by code.
type City struct {
	DB      *db.DB
	Log     *act.Log
	Engine  *powers.Engine
	Founder act.Actor
	Body    id.ID
	Units   map[string]id.ID
	Posts   map[string]id.ID
	Holders map[string]id.ID // by code of the post
	Persons map[string]id.ID // by code of the post
}

// New founds the city without any profile: only the founder can act. Rooms are the verbs of the rooms
// under test.
func New(t T, d *db.DB, rooms ...[]act.Verb) *City {
	t.Helper()
	verbs, err := act.NewVerbs(append(rooms, powers.Verbs())...)
	if err != nil {
		t.Fatal(err)
	}
	c := &City{DB: d, Units: map[string]id.ID{}, Posts: map[string]id.ID{}, Holders: map[string]id.ID{}, Persons: map[string]id.ID{}}
	c.Engine, c.Founder = powers.NewEngine(verbs)
	c.Log = act.NewLog(d.Writer, verbs, c.Engine.Decide)
	c.Do(t, c.Founder, c.lay)
	return c
}

// Governed founds the city under a shipped profile since its first day.
func Governed(t T, d *db.DB, profile string, rooms ...[]act.Verb) *City {
	t.Helper()
	c := New(t, d, rooms...)
	c.Install(t, c.Founder, profile, Dawn)
	return c
}

// Do runs a change and fails the test when it is refused.
func (c *City) Do(t T, by act.Actor, fn func(*act.Tx) error) {
	t.Helper()
	if err := c.Try(by, fn); err != nil {
		t.Fatal(err)
	}
}

// Try runs a change.
func (c *City) Try(by act.Actor, fn func(*act.Tx) error) error {
	_, err := act.Do(context.Background(), c.Log, by, func(tx *act.Tx) (struct{}, error) { return struct{}{}, fn(tx) })
	return err
}

// Install puts a shipped profile in force from a day on.
func (c *City) Install(t T, by act.Actor, profile string, from calendar.Day) {
	t.Helper()
	c.Do(t, by, func(tx *act.Tx) error {
		_, err := powers.InstallProfile(tx, powers.Installation{Document: powers.Shipped(profile), From: from, LegalAct: "DEL-" + profile,
			Motive: "La ville choisit comment elle se gouverne.", Basis: []string{"CGCT L2121-29"}})
		return err
	})
}

// Agent is whoever holds the post of that code since the beginning.
func (c *City) Agent(code string) act.Actor {
	return act.Actor{Kind: act.Agent, Account: "cpt-" + id.ID(code), Post: c.Posts[code], Holder: c.Holders[code], Channel: "web"}
}

func (c *City) lay(tx *act.Tx) (err error) {
	c.Body, err = powers.FoundBody(tx, powers.NewBody{Kind: "commune", Code: "VALMONT", Name: "Ville de Valmont", Period: calendar.Since(Dawn)})
	if err != nil {
		return err
	}
	for _, u := range []struct{ code, kind, name, parent string }{
		{"EXEC", "executive", "Le maire et ses adjoints", ""},
		{"SG", "secretariat_general", "Secrétariat général", "EXEC"},
		{"MISSION", "mission", "Mission Ville intelligente", "SG"},
		{"DPE", "directorate", "Direction de la propreté et de l'eau", "SG"},
		{"DVD", "directorate", "Direction de la voirie", "SG"},
		{"DSI", "directorate", "Direction des systèmes d'information", "SG"},
		{"INVEST", "committee", "Comité d'investissement", "SG"},
		{"AGENCE", "operator", "Agence d'innovation", ""},
		{"UNIV", "consortium", "Consortium universitaire", ""},
	} {
		c.Units[u.code], err = powers.CreateUnit(tx, powers.NewUnit{Body: c.Body, Kind: u.kind, Code: u.code, Name: u.name,
			Parent: c.Units[u.parent], Period: calendar.Since(Dawn)})
		if err != nil {
			return err
		}
	}
	return c.layPosts(tx)
}

func (c *City) layPosts(tx *act.Tx) error {
	for _, p := range []struct {
		code, unit, title, layer string
		head                     bool
	}{
		{"MAIRE", "EXEC", "Maire", "elu", true},
		{"ADJ-PROPRETE", "EXEC", "Adjointe chargée de la propreté", "elu", false},
		{"ADJ-VOIRIE", "EXEC", "Adjoint chargé de la voirie", "elu", false},
		{"ADJ-NUM", "EXEC", "Adjointe chargée du numérique", "elu", false},
		{"SG", "SG", "Secrétaire général", "haut_fonctionnaire", true},
		{"FINANCES", "SG", "Responsable des finances", "service", false},
		{"MISSION", "MISSION", "Cheffe de la mission", "haut_fonctionnaire", true},
		{"CHARGE", "MISSION", "Chargé de mission", "service", false},
		{"DIR-DPE", "DPE", "Directrice de la propreté et de l'eau", "haut_fonctionnaire", true},
		{"AG-DPE", "DPE", "Agente de collecte", "terrain", false},
		{"DIR-DVD", "DVD", "Directeur de la voirie", "haut_fonctionnaire", true},
		{"DIR-DSI", "DSI", "Directeur des systèmes d'information", "haut_fonctionnaire", true},
		{"PRES-INVEST", "INVEST", "Présidence du comité d'investissement", "haut_fonctionnaire", true},
		{"M-INVEST", "INVEST", "Membre du comité d'investissement", "elu", false},
		{"DIR-AGENCE", "AGENCE", "Directrice de l'agence", "externe", true},
		{"DIR-UNIV", "UNIV", "Directeur du consortium", "externe", true},
	} {
		if err := c.post(tx, powers.NewPost{Unit: c.Units[p.unit], Code: p.code, Title: p.title, Layer: p.layer, Head: p.head,
			Period: calendar.Since(Dawn)}); err != nil {
			return err
		}
	}
	for unit, post := range map[string]string{"DPE": "ADJ-PROPRETE", "DVD": "ADJ-VOIRIE", "DSI": "ADJ-NUM"} {
		if err := powers.SetReferent(tx, c.Units[unit], powers.TopicElected, c.Posts[post], calendar.Since(Dawn)); err != nil {
			return err
		}
	}
	return nil
}

func (c *City) post(tx *act.Tx, p powers.NewPost) (err error) {
	if c.Posts[p.Code], err = powers.CreatePost(tx, p); err != nil {
		return err
	}
	c.Persons[p.Code], err = powers.AddPerson(tx, powers.NewPerson{Given: "Camille", Family: "N° " + p.Code, Matricule: "M-" + p.Code, Source: "test"})
	if err != nil {
		return err
	}
	c.Holders[p.Code], err = powers.Appoint(tx, powers.Appointment{Post: c.Posts[p.Code], Person: c.Persons[p.Code], Period: calendar.Since(Dawn)})
	return err
}
