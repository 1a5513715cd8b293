package demo

import (
	"bytes"
	"context"
	"encoding/csv"
	"io/fs"
	"strconv"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/geo"
	"parvis/internal/id"
	"parvis/internal/powers"
)

// ParisData are the files that TellParis reads: the package parvis/data/paris, under ODbL.
type ParisData struct{ fs.FS }

// TellParis shows the real open data of Paris as a portfolio: the directorates that led winning
// projects of its participatory budgets, and these projects. It makes up nobody: the directorates have
// no holders, and the one who imports is a post of the demonstration that says so.
func TellParis(ctx context.Context, c City, data ParisData) error {
	directorates, err := data.directorates()
	if err != nil {
		return err
	}
	var importer act.Actor
	_, err = act.Do(ctx, c.Log, c.Founder, func(tx *act.Tx) (struct{}, error) {
		importer, err = foundParis(tx, directorates)
		return struct{}{}, err
	})
	if err != nil {
		return err
	}
	laureates, err := fs.ReadFile(data, "laureats.csv")
	if err != nil {
		return err
	}
	codes := map[string]string{}
	for _, d := range directorates {
		codes[d.name] = d.code
	}
	_, err = c.Portfolio.ImportLaureates(ctx, importer, bytes.NewReader(laureates), codes)
	return err
}

type directorate struct{ code, name string }

func (d ParisData) directorates() ([]directorate, error) {
	f, err := d.Open("paris-directions.csv")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, err
	}
	var all []directorate
	for _, r := range rows[1:] {
		all = append(all, directorate{r[0], r[1]})
	}
	return all, nil
}

// foundParis makes the body, its directorates and the post that imports, and puts a profile in force.
func foundParis(tx *act.Tx, directorates []directorate) (act.Actor, error) {
	life := calendar.Since(tx.Today())
	body, err := powers.FoundBody(tx, powers.NewBody{Kind: "commune", Code: "PARIS", Name: "Ville de Paris", NameEN: "City of Paris",
		SIREN: "217500016", Period: life})
	if err != nil {
		return act.Actor{}, err
	}
	unit := func(kind, code, name string, parent id.ID) (id.ID, error) {
		return powers.CreateUnit(tx, powers.NewUnit{Body: body, Kind: kind, Code: code, Name: name, Short: code, Parent: parent, Period: life})
	}
	top, err := unit("executive", "VILLE", "Administration de la Ville (démonstration)", "")
	if err != nil {
		return act.Actor{}, err
	}
	for _, d := range directorates {
		if _, err := unit("directorate", d.code, d.name, top); err != nil {
			return act.Actor{}, err
		}
	}
	mission, err := unit("mission", "REPRISE", "Reprise des données ouvertes (démonstration)", top)
	if err != nil {
		return act.Actor{}, err
	}
	importer, err := appointImporter(tx, mission, life)
	if err != nil {
		return act.Actor{}, err
	}
	_, err = powers.InstallProfile(tx, powers.Installation{Document: powers.Shipped(powers.MunicipalTeam), From: tx.Today(),
		Motive: "Profil de la démonstration : ce n’est pas l’organisation réelle de la Ville.", Lang: "fr", Basis: []string{"Démonstration"}})
	return importer, err
}

func appointImporter(tx *act.Tx, mission id.ID, life calendar.Period) (act.Actor, error) {
	post, err := powers.CreatePost(tx, powers.NewPost{Unit: mission, Code: "REPRISE-1", Title: "Reprise des données ouvertes (démonstration)",
		TitleEN: "Import of open data (demonstration)", Layer: "service", Head: true, Period: life})
	if err != nil {
		return act.Actor{}, err
	}
	person, err := powers.AddPerson(tx, powers.NewPerson{Family: "Reprise automatique", Source: "démonstration"})
	if err != nil {
		return act.Actor{}, err
	}
	holder, err := powers.Appoint(tx, powers.Appointment{Post: post, Person: person, Period: life})
	return act.Actor{Kind: act.Agent, Post: post, Holder: holder, Channel: "import"}, err
}

// Places are the arrondissements, under the codes by which the import places the projects.
func (d ParisData) Places() ([]byte, error) {
	f, err := d.Open("paris-arrondissements.geojson")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	features, err := geo.Read(f, geo.Usual())
	if err != nil {
		return nil, err
	}
	for i := range features {
		n, _ := features[i].Properties["c_ar"].(float64)
		features[i].Properties = map[string]any{"code": strconv.Itoa(75100 + int(n)), "name": features[i].Text("l_ar")}
	}
	for code, name := range map[string]string{"75056": "Tout Paris", "75-centre": "Paris Centre"} { // places without an outline
		features = append(features, geo.Feature{Properties: map[string]any{"code": code, "name": name}})
	}
	var out bytes.Buffer
	err = geo.Write(&out, features)
	return out.Bytes(), err
}
