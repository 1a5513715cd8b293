package portfolio

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/tabular"
)

// LaureatesSource names the open data "bp_projets_gagnants" of Paris (ODbL): the winners of its
// participatory budgets.
const LaureatesSource = "Projets lauréats du budget participatif (opendata.paris.fr, bp_projets_gagnants, ODbL)"

func laureateColumns() []tabular.Column {
	column := func(field, name string) tabular.Column {
		return tabular.Column{Field: field, Names: []string{name}, Required: true}
	}
	return []tabular.Column{
		column("id", "identifiant_projet_gagnant"), column("edition", "edition"), column("title", "titre_projet_gagnant"),
		column("theme", "thematique"), column("scale", "echelle_bp"), column("district", "arrondissement_projet_gagnant"),
		column("address", "adresse_projet_gagnant"), column("unit", "direction_pilote_projet"), column("budget", "budget_global_projet_gagnant"),
		column("state", "avancement_projet"), column("studies", "debut_etudes_projet"), column("tender", "lancement_procedure_projet"),
		column("works", "lancement_travaux_projet"), column("delivery", "livraison_prev_projet"), column("opening", "ouverture_projet"),
		column("popular", "projet_q_pop"),
	}
}

// ImportLaureates imports the winners of the participatory budgets. codes gives the code of the unit for
// the name of each directorate; a directorate without a unit keeps its name.
//
// What the data does not say is not made up: it states no problem, and the text says so; its labels
// for missing dates are no dates; a lead directorate is reported, not accepted; a step is reached
// only as far as the state says, else planned. It is public already, and stays so.
func (r *Room) ImportLaureates(ctx context.Context, by act.Actor, data io.Reader, codes map[string]string) (Imported, error) {
	book, err := tabular.Read(data, tabular.Usual())
	if err != nil {
		return Imported{}, err
	}
	table, err := book.Sheets[0].Bind(laureateColumns()...)
	if err != nil {
		return Imported{}, err
	}
	in := Import{ID: id.New(r.clock.Now()), Source: LaureatesSource, Public: true}
	units := map[string]id.ID{}
	for rec := range table.Rows() {
		row := readLaureate(rec)
		name := rec.Text("unit")
		if _, asked := units[name]; !asked && codes[name] != "" {
			if units[name], err = r.dir.UnitByCode(ctx, r.reads, codes[name], r.Today()); err != nil {
				return Imported{}, err
			}
		}
		lead := IncomingPart{Unit: units[name], Role: Lead}
		if lead.Unit == "" {
			lead.Actor = name
		}
		row.Parts = []IncomingPart{lead}
		in.Rows = append(in.Rows, row)
	}
	if err := table.Err(); err != nil {
		return Imported{}, err
	}
	return r.apply(ctx, by, in, "import.laureates")
}

func readLaureate(rec *tabular.Record) Incoming {
	ref, edition, theme, state := rec.Text("id"), int(rec.Integer("edition")), rec.Text("theme"), rec.Text("state")
	row := Incoming{Ref: ref, At: rec.At("id"), Year: edition, Stage: laureateStage(rec, state), StageNote: "État dans la source : " + state + ".",
		Brief: Brief{Title: said(rec.Text("title")), Problem: "La source ne dit pas à quel problème ce projet répond.",
			Origin: Demand, OriginNote: fmt.Sprintf("Budget participatif, édition %d", edition),
			Matter: slug(theme), Places: laureatePlaces(rec), Address: laureateAddress(rec),
			Tags: []string{theme, fmt.Sprintf("BP %d", edition)}}}
	if row.Title == "" {
		row.Title = "Projet " + ref + " (titre absent de la source)"
	}
	if rec.Boolean("popular") {
		row.Tags = append(row.Tags, "quartier populaire")
	}
	row.Brief = row.Brief.clean()
	if amount := rec.Amount("budget"); !amount.IsZero() {
		// The source gives one sum for the whole project and no year.
		row.Figures = []Figure{{Credit: AE, Nature: Planned, Amount: amount}}
	}
	row.Milestones = laureateSteps(rec, state)
	return row
}

// said drops the labels by which the file says that it knows nothing.
func said(text string) string {
	switch i18n.Fold(text) {
	case "non registre", "non enregistre":
		return ""
	}
	return text
}

// laureateStage maps the states of the data. Winning the vote qualifies a project; tenders and works
// come after the choice to do it everywhere it was voted for, so they are scaling; nothing says that
// anything was tested.
func laureateStage(rec *tabular.Record, state string) Stage {
	switch i18n.Fold(state) {
	case "non demarre":
		return Qualified
	case "etudes":
		return Investigated
	case "procedures", "travaux", "livraison":
		return Scaling
	case "fin":
		return Operating
	case "abandonne":
		return Stopped
	}
	rec.Fault("state", "tabular.cell.choice", "value", state)
	return ""
}

// laureatePlaces gives INSEE codes: the commune for a project of the whole city, else the
// arrondissement. The data uses 23 for the sector Paris Centre (arrondissements 1 to 4), which has no
// INSEE code.
func laureatePlaces(rec *tabular.Record) []string {
	if wholeCity(rec) {
		return []string{"75056"}
	}
	n, err := strconv.Atoi(rec.Text("district"))
	switch {
	case err == nil && n >= 1 && n <= 20:
		return []string{fmt.Sprintf("751%02d", n)}
	case n == 23:
		return []string{"75-centre"}
	}
	rec.Fault("district", "tabular.cell.choice", "value", rec.Text("district"))
	return nil
}

func wholeCity(rec *tabular.Record) bool {
	return i18n.Fold(rec.Text("scale")) == "budget participatif parisien"
}

// laureateAddress leaves out the town hall, which the data writes for projects of the whole city.
func laureateAddress(rec *tabular.Record) string {
	if wholeCity(rec) {
		return ""
	}
	return said(rec.Text("address"))
}

// laureateSteps keeps the steps that have a date. Those before the state of the project are reached;
// the data does not tell for the others whether the date is more than a plan.
func laureateSteps(rec *tabular.Record, state string) []Milestone {
	reached := map[string]int{"etudes": 1, "procedures": 2, "travaux": 3, "livraison": 3, "fin": 5}[i18n.Fold(state)]
	var out []Milestone
	for n, step := range []struct{ field, label string }{{"studies", "Début des études"}, {"tender", "Lancement de la procédure"},
		{"works", "Lancement des travaux"}, {"delivery", "Livraison prévue"}, {"opening", "Ouverture"}} {
		day := stepDay(rec, step.field)
		if day == "" {
			continue
		}
		m := Milestone{Label: step.label}
		if n < reached && step.field != "delivery" || step.field == "opening" {
			m.Actual = day
		} else {
			m.Planned = day
		}
		out = append(out, m)
	}
	return out
}

// stepDay reads AAAA-MM; the labels of a missing date all begin with "non".
func stepDay(rec *tabular.Record, field string) calendar.Fuzzy {
	text := rec.Text(field)
	if strings.HasPrefix(i18n.Fold(text), "non ") {
		return ""
	}
	return rec.Fuzzy(field)
}

// slug is a code made of a label: "Cadre de vie" is "cadre-de-vie".
func slug(label string) string { return strings.ReplaceAll(i18n.Fold(label), " ", "-") }
