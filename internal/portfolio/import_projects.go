package portfolio

import (
	"context"
	"io"

	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/tabular"
)

// ProjectColumns are the columns of the city's own list of projects, as the template has them.
func ProjectColumns() []tabular.Column {
	return []tabular.Column{
		{Field: "ref", Names: []string{"Référence", "Code", "N°", "Reference"}},
		{Field: "title", Names: []string{"Titre", "Projet", "Intitulé", "Title"}, Required: true, Filled: true},
		{Field: "problem", Names: []string{"Problème", "Besoin", "Problem"}, Required: true, Filled: true},
		{Field: "sufferer", Names: []string{"Qui a le problème", "Pour qui", "Who has it"}},
		{Field: "origin", Names: []string{"Origine", "Origin"}},
		{Field: "stage", Names: []string{"Étape", "Avancement", "Stage"}},
		{Field: "note", Names: []string{"Bilan ou reprise", "Commentaire", "Note"}},
		{Field: "review", Names: []string{"À revoir le", "Review on"}},
		{Field: "sponsors", Names: []string{"Élus référents", "Élu référent", "Élus", "Sponsors"}},
		{Field: "owner", Names: []string{"Porteur", "Chef de projet", "Owner"}},
		{Field: "lead", Names: []string{"Direction pilote", "Pilote", "Lead"}},
		{Field: "units", Names: []string{"Directions associées", "Directions", "Units"}},
		{Field: "matter", Names: []string{"Matière", "Thème", "Thématique", "Matter"}},
		{Field: "places", Names: []string{"Territoire", "Lieu", "Places"}},
		{Field: "address", Names: []string{"Adresse", "Address"}},
		{Field: "budget", Names: []string{"Budget prévu", "Budget", "Montant"}},
		{Field: "year", Names: []string{"Exercice", "Année budgétaire", "Year"}},
		{Field: "start", Names: []string{"Début", "Start"}},
		{Field: "end", Names: []string{"Fin", "Livraison", "End"}},
		{Field: "initials", Names: []string{"Initiales", "Initials"}},
		{Field: "tags", Names: []string{"Étiquettes", "Tags"}},
	}
}

// ProjectSheet is the name of the sheet in the city's workbook.
const ProjectSheet = "Projets"

// StageProjects reads the city's own spreadsheet (XLSX or CSV) and stages what it holds; nothing is
// live before ApplyImport. source names the file, so that the next version of it is recognised.
//
// Faults: those of package tabular; Invalid tabular.defects with every defect by sheet and cell.
func (r *Room) StageProjects(ctx context.Context, v identity.Visitor, source string, file io.Reader) (Preview, error) {
	book, err := tabular.Read(file, tabular.Usual())
	if err != nil {
		return Preview{}, err
	}
	sheet := book.Sheet(ProjectSheet)
	if sheet == nil && len(book.Sheets) == 1 {
		sheet = &book.Sheets[0]
	}
	if sheet == nil {
		return Preview{}, fault.New(fault.Invalid, "portfolio.import.no_sheet", "sheet", ProjectSheet)
	}
	rows, err := r.ReadProjects(ctx, sheet)
	if err != nil {
		return Preview{}, err
	}
	return r.stage(ctx, v, Import{Source: source, Rows: rows})
}

// ReadProjects reads the rows of a sheet of projects, checking posts and units against the directory.
func (r *Room) ReadProjects(ctx context.Context, sheet *tabular.Sheet) ([]Incoming, error) {
	table, err := sheet.Bind(ProjectColumns()...)
	if err != nil {
		return nil, err
	}
	var rows []Incoming
	seen := map[string]bool{}
	for rec := range table.Rows() {
		row, err := r.readProject(ctx, rec)
		if err != nil {
			return nil, err
		}
		if seen[row.Ref] {
			rec.Fault("title", "portfolio.import.twice", "ref", row.Ref)
		}
		seen[row.Ref] = true
		rows = append(rows, row)
	}
	return rows, table.Err()
}

func (r *Room) readProject(ctx context.Context, rec *tabular.Record) (Incoming, error) {
	row := Incoming{Ref: rec.Text("ref"), At: rec.At("title"), StageNote: rec.Text("note"), Review: rec.Day("review"),
		Brief: Brief{Title: rec.Text("title"), Problem: rec.Text("problem"), Sufferer: rec.Text("sufferer"), Matter: rec.Text("matter"),
			Places: rec.List("places"), Address: rec.Text("address"), Initials: rec.Text("initials"), Tags: rec.List("tags"),
			Origin: Origin(rec.OneOf("origin", originWords()))}}
	if row.Origin == "" {
		row.Origin = Demand
	}
	row.Stage = Stage(rec.OneOf("stage", stageWords()))
	if row.Stage == "" {
		row.Stage = Signalled
	}
	row.Brief = row.Brief.clean()
	if row.Ref == "" {
		row.Ref = i18n.Fold(row.Title)
	}
	readMoney(rec, &row)
	if err := r.readWho(ctx, rec, &row); err != nil {
		return row, err
	}
	row.checkSheet(rec)
	return row, nil
}

func readMoney(rec *tabular.Record, row *Incoming) {
	if amount := rec.Amount("budget"); !amount.IsZero() {
		row.Figures = []Figure{{Year: int(rec.Integer("year")), Credit: AE, Nature: Planned, Amount: amount}}
	}
	for _, step := range []struct{ field, label string }{{"start", "Début"}, {"end", "Fin"}} {
		if day := rec.Fuzzy(step.field); day != "" {
			row.Milestones = append(row.Milestones, Milestone{Label: step.label, Planned: day})
		}
	}
}

// readWho finds the posts and units that the row names by their codes.
func (r *Room) readWho(ctx context.Context, rec *tabular.Record, row *Incoming) error {
	day := r.Today()
	find := func(field, code, key string, by func(string) (id.ID, error)) (id.ID, error) {
		found, err := by(code)
		if err == nil && found == "" {
			rec.Fault(field, key, "code", code)
		}
		return found, err
	}
	post := func(code string) (id.ID, error) { return r.dir.PostByCode(ctx, r.reads, code, day) }
	unit := func(code string) (id.ID, error) { return r.dir.UnitByCode(ctx, r.reads, code, day) }
	for _, code := range rec.List("sponsors") {
		p, err := find("sponsors", code, "portfolio.import.unknown_post", post)
		if err != nil {
			return err
		}
		row.Sponsors = append(row.Sponsors, p)
	}
	if err := r.checkElected(ctx, rec, row.Sponsors, day); err != nil {
		return err
	}
	for _, code := range rec.List("owner") {
		p, err := find("owner", code, "portfolio.import.unknown_post", post)
		if err != nil {
			return err
		}
		row.Owners = append(row.Owners, p)
	}
	for _, list := range []struct {
		field string
		role  PartRole
	}{{"lead", Lead}, {"units", Contribute}} {
		for _, code := range rec.List(list.field) {
			u, err := find(list.field, code, "portfolio.import.unknown_unit", unit)
			if err != nil {
				return err
			}
			row.Parts = append(row.Parts, IncomingPart{Unit: u, Role: list.role})
		}
	}
	return nil
}

func (r *Room) checkElected(ctx context.Context, rec *tabular.Record, sponsors []id.ID, day calendar.Day) error {
	known, err := r.dir.Posts(ctx, r.reads, distinct(sponsors), day)
	for _, p := range known {
		if !p.Elected {
			rec.Fault("sponsors", "portfolio.sponsor.not_elected", "post", p.Title)
		}
	}
	return err
}

// checkSheet holds a row to the rules of the room.
func (row Incoming) checkSheet(rec *tabular.Record) {
	if f, ok := row.Brief.check().(*fault.Error); ok {
		for _, field := range f.Fields {
			if field.Key != "portfolio.required" { // a blank cell is told by the sheet itself
				rec.Fault(field.Name, field.Key, field.Args...)
			}
		}
	}
	leads := 0
	for _, p := range row.Parts {
		if p.Role == Lead {
			leads++
		}
	}
	switch {
	case row.Stage.Active() && leads == 0:
		rec.Fault("lead", "portfolio.import.lead_missing")
	case leads > 1:
		rec.Fault("lead", "portfolio.import.two_leads")
	}
	if (row.Stage == Stopped || row.Stage == Dormant) && row.StageNote == "" {
		rec.Fault("note", "portfolio.stage."+string(row.Stage)+".note")
	}
	if row.Stage == Dormant && row.Review == "" {
		rec.Fault("review", "portfolio.required")
	}
}

func originWords() map[string]string {
	return map[string]string{"demande": "demand", "besoin": "demand", "demand": "demand", "offre": "supply", "supply": "supply",
		"obligation": "obligation", "obligation legale": "obligation"}
}

func stageWords() map[string]string {
	return map[string]string{"signale": "signalled", "idee": "signalled", "qualifie": "qualified", "instruit": "investigated",
		"a l'etude": "investigated", "etude": "investigated", "etudes": "investigated", "teste": "tested", "en test": "tested",
		"experimentation": "tested", "generalisation": "scaling", "deploiement": "scaling", "travaux": "scaling", "iteration": "iterating",
		"arrete": "stopped", "abandonne": "stopped", "en sommeil": "dormant", "dormant": "dormant", "en service": "operating",
		"livre": "operating", "termine": "operating", "retire": "retired",
		"signalled": "signalled", "qualified": "qualified", "investigated": "investigated", "tested": "tested", "scaling": "scaling",
		"iterating": "iterating", "stopped": "stopped", "operating": "operating", "retired": "retired"}
}
