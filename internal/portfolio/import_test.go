package portfolio_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"parvis/internal/id"
	"parvis/internal/portfolio"
	"parvis/internal/tabular"

	"github.com/google/go-cmp/cmp"
)

const laureates = `identifiant_projet_gagnant,edition,titre_projet_gagnant,thematique,echelle_bp,arrondissement_projet_gagnant,adresse_projet_gagnant,direction_pilote_projet,budget_global_projet_gagnant,avancement_projet,debut_etudes_projet,lancement_procedure_projet,lancement_travaux_projet,livraison_prev_projet,ouverture_projet,projet_q_pop,budget_intervalle
1,2014,Des jardins sur les murs,Environnement,Budget participatif parisien,4,Place de l' Hotel de Ville,Direction DSI,2000000,FIN,2015-01,NON REGISTRE,2015-03,2015-04,2021-12,Non,>1M
2,2014,NON REGISTRÉ,Cadre de vie,Budget participatif d’arrondissement,11,NON REGISTRE,Direction inconnue,30000,ABANDONNÉ,NON DÉMARRÉES,NON LANCÉE,NON LANCÉS,NON PRÉVUE,Non ouvert,Oui,<100k
3,2017,Une place arborée,Cadre de vie,Budget participatif d’arrondissement,23,15 rue du Petit Musc,Direction DSI,10000,PROCEDURES,2018-01,2018-06,2030-01,NON ENCORE FIXE,Non ouvert,Non,<100k
`

func TestTheRealDataIsTakenAtItsWord(t *testing.T) {
	forEachTown(t, func(c *town) {
		codes := map[string]string{"Direction DSI": "dsi"}
		n := must(c, func() (portfolio.Imported, error) {
			return c.room.ImportLaureates(c.ctx, mission, strings.NewReader(laureates), codes)
		})
		if want := (portfolio.Imported{New: 3}); n != want {
			t.Fatalf("imported %+v", n)
		}
		walls := must(c, func() (portfolio.Sheet, error) { return c.room.Sheet(c.ctx, anonymous, "P-2014-1") })
		if walls.Stage != portfolio.Operating || walls.Origin != portfolio.Demand || walls.OriginNote != "Budget participatif, édition 2014" ||
			!cmp.Equal(walls.Places, []string{"75056"}) || walls.Address != "" || walls.Budget[0].Amount.Cents != 200_000_000 || walls.Budget[0].Year != 0 {
			t.Errorf("%+v", walls.Initiative)
		}
		if lead := walls.Parts[0]; lead.Status != portfolio.Reported || lead.Unit != "u-dsi" || lead.Partner() {
			t.Errorf("the lead did not accept: %+v", lead)
		}
		steps := func(s portfolio.Sheet) (out []string) {
			for _, m := range s.Milestones {
				out = append(out, m.Label+" "+string(m.Planned)+"/"+string(m.Actual))
			}
			return out
		}
		if diff := cmp.Diff([]string{"Début des études /2015-01", "Lancement des travaux /2015-03", "Livraison prévue 2015-04/", "Ouverture /2021-12"}, steps(walls)); diff != "" {
			t.Error(diff)
		}
		given := must(c, func() (portfolio.Sheet, error) { return c.room.Sheet(c.ctx, anonymous, "P-2014-2") })
		if given.Title != "Projet 2 (titre absent de la source)" || given.Stage != portfolio.Stopped || len(given.Milestones) != 0 ||
			given.Address != "" || given.Parts[0].Actor != "Direction inconnue" || !slices.Contains(given.Tags, "quartier populaire") {
			t.Errorf("%+v", given)
		}
		square := must(c, func() (portfolio.Sheet, error) { return c.room.Sheet(c.ctx, anonymous, "P-2017-1") })
		if diff := cmp.Diff([]string{"Début des études /2018-01", "Lancement de la procédure /2018-06", "Lancement des travaux 2030-01/"}, steps(square)); diff != "" || square.Places[0] != "75-centre" {
			t.Error(diff, square.Places)
		}
		again := must(c, func() (portfolio.Imported, error) {
			return c.room.ImportLaureates(c.ctx, mission, strings.NewReader(strings.Replace(laureates, "PROCEDURES", "TRAVAUX", 1)), codes)
		})
		if want := (portfolio.Imported{Same: 3}); again != want { // procedures and works are one stage
			t.Errorf("again: %+v", again)
		}
		moved := must(c, func() (portfolio.Imported, error) {
			return c.room.ImportLaureates(c.ctx, mission, strings.NewReader(strings.Replace(laureates, "PROCEDURES", "FIN", 1)), codes)
		})
		if want := (portfolio.Imported{Changed: 1, Same: 2}); moved != want {
			t.Errorf("moved: %+v", moved)
		}
		if s := c.sheet(anonymous, square.Initiative); s.Stage != portfolio.Operating || len(s.Stages) != 2 || len(s.Milestones) != 3 {
			t.Errorf("moved to %s in %d stages, %d milestones", s.Stage, len(s.Stages), len(s.Milestones))
		}
	})
}

// The whole of the real file, where it is at hand: PARVIS_OPENDATA is its folder.
func TestAllRealLaureates(t *testing.T) {
	folder := os.Getenv("PARVIS_OPENDATA")
	if folder == "" {
		t.Skip("PARVIS_OPENDATA is not set")
	}
	forEachTown(t, func(c *town) {
		data := must(c, func() ([]byte, error) {
			return os.ReadFile(filepath.Join(folder, "paris-budget-participatif-laureats-2014-2024.csv"))
		})
		codes := map[string]string{}
		for _, row := range must(c, func() ([][]string, error) {
			f := must(c, func() (*os.File, error) { return os.Open(filepath.Join(folder, "paris-directions.csv")) })
			defer f.Close()
			return csv.NewReader(f).ReadAll()
		})[1:] {
			codes[row[1]] = "X" + row[0]
		}
		n := must(c, func() (portfolio.Imported, error) {
			return c.room.ImportLaureates(c.ctx, mission, bytes.NewReader(data), codes)
		})
		if n.New != 1341 {
			t.Errorf("imported %+v", n)
		}
		counts := must(c, func() (portfolio.Counts, error) { return c.room.Counts(c.ctx, anonymous, portfolio.Filter{}) })
		want := map[portfolio.Stage]int{portfolio.Operating: 777, portfolio.Scaling: 186 + 93 + 56, portfolio.Investigated: 113, portfolio.Qualified: 60, portfolio.Stopped: 56}
		if diff := cmp.Diff(want, counts.Stages); diff != "" {
			t.Error(diff)
		}
		w := must(c, func() (portfolio.Wall, error) {
			return c.room.Wall(c.ctx, anonymous, portfolio.View{GroupBy: portfolio.ByUnit, Over: true}, "")
		})
		if len(w.Columns) != 19 || w.Initiatives != 1341 {
			t.Errorf("%d directorates, %d initiatives", len(w.Columns), w.Initiatives)
		}
		found := must(c, func() (portfolio.List, error) {
			return c.room.List(c.ctx, anonymous, portfolio.ListQuery{Filter: portfolio.Filter{Text: "jardin mur"}})
		})
		if found.Total == 0 {
			t.Error("« jardin mur » finds nothing")
		}
	})
}

func workbook(c *town, rows ...[]any) *bytes.Reader {
	var b bytes.Buffer
	c.ok(tabular.WriteXLSX(&b, tabular.Output{Sheet: "Projets", Rows: slices.Values(rows),
		Header: []string{"Référence", "Titre", "Problème", "Étape", "Élus référents", "Porteur", "Direction pilote", "Directions associées", "Budget prévu", "Territoire", "Fin"}}))
	return bytes.NewReader(b.Bytes())
}

func TestACitysOwnSpreadsheetIsSeenBeforeItIsLive(t *testing.T) {
	forEachTown(t, func(c *town) {
		v := inside("p-mission")
		first := []any{"A1", "Collecte guidée", "Corbeilles pleines", "En test", "e-proprete; e-voirie", "p-mission", "proprete", "voirie;dsi", 180000, "centre", "2018-Q2"}
		p := must(c, func() (portfolio.Preview, error) {
			return c.room.StageProjects(c.ctx, v, "Suivi 2016", workbook(c, first))
		})
		if len(p.New) != 1 || p.New[0].At == "" {
			t.Fatalf("preview %+v", p)
		}
		if l := must(c, func() (portfolio.List, error) { return c.room.List(c.ctx, v, portfolio.ListQuery{}) }); l.Total != 0 {
			t.Fatal("live before it was applied")
		}
		c.wants("portfolio.import.not_found", second(c.room.ApplyImport(c.ctx, inside("p-dsi"), dsi, p.Import)))
		c.ok(second(c.room.ApplyImport(c.ctx, v, mission, p.Import)))
		s := must(c, func() (portfolio.Sheet, error) { return c.room.Sheet(c.ctx, v, "P-2016-1") })
		if s.Stage != portfolio.Tested || !cmp.Equal(posts(s.Sponsors), []id.ID{"e-proprete", "e-voirie"}) || len(s.Parts) != 3 || s.Parts[0].Status != portfolio.Reported ||
			s.Budget[0].Amount.Cents != 18_000_000 || s.Milestones[0].Planned != "2018-Q2" || s.Public() {
			t.Errorf("%+v", s)
		}
		first[1] = "Collecte guidée par capteurs"
		p = must(c, func() (portfolio.Preview, error) {
			return c.room.StageProjects(c.ctx, v, "Suivi 2016", workbook(c, first))
		})
		want := []portfolio.Differing{{Field: "title", Yours: "Collecte guidée par capteurs", Theirs: "Collecte guidée"}}
		if len(p.Changed) != 1 || !cmp.Equal(p.Changed[0].Fields, want) {
			t.Errorf("difference %+v", p.Changed)
		}
	})
}

func TestEveryDefectOfASpreadsheetIsToldByItsCell(t *testing.T) {
	forEachTown(t, func(c *town) {
		good := []any{"A1", "Titre", "Problème", "Idée", "", "", "", "", "", "", ""}
		_, err := c.room.StageProjects(c.ctx, inside("p-mission"), "Suivi", workbook(c, good,
			[]any{"A1", "Titre", "", "Inconnue", "p-dsi; personne", "x", "NULLE", "", "beaucoup", "", "jamais"},
			[]any{"A3", "Active sans pilote", "Problème", "En test", "", "", "", "", "", "", ""}))
		got := map[string]string{}
		for _, f := range fields(err) {
			got[f.Name+" "+f.Key] = ""
		}
		for _, want := range []string{"Projets!C3 tabular.cell.blank", "Projets!D3 tabular.cell.choice", "Projets!E3 portfolio.import.unknown_post",
			"Projets!E3 portfolio.sponsor.not_elected", "Projets!F3 portfolio.import.unknown_post", "Projets!G3 portfolio.import.unknown_unit",
			"Projets!B3 portfolio.import.twice", "Projets!G4 portfolio.import.lead_missing"} {
			if _, ok := got[want]; !ok {
				t.Errorf("not told: %s (told: %v)", want, got)
			}
		}
		if n := len(must(c, func() (portfolio.List, error) { return c.room.List(c.ctx, inside("p-dsi"), portfolio.ListQuery{}) }).Items); n != 0 {
			t.Errorf("%d half written", n)
		}
	})
}
