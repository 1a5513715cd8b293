package council_test

import (
	"fmt"
	"testing"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/council"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
)

// draw prepares an edition of a circuit of the committee, and publish puts it in force.
func (c *chancery) draw(f council.TemplateForm) council.Template {
	c.Helper()
	f.Committee = c.committee.ID
	t, err := c.room.DrawTemplate(c.ctx, c.city.Agent("SG"), f)
	return need(c, t, err)
}

func (c *chancery) publish(t council.Template) council.Template {
	c.Helper()
	t, err := c.room.PublishTemplate(c.ctx, c.city.Agent("SG"), t.ID, t.Version)
	return need(c, t, err)
}

// draws prepares a circuit of a committee of the town and puts it in force.
func (c *town) draws(f council.TemplateForm) council.Template {
	c.Helper()
	return must(c, func() (council.Template, error) {
		t, err := c.room.DrawTemplate(c.ctx, secretary, f)
		if err != nil {
			return t, err
		}
		return c.room.PublishTemplate(c.ctx, secretary, t.ID, t.Version)
	})
}

// aVisa is a step that asks one role for a visa within five days.
func aVisa(roles ...string) council.StepSpec {
	return council.StepSpec{NameFR: "Visa", Kind: council.VisaStep, Roles: roles, Days: 5, Silence: council.SilenceNothing}
}

func drawing(name string, steps ...council.StepSpec) council.TemplateForm {
	return council.TemplateForm{CircuitTemplate: council.CircuitTemplate{NameFR: name, Steps: steps}}
}

// TestWhatIsWrongInADrawing: each defect is told at its field, and nothing is kept of the drawing.
func TestWhatIsWrongInADrawing(t *testing.T) {
	inChancery(t, func(c *chancery) {
		c.draw(drawing("Déjà là", aVisa("chair")))
		edited := func(edit func(*council.StepSpec)) council.TemplateForm {
			s := aVisa("chair")
			edit(&s)
			return drawing("Essai", aVisa("chair"), s)
		}
		many := drawing("Trop d’étapes")
		for range 16 {
			many.Steps = append(many.Steps, aVisa("chair"))
		}
		for name, row := range map[string]struct {
			form council.TemplateForm
			want string
		}{
			"no name":                {drawing(" ", aVisa("chair")), "name_fr:council.required"},
			"no step":                {drawing("Vide"), "steps:council.circuit.empty"},
			"too many steps":         {many, "steps:council.between"},
			"a reserved name":        {drawing("Consultation", aVisa("chair")), "name_fr:council.circuit.code"},
			"a name of signs":        {drawing("« ! »", aVisa("chair")), "name_fr:council.circuit.code"},
			"a name that is taken":   {drawing("Deja la", aVisa("chair")), "name_fr:council.circuit.taken"},
			"a name of the profile":  {drawing("Dossier", aVisa("chair")), "name_fr:council.circuit.taken"},
			"a binding that is none": {council.TemplateForm{CircuitTemplate: drawing("Lien", aVisa("chair")).CircuitTemplate, Binds: "x"}, "binds:council.choose"},
			"a step without a name":  {edited(func(s *council.StepSpec) { s.NameFR = "  " }), "name2:council.required"},
			"nobody is asked":        {edited(func(s *council.StepSpec) { s.Roles = nil }), "roles2:council.circuit.roles"},
			"no such kind":           {edited(func(s *council.StepSpec) { s.Kind = "x" }), "kind2:council.choose"},
			"no such silence":        {edited(func(s *council.StepSpec) { s.Silence = "x" }), "silence2:council.choose"},
			"a deadline of nothing":  {edited(func(s *council.StepSpec) { s.Days = -1 }), "days2:council.circuit.days_between"},
			"a deadline too far":     {edited(func(s *council.StepSpec) { s.Days = 367 }), "days2:council.circuit.days_between"},
			"silence without delay":  {edited(func(s *council.StepSpec) { s.Days, s.Silence = 0, council.SilenceAgrees }), "days2:council.circuit.silence_needs_days"},
			"back to a later step":   {edited(func(s *council.StepSpec) { s.Back = 3 }), "back2:council.between"},
			"a post that is none":    {edited(func(s *council.StepSpec) { s.Roles = []string{"this-post:nobody"} }), "roles2:council.circuit.nobody"},
			"a unit that is none":    {edited(func(s *council.StepSpec) { s.Roles = []string{"this-unit:nowhere"} }), "roles2:council.circuit.nobody"},
			"a role that is none":    {edited(func(s *council.StepSpec) { s.Roles = []string{"wizard"} }), "roles2:council.circuit.nobody"},
			"everybody":              {edited(func(s *council.StepSpec) { s.Roles = []string{"anyone"} }), "roles2:council.circuit.nobody"},
			"more than are asked":    {edited(func(s *council.StepSpec) { s.Need = 2 }), "need2:council.circuit.too_few"},
		} {
			f := row.form
			f.Committee = c.committee.ID
			_, err := c.room.DrawTemplate(c.ctx, c.city.Agent("SG"), f)
			if got := keyOf(err); got != row.want {
				t.Errorf("%s: %q, want %q", name, got, row.want)
			}
		}
		if all := c.drawings(); len(all) != 2 { // « Déjà là », and that of the profile
			t.Errorf("something was kept: %+v", all)
		}
	})
}

func (c *chancery) drawings() []council.Drawing {
	c.Helper()
	all, err := c.room.Drawings(c.ctx, c.seen("SG"))
	return need(c, all, err)
}

func (c *chancery) sheet(code string) council.DrawingSheet {
	c.Helper()
	s, err := c.room.Drawing(c.ctx, c.seen("SG"), "COPIL", code)
	return need(c, s, err)
}

// TestEditionsOfACircuit: a circuit that runs keeps the steps of the edition by which it was opened, whatever is
// drawn, published and closed after it.
func TestEditionsOfACircuit(t *testing.T) {
	inChancery(t, func(c *chancery) {
		sg := c.city.Agent("SG")
		first := c.draw(drawing("Circuit court", aVisa("chair")))
		if first.Code != "circuit-court" || first.Edition != 1 || first.Status != council.TemplateDrawn {
			t.Fatalf("%+v", first)
		}
		open := council.OpenForm{Item: c.item.ID, Code: "circuit-court"}
		_, err := c.room.OpenCircuit(c.ctx, c.city.Agent("MISSION"), open)
		c.wants("council.circuit.unknown_template", err) // nobody is asked by a drawing
		_, err = c.room.DrawTemplate(c.ctx, sg, council.TemplateForm{Committee: c.committee.ID, CircuitTemplate: first.CircuitTemplate})
		c.wants("council.stale", err) // somebody drew meanwhile
		first.Steps = append(first.Steps, aVisa("post:DIR-DPE"))
		again := c.draw(council.TemplateForm{CircuitTemplate: first.CircuitTemplate, Version: first.Version})
		if again.ID != first.ID || again.Edition != 1 || len(again.Steps) != 2 {
			t.Fatalf("a drawing changes until it is published: %+v", again)
		}
		_, err = c.room.PublishTemplate(c.ctx, sg, first.ID, first.Version)
		c.wants("council.stale", err)
		c.publish(again)
		k, err := c.room.OpenCircuit(c.ctx, c.city.Agent("MISSION"), open)
		c.ok(err)
		_, err = c.room.PublishTemplate(c.ctx, sg, again.ID, again.Version+1)
		c.wants("council.template.state", err)
		second := c.draw(council.TemplateForm{CircuitTemplate: council.CircuitTemplate{Code: "circuit-court", NameFR: "Circuit très court", Steps: first.Steps[:1]}, Binds: council.BindsAll})
		c.publish(second)
		s := c.sheet("circuit-court")
		if k.Drawing != 1 || s.Uses[0].Edition != 1 {
			t.Errorf("by which edition it was opened: %d, %d", k.Drawing, s.Uses[0].Edition)
		}
		if got := fmt.Sprintln(s.Editions[0].Edition, s.Editions[0].Status, s.Editions[1].Edition, s.Editions[1].Status, s.Opened, s.Running, s.Uses[0].Circuit == k.ID); got != "2 in_force 1 replaced 1 1 true\n" {
			t.Error(got)
		}
		if flows, err := c.room.CircuitsOf(c.ctx, c.seen("SG"), k.Item); err != nil || len(flows[0].Steps) != 2 {
			t.Errorf("the circuit that runs lost its steps: %+v, %v", flows, err)
		}
		third := c.draw(council.TemplateForm{CircuitTemplate: second.CircuitTemplate})
		_, err = c.room.DropTemplate(c.ctx, sg, third.ID, third.Version)
		c.ok(err)
		_, err = c.room.CloseTemplate(c.ctx, sg, second.ID, second.Version+1, " ")
		c.wants("council.required", err)
		_, err = c.room.CloseTemplate(c.ctx, sg, second.ID, second.Version+1, "Le comité n’en a plus besoin")
		c.ok(err)
		if _, followed := c.sheet("circuit-court").Followed(); followed {
			t.Error("it was closed")
		}
		if fourth := c.draw(council.TemplateForm{CircuitTemplate: second.CircuitTemplate}); fourth.Edition != 4 {
			t.Errorf("numbers are not given twice: %d", fourth.Edition)
		}
	})
}

// TestWhoMayDraw: those who prepare the committee, and nobody else once powers are enforced.
func TestWhoMayDraw(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.committee()
		f := drawing("Circuit", aVisa("chair"))
		f.Committee = tb.ID
		c.wants("council.agents_only", errOf(c.room.DrawTemplate(c.ctx, acttest.Resident("cpt-1"), f)))
		drawn := c.draws(f)
		for _, v := range []identity.Visitor{anonymous, {Kind: identity.Resident}} {
			_, err := c.room.Drawings(c.ctx, v)
			_, one := c.room.Drawing(c.ctx, v, "COPIL", drawn.Code)
			_, would := c.room.WouldAsk(c.ctx, v, tb.ID, drawn.Steps, "")
			for _, err := range []error{err, one, would} {
				if fault.KindOf(err) != fault.Denied {
					t.Errorf("outside: %v", err)
				}
			}
		}
		c.ok(errOf(c.room.CloseCommittee(c.ctx, mission, tb.ID, tb.Version, "Il a fini.")))
		c.wants("council.committee.closed", errOf(c.room.DrawTemplate(c.ctx, secretary, council.TemplateForm{Committee: tb.ID, CircuitTemplate: drawn.CircuitTemplate})))
		c.wants("council.committee.closed", errOf(c.room.CloseTemplate(c.ctx, secretary, drawn.ID, drawn.Version, "Assez")))
	})
}

// TestWhomAStepWouldAsk: today's holders where the step names them, the matter's once it is known.
func TestWhomAStepWouldAsk(t *testing.T) {
	inChancery(t, func(c *chancery) {
		steps := []council.StepSpec{aVisa("chair"), aVisa("sponsor", "post:DIR-DPE"), aVisa("head:lead"), aVisa("author"), aVisa("wizard")}
		ask := func(item id.ID) []council.Asking {
			out, err := c.room.WouldAsk(c.ctx, c.seen("SG"), c.committee.ID, steps, item)
			return need(c, out, err)
		}
		before, after := ask(""), ask(c.item.ID)
		posts := func(a council.AskedRole) []id.ID {
			var out []id.ID
			for _, s := range a.Posts {
				out = append(out, s.Post)
			}
			return out
		}
		if got := posts(before[0].Roles[0]); fmt.Sprint(got) != fmt.Sprint([]id.ID{c.city.Posts["SG"]}) {
			t.Errorf("the chair: %v", got)
		}
		if !before[1].Roles[0].Depends || before[1].Roles[1].Depends || len(before[1].Roles[1].Posts) != 1 || !before[2].Roles[0].Depends {
			t.Errorf("without a matter: %+v", before)
		}
		if got := posts(after[1].Roles[0]); len(got) != 2 {
			t.Errorf("the two deputies of the initiative: %v", got)
		}
		if got := posts(after[2].Roles[0]); fmt.Sprint(got) != fmt.Sprint([]id.ID{c.city.Posts["DIR-DPE"]}) {
			t.Errorf("who leads it: %v", got)
		}
		if !after[3].Roles[0].Depends || !after[4].Roles[0].Unknown {
			t.Errorf("whoever opens it is not known, a wizard never: %+v", after[3:])
		}
	})
}

// TestWhatMustFollowACircuit: what a circuit in force covers is neither voted on nor decided before it was opened and
// agreed; withdrawing it does not do, taking the drawing out of use does.
func TestWhatMustFollowACircuit(t *testing.T) {
	for _, row := range []struct {
		binds                                council.Binding
		decision, opinion, question, noticed bool
	}{
		{council.BindsNothing, false, false, false, false}, {council.BindsDecisions, true, false, false, false},
		{council.BindsQuestions, false, false, true, false}, {council.BindsAll, true, true, true, false},
	} {
		q := council.Item{Nature: council.ForOpinion, Arbitration: "a"}
		if got := []bool{row.binds.Covers(council.Item{Nature: council.ForDecision}), row.binds.Covers(council.Item{Nature: council.ForOpinion}), row.binds.Covers(q),
			row.binds.Covers(council.Item{Nature: council.ForInfo, Arbitration: "a"})}; fmt.Sprint(got) != fmt.Sprint([]bool{row.decision, row.opinion, row.question, row.noticed}) {
			t.Errorf("%q covers %v", row.binds, got)
		}
	}
	forEachTown(t, func(c *town) {
		tb := c.committee(func(f *council.CommitteeForm) { f.Rules.Voting = council.Consensus })
		other := c.committee(func(f *council.CommitteeForm) { f.Code = "GT" })
		m := c.prepare(tb, "2018-01-22")
		i, told := c.item(m, "Le capteur", council.ForDecision), c.item(m, "La carte", council.ForInfo)
		f := drawing("Avant toute décision", aVisa("this-post:p-expert"))
		f.Committee, f.Binds = tb.ID, council.BindsDecisions
		drawn := c.draws(f)
		f.Committee = other.ID
		c.draws(f) // of another committee: it binds nothing here
		c.open(tb, m)
		const missing = "council.circuit.to_open"
		c.wants(missing, c.puts(i))
		c.wants(missing, c.pronounces(i))
		c.wants("", errOf(c.room.TakeNote(c.ctx, secretary, told.ID, c.stored(told).Version, "")))
		if a := c.awaits(i, "p-greffe"); len(a) != 1 || a[0].Opened() || a[0].ToOpen.ID != drawn.ID {
			t.Errorf("the page: %+v", a)
		}
		open := func() council.Circuit {
			return must(c, func() (council.Circuit, error) {
				return c.room.OpenCircuit(c.ctx, secretary, council.OpenForm{Item: i.ID, Code: drawn.Code})
			})
		}
		k := open()
		c.wants(awaits, c.pronounces(i))
		c.withdraw(k)
		c.wants(missing, c.pronounces(i))
		open()
		c.opines("p-expert", i, council.VisaAgreed)
		c.wants("", c.pronounces(i))
	})
}

func (c *town) awaits(i council.Item, post id.ID) []council.Awaited {
	c.Helper()
	return must(c, func() ([]council.Awaited, error) { return c.room.Awaited(c.ctx, inside(post), c.stored(i).Item) })
}

// TestAQuestionSaysWhatItWillFollow: before it is on an agenda, once it is, and once somebody is asked.
func TestAQuestionSaysWhatItWillFollow(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.committee(func(f *council.CommitteeForm) { f.Rules.Voting = council.Consensus })
		q := c.question()
		f := drawing("Avant de trancher", aVisa("this-post:p-expert"))
		f.Committee, f.Binds = tb.ID, council.BindsQuestions
		drawn := c.draws(f)
		says := func(v identity.Visitor) string {
			ahead, prospects, err := c.room.QuestionAhead(c.ctx, v, q.ID)
			c.ok(err)
			out := fmt.Sprint(len(ahead), len(prospects))
			for _, a := range ahead {
				out += fmt.Sprint(" ", len(a.Flows), len(a.ToOpen), a.Sitting.Number)
			}
			return out
		}
		clerk := inside("p-greffe")
		wants := func(want string) {
			t.Helper()
			if got := says(clerk); got != want {
				t.Errorf("%q, want %q", got, want)
			}
			if got := says(anonymous); got != "0 0" {
				t.Errorf("outside: %s", got)
			}
		}
		wants("0 1")
		m := c.prepare(tb, "2018-01-22")
		i := must(c, func() ([]council.Item, error) {
			return c.room.AddQuestions(c.ctx, secretary, m.ID, council.ForDecision, []id.ID{q.ID}, "")
		})[0]
		wants("1 0 0 1COPIL-2018-1")
		direct := func() error {
			return errOf(c.portfolio.DecideArbitration(c.ctx, president, portfolio.DecideForm{Arbitration: q.ID, Version: q.Version, Chosen: 1, Answers: answers()}))
		}
		c.wants("council.circuit.to_open", direct()) // whoever decides it elsewhere waits too
		c.ok(errOf(c.room.OpenCircuit(c.ctx, secretary, council.OpenForm{Item: i.ID, Code: drawn.Code})))
		wants("1 0 1 0COPIL-2018-1")
		c.ok(errOf(c.room.DeclareInterest(c.ctx, ann, council.InterestForm{Item: i.ID, Event: "recuse", Nature: council.Family})))
		if got := says(inside("e-ann")); got != "0 0" {
			t.Errorf("a recused reader: %s", got)
		}
		c.opines("p-expert", i, council.VisaAgreed)
		c.wants("", direct())
	})
}

// A row older than editions reads as the first one, in force.
func TestACircuitOlderThanEditions(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.committee()
		f := drawing("Ancien", aVisa("chair"))
		f.Committee = tb.ID
		drawn := c.draws(f)
		_, err := act.Do(c.ctx, c.log, secretary, func(tx *act.Tx) (id.ID, error) {
			if err := tx.Exec(`UPDATE council_template SET edition = NULL, status = NULL, binds = NULL, drawn_by = NULL, drawn_on = NULL, published_on = NULL`); err != nil {
				return "", err
			}
			g, err := tx.Allow(act.Ask{Verb: "council.template.draw", Object: drawn.Ref()})
			if err != nil {
				return "", err
			}
			return tx.Record(g, act.Act{Verb: "council.template.draw", Object: drawn.Ref(), Rows: []act.Row{{Table: "council_template", ID: drawn.ID}}}), nil
		})
		c.ok(err)
		editions := func() string {
			s := must(c, func() (council.DrawingSheet, error) {
				return c.room.Drawing(c.ctx, inside("p-greffe"), "COPIL", "ancien")
			})
			out := ""
			for _, e := range s.Editions {
				out += fmt.Sprint(e.Edition, e.Status, " ")
			}
			return out
		}
		if got := editions(); got != "1in_force " {
			t.Error(got)
		}
		f.Code = "ancien"
		c.draws(f)
		if got := editions(); got != "2in_force 1replaced " {
			t.Error(got)
		}
	})
}
