package app

import (
	"net/url"
	"slices"
	"strings"
)

// sent is a form as somebody would fill it in. A value of a field that begins with "@" is a file.
type sent struct {
	name string // of the form, when its page has several
	form url.Values
	at   map[string]string // placeholders of the address that are not those of the things
	from string            // the route whose form the same visitor sends first, and whose answer leads here
	// before is the form sent first, the first one of its route when it is nil.
	before url.Values
}

// on says what the address of some forms is about, when it is not about the things.
func on(placeholder, value string, forms []sent) []sent {
	for n := range forms {
		forms[n].at = map[string]string{placeholder: value}
	}
	return forms
}

// after says which form leads to the page of some forms.
func after(route string, forms ...sent) []sent {
	for n := range forms {
		forms[n].from = route
	}
	return forms
}

// fill makes a form of lines "field=value".
func fill(lines ...string) url.Values {
	form := url.Values{}
	for _, line := range lines {
		name, value, _ := strings.Cut(line, "=")
		form.Add(name, value)
		if name == "note" { // what some pages call the reason
			form.Add("reason", value)
		}
	}
	return form
}

// deeds makes the forms of a page that has several, each with its name and, after a dot, about what.
func deeds(lines ...[]string) []sent {
	var all []sent
	for _, line := range lines {
		name, _, _ := strings.Cut(line[0], ".")
		all = append(all, sent{name: name, form: fill(append([]string{"_form=" + line[0]}, line[1:]...)...)})
	}
	return all
}

// plausible gives, for each route that is posted to, the forms that its page holds, filled in so that
// whoever may act by them does.
func plausible(w *town, s things) map[string][]sent {
	all := map[string][]sent{}
	for _, some := range []map[string][]sent{edgeForms(w), identityForms(w, s), projectForms(w, s), dossierForms(w, s), arbitrationForms(w, s), wallForms(w, s), powersForms(s), voteForms(w, s), passationForms(w, s), circuitForms(w, s), councilForms(w, s), strategyForms(w, s)} {
		for route, forms := range some {
			all[route] = forms
		}
	}
	return all
}

// of are the forms of a route about these things. Those that are about other things are sent once.
func (s things) of(all []sent) []sent {
	if s.kind == "public" {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), func(f sent) bool { return f.at != nil || f.from != "" })
}

func edgeForms(w *town) map[string][]sent {
	return map[string][]sent{
		"edge.theme":            {{name: "", form: fill("theme=dark")}},
		"edge.style":            {{name: "", form: fill("title=Titre")}},
		"edge.csp":              {{name: "", form: fill("csp-report=1")}},
		"workspace.notices":     {{name: "", form: fill("notify.waiting=never", "from=20:00", "to=07:00")}},
		"unsubscribe":           {{form: fill()}},
		"workspace.import":      {{form: fill("@file=classeur.xlsx\n" + book())}},
		"workspace.import.book": after("workspace.import", sent{form: fill("do=apply")}),
	}
}

func passationForms(w *town, s things) map[string][]sent {
	return map[string][]sent{
		"network":               {{name: "opinion", form: fill("_form=opinion", "given_on=2018-01-15", "sense=favourable")}, {name: "keep", form: fill("_form=keep")}, {name: "contest", form: fill("_form=contest", "measure=m1", "why=La part est finie")}},
		"passation.open":        {{name: "", form: fill("post="+s.post, "holder="+s.holder, "leaves_on=2018-06-01")}},
		"passation.handover":    w.handoverDeeds(),
		"passation.story.write": {{name: "", form: fill("title=Cinq ans", "body=J’ai appris à attendre.", "lang=fr")}},
		"passation.story":       on("story", first(w, `SELECT id FROM passation_story WHERE title = $1`, untold), deeds([]string{"publish", "version=1"}, []string{"withdraw", "version=1"})),
	}
}

// handoverDeeds are about the handover of which nothing is over.
func (w *town) handoverDeeds() []sent {
	number := one[string](w, `SELECT number FROM passation_handover WHERE status = 'open' AND leaves_on = '2018-05-01'`)
	version := versioned(w, "passation_handover", first(w, `SELECT id FROM passation_handover WHERE number = $1`, number))
	item := func(status, state string) string {
		return first(w, `SELECT i.id FROM passation_item i JOIN passation_handover h ON h.id = i.handover WHERE h.number = $1 AND i.status = $2 AND i.state = $3 ORDER BY i.rank`, number, status, state)
	}
	listed, handed := item("listed", "En cours"), item("handed", "En cours")
	return on("handover", number, deeds([]string{"refresh"}, []string{"interim", version, "interim=" + string(w.postOf("CM-PART"))}, []string{"drop", version, "why=Elle reste"},
		[]string{"describe." + listed, versioned(w, "passation_item", listed), "state=Autre", "next=Rien", "papers=GED", "contacts=DVD"},
		[]string{"hand", "sure=1", "items=" + listed}, []string{"take", "sure=1", "items=" + handed}, []string{"release", "sure=1", "items=" + item("listed", "")}))
}

func voteForms(w *town, s things) map[string][]sent {
	version := "version=" + one[string](w, `SELECT CAST(version AS TEXT) FROM participation_election WHERE number = 'V-2016-1'`)
	winner := "project=" + one[string](w, `SELECT p.id FROM participation_project p JOIN participation_election e ON e.id = p.election WHERE e.number = 'V-2016-1' AND p.turn = 1`)
	counted := one[string](w, `SELECT number FROM participation_election WHERE stage = 'counted' ORDER BY number LIMIT 1`)
	bare, bareVersion, rules := w.rules()
	return map[string][]sent{
		"participation.import":        {{form: fill("@file=lot.pb\n" + ballots)}},
		"participation.import.staged": after("participation.import", sent{form: fill("title=Vote", "lang=fr", "source=Essai")}),
		"participation.manage": append(append(on("election", counted, []sent{{name: "publish", form: fill("do=publish", "version="+first(w, `SELECT CAST(version AS TEXT) FROM participation_election WHERE number = $1`, counted))}}),
			on("election", bare, []sent{{name: "freeze", form: fill("do=freeze", "version="+bareVersion, "rules="+rules)}})...),
			sent{name: "link", form: fill("do=link", winner, "initiative="+s.initiative)}, sent{name: "withdraw", form: fill("do=withdraw", version, "reason=Un fichier était faux")}),
	}
}

func identityForms(w *town, s things) map[string][]sent {
	version := one[string](w, `SELECT CAST(COALESCE(MAX(version), 0) AS TEXT) FROM account_standing WHERE id = $1`, s.account)
	return map[string][]sent{
		"demo":                    {{name: "", form: fill("account=" + s.account)}},
		"demo.confirm":            {{name: "", form: fill("back=/fr/")}},
		"sign_in.link":            {{name: "", form: fill("email=leila.haddad@valmont.example")}},
		"link":                    {{name: "", form: fill("token=0")}},
		"register":                {{name: "", form: fill("email=nouvelle@example.org", "name=Une habitante")}},
		"passkey.options":         {{name: "", form: fill()}},
		"passkey.creation":        {{name: "", form: fill()}},
		"sign_in.passkey":         {{name: "", form: fill("credential={}")}},
		"sign_in.provider":        {{name: "", form: fill("back=/fr/")}},
		"sign_out":                {{name: "", form: fill()}},
		"account":                 {{name: "", form: fill("name=Un autre nom", "lang=en")}},
		"account.sessions":        {{name: "", form: fill("all=true")}},
		"account.passkeys":        {{name: "", form: fill("credential={}", "label=Clé")}},
		"account.passkey":         {{name: "", form: fill("do=remove")}},
		"account.export":          {{name: "", form: fill()}},
		"account.erase":           {{name: "", form: fill("sure=true")}},
		"admin.account":           {{name: "disable", form: fill("do=disable", "version="+version, "motive=Départ")}, {name: "grant_admin", form: fill("do=grant_admin", "version="+version, "motive=Relève")}, {name: "ask_reset", form: fill("do=ask_reset")}},
		"admin.directory":         {{name: "", form: fill("@file=annuaire.csv\n" + staffList)}},
		"admin.directory.preview": after("admin.directory", sent{form: fill("do=apply", "sure=true")}),
		"log.erase":               {{name: "", form: fill("reason=Demande de la personne")}},
	}
}

func projectForms(w *town, s things) map[string][]sent {
	version, part := "version="+w.version("portfolio_initiative", s.id), "version="+w.version("portfolio_part", s.part)
	brief := []string{"title=Bancs à l’ombre", "problem=On attend le bus en plein soleil.", "sufferer=Les habitants âgés", "lang=fr", "origin=demand", "matter=voirie", version}
	post, free := string(w.postOf("ADJ-FIN")), one[string](w, `SELECT DISTINCT thing FROM powers_unit WHERE code = 'DJS'`)
	owner := one[string](w, `SELECT post FROM portfolio_holder WHERE initiative = $1 AND role = 'owner'`, s.id)
	countered := first(w, `SELECT id FROM portfolio_part WHERE initiative = $1 AND status = 'countered' ORDER BY id`, s.id)
	running := first(w, `SELECT p.id FROM portfolio_part p JOIN portfolio_initiative i ON i.id = p.initiative WHERE i.title = $1 AND p.status = 'accepted'`, questioned)
	sponsor := one[string](w, `SELECT post FROM portfolio_holder WHERE initiative = $1 AND role = 'sponsor' ORDER BY id LIMIT 1`, s.id)
	return map[string][]sent{
		"portfolio.new":               {{name: "signal", form: fill(brief...)}, {name: "draft", form: fill(append(brief, "do=draft")...)}},
		"portfolio.initiative.revise": {{name: "", form: fill(append(brief, "motive=Précision")...)}},
		"portfolio.initiative.stage": append(deeds([]string{"advance", version, "to=" + w.next(s), "note=Étape franchie", "review=2018-12-31"},
			[]string{"skip", version, "to=operating", "note=Déjà en service", "why=Usage établi", "evidence=https://ville.example/9", "for=residents", "when=2018-03-12", "review=2018-12-31"},
			[]string{"suspend", "reason=Faute de moyens cette année", "reexamine=2018-09-01"},
			[]string{"mature", "learn=La tenue des piles", "post=" + s.post, "until=2018-09-01"},
			[]string{"publish", version, "decisions=true"}, []string{"withdraw", version, "note=Publiée trop tôt"}),
			append(on("number", w.number(suspended), deeds([]string{"resume", "note=Reprise"})), on("number", w.number(maturing), deeds([]string{"learn", "outcome=Trois ans"}))...)...),
		"portfolio.initiative.carriers": append(deeds([]string{"offer", "unit=" + free, "role=contribute", "effort=Prêter un gymnase"},
			[]string{"amend." + s.part, part, "role=contribute", "effort=Moins que prévu"}, []string{"take-back." + s.part, part, "note=Sans objet"},
			[]string{"agree." + countered, versioned(w, "portfolio_part", countered)}, []string{"heard." + s.part, part, "kind=accept"},
			[]string{"sponsor", "sponsor=" + post}, []string{"owner", "owner=" + s.post}, []string{"end-sponsor." + sponsor}, []string{"end-owner." + owner}),
			on("number", w.number(questioned), deeds([]string{"end." + running, versioned(w, "portfolio_part", running), "note=Fini"}))...),
		"portfolio.part": {{name: "accept", form: fill("kind=accept", part)}, {name: "counter", form: fill("kind=counter", part, "text=La moitié seulement")},
			{name: "decline", form: fill("kind=decline", part, "text=Pas notre métier")}},
		"portfolio.follow":         {{name: "", form: fill("email=voisine@example.org")}},
		"portfolio.follow.confirm": {{name: "", form: fill()}},
		"portfolio.follow.leave":   on("secret", one[string](w, `SELECT leave_token FROM op_portfolio_follow WHERE email = $1`, left), []sent{{form: fill()}}),
		"portfolio.letter":         {{name: "accept", form: fill("kind=accept")}, {name: "counter", form: fill("kind=counter", "text=La moitié seulement")}},
	}
}

// next is a stage that the initiative may reach by one step.
func (w *town) next(s things) string {
	return map[string]string{"signalled": "qualified", "qualified": "investigated", "investigated": "tested"}[one[string](w, `SELECT stage FROM portfolio_initiative WHERE id = $1`, s.id)]
}

func dossierForms(w *town, s things) map[string][]sent {
	question := "00000000-0000-0000-0000-000000000000"
	if open := all(w, `SELECT id FROM portfolio_question WHERE initiative = $1 AND closed_on = '' ORDER BY id`, s.id); len(open) > 0 {
		question = open[0]
	}
	paper := all(w, `SELECT id FROM portfolio_paper WHERE initiative = $1 ORDER BY visibility, id`, s.id)
	about := "00000000-0000-0000-0000-000000000000"
	if len(paper) > 0 {
		about = paper[0]
	}
	action := first(w, `SELECT id FROM portfolio_action WHERE status = 'open' ORDER BY id`)
	version := versioned(w, "portfolio_action", action)
	return map[string][]sent{
		"portfolio.initiative.dossier": deeds([]string{"milestone", "label=Premier essai", "planned=2018-Q3"},
			[]string{"question", "kind=unknown", "question=Combien de temps ?", "post=" + s.post, "due=2018-09-01"},
			[]string{"found." + question, "version=1", "answer=Trois ans"}, []string{"publish-question." + question},
			[]string{"paper", "title=Convention", "link=https://ged.valmont.example/1"}, []string{"paper", "@file=convention.txt\nEntre la Ville et"}, []string{"publish-paper." + about}, []string{"remove-paper." + about},
			[]string{"note", "body=Appelé ce matin"}),
		"portfolio.todo": deeds([]string{"found." + question, "version=1", "answer=Trois ans"}, []string{"finish." + action, version}, []string{"drop-action." + action, version, "note=Sans objet"},
			[]string{"reassign." + action, version, "unit=" + s.unit, "due=2018-09-01"}),
		"portfolio.initiative.ask": {{name: "", form: fill("question=Continuer ?", "context=Un an d’essai", "option1=Oui", "option2=Non", "recommended=1", "for=residents", "amount=1000",
			"ask-"+string(w.postOf("ADJ-NUM"))+"=decides")}},
	}
}

func arbitrationForms(w *town, s things) map[string][]sent {
	version := "version=" + one[string](w, `SELECT CAST(version AS TEXT) FROM portfolio_arbitration WHERE number = $1`, s.arbitration)
	return map[string][]sent{
		"portfolio.arbitration": append(deeds([]string{"postpone", "until=2018-09-01", "note=Après le budget"}, []string{"return", "note=Quel coût en fonctionnement ?"},
			[]string{"withdraw-question", "note=Sans objet"}, []string{"opine", "stance=for", "remark=D’accord"}, []string{"ask-another", "post=" + string(w.postOf("ADJ-VOI")), "note=Elle peut"},
			[]string{"mature-question", "learn=Le coût", "post=" + s.post, "until=2018-09-01"}),
			slices.Concat(on("number", w.question(returned), deeds([]string{"reply", "note=Douze mille euros par an"})), on("number", w.question(learning), deeds([]string{"learn-question", "outcome=Douze mille"})),
				on("number", w.question(settled), deeds([]string{"publish-decision"}, []string{"follow-up", "what=Poser", "unit=" + s.unit, "due=2018-09-01"})))...),
		"portfolio.arbitration.decide": {{name: "", form: fill(version, "chosen=1", "why=Le besoin est établi.", "for=residents", "when=2018-03-12", "how=arbitration", "basis=CGCT L2122-18", "step=decide")}},
	}
}

func wallForms(w *town, s things) map[string][]sent {
	return map[string][]sent{
		"portfolio.wall":      deeds([]string{"board", "name=Vue du lundi"}, []string{"close-board", "board=" + s.board}, []string{"snapshot", "board=" + s.board, "title=Lundi"}),
		"portfolio.wall.move": {{name: "", form: fill("version="+w.version("portfolio_initiative", s.id), "to="+w.next(s))}},
	}
}

func powersForms(s things) map[string][]sent {
	return map[string][]sent{
		"powers.unit.new": {{name: "", form: fill("kind=service", "code=ESSAI", "name=Service d’essai", "body="+s.city, "parent="+s.unit, "from=2018-04-01")}},
		"powers.post.new": {{name: "", form: fill("code=ESSAI-1", "title=Chargée d’essai", "layer=service", "from=2018-04-01")}},
		"powers.appoint":  {{name: "", form: fill("given=Anne", "family=Petit", "from=2018-04-01", "interim=true")}},
		"powers.end":      {{name: "", form: fill("day=2018-04-01")}},
		"powers.delegate": {{name: "", form: fill("to=ADJ-DEM", "nature=fonction", "matters=participation", "from=2018-04-01", "legal_act=A-2018-001")}},
		"powers.change": {{name: "rename", form: fill("do=preview", "kind=rename", "name=Mission d’essai", "day=2018-04-01", "legal_act=A-2018-003")},
			{name: "move", form: fill("do=preview", "kind=move", "into="+s.partOf, "day=2018-04-01", "legal_act=A-2018-003")}},
		"powers.referent":        {{name: "", form: fill("topic=capteurs", "post=CHEF-MVI", "from=2018-04-01")}},
		"powers.post.close":      {{name: "", form: fill("day=2018-04-01", "legal_act=A-2018-004")}},
		"powers.competence":      {{name: "", form: fill("matter=culture", "body="+s.body, "from=2018-04-01", "legal_act=A-2018-005")}},
		"powers.verify":          {{name: "", form: fill("sure=true")}},
		"powers.profile.install": {{name: "", form: fill("shipped=academique", "from=2018-04-01", "legal_act=A-2018-006", "motive=Essai", "basis=CGCT L2122-18")}},
		"powers.revoke":          {{name: "", form: fill("day=2018-04-01", "legal_act=A-2018-002")}},
	}
}
