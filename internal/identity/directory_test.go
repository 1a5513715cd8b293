package identity_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/identity"
	"parvis/internal/powers"
)

// organised is a town with a body, two directorates and a mayor.
func organised(t *testing.T, test func(t *testing.T, c *town, boss identity.Visitor)) {
	t.Helper()
	withLog := func(cfg *identity.Config) {
		verbs := must(act.NewVerbs(identity.Verbs(), powers.Verbs()))
		cfg.Log = act.NewLog(cfg.Writer, verbs, identity.Guard(acttest.Allow))
	}
	eachWith(t, withLog, func(t *testing.T, c *town) {
		boss := c.admin("Dominique")
		c.civic(func(tx *act.Tx) error {
			since := calendar.Since("2010-01-01")
			body := must(powers.FoundBody(tx, powers.NewBody{Kind: "commune", Code: "V", Name: "Valmont", Period: since}))
			for code, name := range map[string]string{"DPE": "Direction de la propreté et de l’eau", "DSI": "Direction des systèmes d’information"} {
				unit := must(powers.CreateUnit(tx, powers.NewUnit{Body: body, Kind: "directorate", Code: code, Name: name, Short: code + "-V", Period: since}))
				must(powers.CreatePost(tx, powers.NewPost{Unit: unit, Code: code + ".dir", Title: "Directrice ou directeur", Layer: "service", Head: true, Period: since}))
				if code == "DPE" {
					mayor := must(powers.CreatePost(tx, powers.NewPost{Unit: unit, Code: "maire", Title: "Maire", Layer: "elu", Period: since}))
					person := must(powers.AddPerson(tx, powers.NewPerson{Given: "Anne", Family: "Lelu", Matricule: "E1", Source: "hand"}))
					must(powers.Appoint(tx, powers.Appointment{Post: mayor, Person: person, Period: since}))
				}
			}
			return nil
		})
		test(t, c, boss)
		acttest.Clean(t, c.d)
	})
}

func (c *town) civic(fn func(*act.Tx) error) {
	c.t.Helper()
	log := acttest.Log(c.t, c.d, identity.Verbs(), powers.Verbs())
	if _, err := act.Do(ctx, log, act.Actor{Kind: act.System}, func(tx *act.Tx) (int, error) { return 0, fn(tx) }); err != nil {
		c.t.Fatal(err)
	}
}

const header = "Matricule;Nom;Prénom;Courriel;Unité;Fonction;Quotité;Depuis;Jusqu'à\n"

const firstFile = header +
	"A1;Roux;Camille;camille@ville.fr;DPE;Directrice ou directeur;100;01/09/2017;\n" +
	"A2;Diallo;Nour;nour@ville.fr;DSI-V;Chef de projet;80 %;01/01/2018;\n" +
	"A3;Petit;Sam;;dsi;Chef de projet;;;\n"

func (c *town) stage(v identity.Visitor, file string) identity.Preview {
	c.t.Helper()
	d := must(c.StageDirectory(ctx, v, "agents.csv", strings.NewReader(file)))
	return must(c.PreviewDirectory(ctx, d))
}

func (c *town) applyFile(v identity.Visitor, file string) identity.Preview {
	c.t.Helper()
	p := c.stage(v, file)
	must(c.ApplyDirectory(ctx, v, p.ID, identity.Approval{Digest: p.Difference.Digest}))
	return p
}

// lines writes the entries of a preview as a person reads them.
func lines(p identity.Preview) []string {
	var out []string
	for _, e := range p.Entries {
		out = append(out, strings.Join(strings.Fields(strings.Join([]string{string(e.Kind), e.Matricule, e.Name, e.Unit, e.Title, string(e.Day), e.Before, e.After}, " ")), " "))
	}
	slices.Sort(out)
	return out
}

func expect(t *testing.T, p identity.Preview, want ...string) {
	t.Helper()
	slices.Sort(want)
	if diff := cmp.Diff(want, lines(p)); diff != "" {
		t.Errorf("differences (-want +got):\n%s", diff)
	}
	if len(p.Defects) > 0 {
		t.Errorf("defects: %v", p.Defects)
	}
}

func TestADirectoryIsShownThenApplied(t *testing.T) {
	organised(t, func(t *testing.T, c *town, boss identity.Visitor) {
		p := c.stage(boss, firstFile)
		expect(t, p,
			"arrives A1 Camille Roux", "arrives A2 Nour Diallo", "arrives A3 Sam Petit",
			"takes A1 Camille Roux DPE Directrice ou directeur 2017-09-01",
			"takes A2 Nour Diallo DSI Chef de projet 2018-01-01 DSI.chef-de-projet",
			"takes A3 Sam Petit DSI Chef de projet 2018-03-12 DSI.chef-de-projet-2")
		if n := c.count(`SELECT COUNT(*) FROM powers_matricule`); n != 1 {
			t.Errorf("the preview wrote: %d persons", n)
		}
		must(c.ApplyDirectory(ctx, boss, p.ID, identity.Approval{Digest: p.Difference.Digest}))
		nour := c.visitor(c.byLink("nour@ville.fr").Token)
		if !nour.ReadOnly || nour.Name != "Nour Diallo" {
			t.Errorf("signs in as %+v", nour)
		}
		expect(t, c.stage(boss, firstFile)) // applying twice changes nothing
		if n := c.count(`SELECT COUNT(*) FROM op_directory_row r JOIN op_directory d ON d.id = r.directory WHERE d.applied_at > 0`); n != 0 {
			t.Errorf("%d lines of the applied file are kept", n)
		}
		_, err := c.ApplyDirectory(ctx, boss, p.ID, identity.Approval{Digest: p.Difference.Digest})
		refused(t, err, fault.Conflict, "identity.directory.applied")
	})
}

func TestDeparturesArrivalsAndChanges(t *testing.T) {
	organised(t, func(t *testing.T, c *town, boss identity.Visitor) {
		c.applyFile(boss, firstFile)
		c.clock.Advance(30 * 24 * time.Hour) // 2018-04-11
		boss = c.visitor(must(c.EnterDemo(ctx, boss.Account, browser, "")).Token)
		second := header +
			"A1;Roux-Blanc;Camille;camille.roux@ville.fr;Direction de la propreté et de l'eau;Directrice ou directeur;100;01/09/2017;30/06/2018\n" +
			"A2;Diallo;Nour;nour@ville.fr;DSI;Chef de projet;50;01/01/2018;\n" +
			"A2;Diallo;Nour;;DPE;Correspondante;20;;\n" +
			"A4;Vasseur;Lou;lou@ville.fr;DSI;Chef de projet;100;11/04/2018;\n"
		p := c.applyFile(boss, second)
		expect(t, p,
			"ends A1 Camille Roux DPE Directrice ou directeur 2018-07-01 2018-06-30",
			"renames A1 Camille Roux-Blanc Camille Roux Camille Roux-Blanc",
			"remails A1 Camille Roux-Blanc camille@ville.fr camille.roux@ville.fr",
			"requotes A2 Nour Diallo DSI Chef de projet 2018-04-11 80 % 50 %",
			"takes A2 Nour Diallo DPE Correspondante 2018-04-11 DPE.correspondante",
			"leaves A3 Sam Petit DSI Chef de projet 2018-04-11",
			"arrives A4 Lou Vasseur", "takes A4 Lou Vasseur DSI Chef de projet 2018-04-11") // on the post that A3 leaves
		expect(t, c.stage(boss, second))
		third := strings.Replace(second, "30/06/2018", "30/09/2018", 1)
		expect(t, c.applyFile(boss, third), "prolongs A1 Camille Roux-Blanc DPE Directrice ou directeur 2018-07-01 2018-06-30 2018-09-30")
		if again := c.stage(boss, third); len(again.Entries) != 0 {
			t.Errorf("a prolonged holding differs again: %v", lines(again))
		}
		if n := c.count(`SELECT COUNT(*) FROM powers_holder WHERE ended_at = 9223372036854775807`); n != 8 {
			t.Errorf("%d holdings stand: past ones are kept, and the mayor's", n)
		}
		person := must(powers.PersonOfMatricule(ctx, c.d.Readers, "A3"))
		if posts := must(powers.PostsHeldBy(ctx, c.d.Readers, person, powers.Now(c.clock.Now().Add(time.Minute)))); len(posts) != 0 {
			t.Errorf("who left holds %v", posts)
		}
	})
}

func TestDefectsAreToldByCellAndStopEverything(t *testing.T) {
	organised(t, func(t *testing.T, c *town, boss identity.Visitor) {
		c.resident("Inès Morel", "ines@exemple.fr")
		p := c.stage(boss, header+
			"A1;Roux;Camille;camille@@ville;DPE;Directrice;100;01/09/2017;\n"+ // 2: e-mail
			"A2;Diallo;Nour;nour@ville.fr;DRH;Chef;80;;\n"+ // 3: unit
			"A3;Petit;Sam;ines@exemple.fr;DSI;Chef;80;;\n"+ // 4: somebody's address
			"A4;Vasseur;Lou;lou@ville.fr;DSI;Chef;180;31/02/2018;\n"+ // 5: working time, day
			"A5;Weil;Ada;lou@ville.fr;DSI;Chef;;;\n"+ // 6: twice the same address
			";Xu;Bo;;DSI;Chef;;;\n"+ // 7: no matricule
			"A6;Yvon;Zoé;;DSI;Chef;;01/05/2018;01/02/2018\n"+ // 8: ends before it begins
			"A7;Zola;Émile;;DSI;Chef;;01/01/2001;\n") // 9: before the unit
		got := map[string]string{}
		for _, d := range p.Defects {
			got[d.Place] = d.Key
		}
		want := map[string]string{"D2": "identity.email.invalid", "E3": "identity.directory.unit_unknown", "D4": "identity.directory.mail_taken",
			"G5": "identity.directory.quotity", "H5": "calendar.day.impossible", "D6": "identity.directory.mail_twice", "A7": "tabular.cell.blank",
			"I8": "identity.directory.ends_before", "H9": "identity.directory.before_unit"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("defects (-want +got):\n%s", diff)
		}
		_, err := c.ApplyDirectory(ctx, boss, p.ID, identity.Approval{Digest: p.Difference.Digest})
		refused(t, err, fault.Invalid, "identity.directory.defective")
		if n := c.count(`SELECT COUNT(*) FROM powers_matricule`); n != 1 {
			t.Errorf("half was written: %d persons", n)
		}
	})
}

func TestWhatIsApprovedIsWhatIsDone(t *testing.T) {
	organised(t, func(t *testing.T, c *town, boss identity.Visitor) {
		p := c.stage(boss, firstFile)
		approve := identity.Approval{Digest: p.Difference.Digest}
		_, err := c.ApplyDirectory(ctx, c.demo("Nour"), p.ID, approve)
		refused(t, err, fault.Denied, "identity.admin_only")
		_, err = c.ApplyDirectory(ctx, boss, p.ID, identity.Approval{Digest: "another"})
		refused(t, err, fault.Conflict, "identity.directory.moved")
		c.civic(func(tx *act.Tx) error { // meanwhile somebody else is appointed to the post
			person := must(powers.AddPerson(tx, powers.NewPerson{Given: "Jean", Family: "Autre"}))
			post := must(powers.PostOfCode(ctx, tx, "DPE.dir", powers.Now(tx.Now())))
			_, err := powers.Appoint(tx, powers.Appointment{Post: post, Person: person, Period: calendar.Since("2018-01-01")})
			return err
		})
		_, err = c.ApplyDirectory(ctx, boss, p.ID, approve)
		refused(t, err, fault.Conflict, "identity.directory.moved")
		c.clock.Advance(identity.FreshFor + time.Second)
		_, err = c.ApplyDirectory(ctx, boss, p.ID, approve)
		refused(t, err, fault.Unauthenticated, "identity.fresh_required")
		if n := c.count(`SELECT COUNT(*) FROM act WHERE verb = 'identity.directory.apply'`); n != 0 {
			t.Errorf("%d imports recorded", n)
		}
	})
}

func TestAFileCutShortAlarms(t *testing.T) {
	organised(t, func(t *testing.T, c *town, boss identity.Visitor) {
		file := header
		for n := range 12 {
			name := string(rune('A' + n))
			file += "B" + name + ";Nom" + name + ";P;;DSI;Agent " + name + ";;;\n"
		}
		c.applyFile(boss, file)
		short := strings.Join(strings.SplitAfter(file, "\n")[:6], "") // five lines of twelve
		p := c.stage(boss, short)
		_, err := c.ApplyDirectory(ctx, boss, p.ID, identity.Approval{Digest: p.Difference.Digest})
		refused(t, err, fault.Conflict, "identity.directory.alarming")
		must(c.ApplyDirectory(ctx, boss, p.ID, identity.Approval{Digest: p.Difference.Digest, Sure: true}))
	})
}

func TestAFileThatIsNotADirectory(t *testing.T) {
	organised(t, func(t *testing.T, c *town, boss identity.Visitor) {
		for name, file := range map[string]string{"empty": "", "header only": header, "another table": "a;b\n1;2\n", "binary": "PK\x03\x04garbage"} {
			if _, err := c.StageDirectory(ctx, boss, "x.csv", strings.NewReader(file)); fault.KindOf(err) != fault.Invalid {
				t.Errorf("%s: %v", name, err)
			}
		}
		_, err := c.StageDirectory(ctx, identity.Visitor{}, "x.csv", strings.NewReader(firstFile))
		refused(t, err, fault.Denied, "identity.admin_only")
		p := c.stage(boss, firstFile)
		if err := c.DropDirectory(ctx, boss, p.ID); err != nil {
			t.Fatal(err)
		}
		_, err = c.PreviewDirectory(ctx, p.ID)
		refused(t, err, fault.NotFound, "db.not_found")
		c.stage(boss, firstFile)
		c.clock.Advance(8 * 24 * time.Hour)
		if err := c.Sweep(ctx); err != nil || c.count(`SELECT COUNT(*) FROM op_directory_row`) != 0 {
			t.Errorf("a file that was not applied is kept (%v)", err)
		}
	})
}
