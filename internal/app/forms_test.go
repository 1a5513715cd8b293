package app

import (
	"net/url"
	"strings"
)

// sent is a form as somebody would fill it in. A value of a field that begins with "@" is a file.
type sent struct {
	name string // of the form, when its page has several
	form url.Values
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
		all = append(all, sent{name, fill(append([]string{"_form=" + line[0]}, line[1:]...)...)})
	}
	return all
}

// plausible gives, for each route that is posted to, the forms that its page holds, filled in so that
// whoever may act by them does.
func plausible(w *town, s things) map[string][]sent {
	all := map[string][]sent{}
	for _, some := range []map[string][]sent{edgeForms(), identityForms(w, s), projectForms(w, s), dossierForms(w, s), arbitrationForms(w, s), wallForms(w, s), powersForms(s), voteForms(w, s), passationForms(s), circuitForms(w, s), councilForms(w, s), strategyForms(w, s)} {
		for route, forms := range some {
			all[route] = forms
		}
	}
	return all
}

func edgeForms() map[string][]sent {
	return map[string][]sent{
		"edge.theme":            {{"", fill("theme=dark")}},
		"edge.style":            {{"", fill("title=Titre")}},
		"edge.csp":              {{"", fill("csp-report=1")}},
		"workspace.notices":     {{"", fill("notify.waiting=never", "from=20:00", "to=07:00")}},
		"unsubscribe":           {{"", fill()}},
		"workspace.import":      {{"", fill("@file=classeur.xlsx\nrien")}},
		"workspace.import.book": {{"", fill("do=apply")}},
	}
}

func passationForms(s things) map[string][]sent {
	return map[string][]sent{
		"network":               {{"opinion", fill("_form=opinion", "given_on=2018-01-15", "sense=favourable")}, {"contest", fill("_form=contest", "measure=m1", "why=La part est finie")}},
		"passation.open":        {{"", fill("post="+s.post, "holder="+s.holder, "leaves_on=2018-06-01")}},
		"passation.handover":    {{"refresh", fill("_form=refresh")}, {"sign", fill("_form=hand", "sure=1", "items=0")}},
		"passation.story.write": {{"", fill("title=Cinq ans", "body=J’ai appris à attendre.", "lang=fr")}},
		"passation.story":       {{"", fill("_form=publish", "version=1")}},
	}
}

func voteForms(w *town, s things) map[string][]sent {
	version := "version=" + one[string](w, `SELECT CAST(version AS TEXT) FROM participation_election WHERE number = 'V-2016-1'`)
	winner := "project=" + one[string](w, `SELECT p.id FROM participation_project p JOIN participation_election e ON e.id = p.election WHERE e.number = 'V-2016-1' AND p.turn = 1`)
	return map[string][]sent{
		"participation.import":        {{"", fill("@file=lot.pb\nrien")}},
		"participation.import.staged": {{"", fill("title=Vote", "lang=fr", "source=Essai")}},
		"participation.manage": {{"link", fill("do=link", winner, "initiative="+s.initiative)}, {"publish", fill("do=publish", version)},
			{"freeze", fill("do=freeze", version, "rules=rule = 1")}, {"withdraw", fill("do=withdraw", version, "reason=Un fichier était faux")}},
	}
}

func identityForms(w *town, s things) map[string][]sent {
	version := one[string](w, `SELECT CAST(COALESCE(MAX(version), 0) AS TEXT) FROM account_standing WHERE id = $1`, s.account)
	return map[string][]sent{
		"demo":                    {{"", fill("account=" + s.account)}},
		"demo.confirm":            {{"", fill("back=/fr/")}},
		"sign_in.link":            {{"", fill("email=leila.haddad@valmont.example")}},
		"link":                    {{"", fill("token=0")}},
		"register":                {{"", fill("email=nouvelle@example.org", "name=Une habitante")}},
		"passkey.options":         {{"", fill()}},
		"passkey.creation":        {{"", fill()}},
		"sign_in.passkey":         {{"", fill("credential={}")}},
		"sign_in.provider":        {{"", fill("back=/fr/")}},
		"sign_out":                {{"", fill()}},
		"account":                 {{"", fill("name=Un autre nom", "lang=en")}},
		"account.sessions":        {{"", fill("all=true")}},
		"account.passkeys":        {{"", fill("credential={}", "label=Clé")}},
		"account.passkey":         {{"", fill("do=remove")}},
		"account.export":          {{"", fill()}},
		"account.erase":           {{"", fill("sure=true")}},
		"admin.account":           {{"disable", fill("do=disable", "version="+version, "motive=Départ")}, {"grant_admin", fill("do=grant_admin", "version="+version, "motive=Relève")}, {"ask_reset", fill("do=ask_reset")}},
		"admin.directory":         {{"", fill("@file=annuaire.csv\nmatricule;nom;prenom;courriel\n1;Petit;Anne;anne.petit@valmont.example\n")}},
		"admin.directory.preview": {{"", fill("do=apply", "sure=true")}},
		"log.erase":               {{"", fill("reason=Demande de la personne")}},
	}
}

func projectForms(w *town, s things) map[string][]sent {
	version, part := "version="+w.version("portfolio_initiative", s.id), "version="+w.version("portfolio_part", s.part)
	brief := []string{"title=Bancs à l’ombre", "problem=On attend le bus en plein soleil.", "sufferer=Les habitants âgés", "lang=fr", "origin=demand", "matter=voirie", version}
	post, free := string(w.postOf("ADJ-FIN")), one[string](w, `SELECT DISTINCT thing FROM powers_unit WHERE code = 'DJS'`)
	owner := one[string](w, `SELECT post FROM portfolio_holder WHERE initiative = $1 AND role = 'owner'`, s.id)
	sponsor := one[string](w, `SELECT post FROM portfolio_holder WHERE initiative = $1 AND role = 'sponsor' ORDER BY id LIMIT 1`, s.id)
	return map[string][]sent{
		"portfolio.new":               {{"signal", fill(brief...)}, {"draft", fill(append(brief, "do=draft")...)}},
		"portfolio.initiative.revise": {{"", fill(append(brief, "motive=Précision")...)}},
		"portfolio.initiative.stage": deeds([]string{"advance", version, "to=" + w.next(s), "note=Étape franchie", "review=2018-12-31"},
			[]string{"skip", version, "to=operating", "note=Déjà en service", "why=Usage établi", "for=residents", "effective=2018-03-12", "when=2018-03-12", "review=2018-12-31"},
			[]string{"suspend", "note=Faute de moyens cette année", "until=2018-09-01"}, []string{"resume", "note=Reprise"},
			[]string{"mature", "learn=La tenue des piles", "post=" + s.post, "until=2018-09-01"}, []string{"learn", "outcome=Trois ans"},
			[]string{"publish", version, "decisions=true"}, []string{"withdraw", version, "note=Publiée trop tôt"}),
		"portfolio.initiative.carriers": deeds([]string{"offer", "unit=" + free, "role=contribute", "effort=Prêter un gymnase"},
			[]string{"amend." + s.part, part, "role=contribute", "effort=Moins que prévu"}, []string{"take-back." + s.part, part, "note=Sans objet"},
			[]string{"agree." + s.part, part}, []string{"end." + s.part, part, "note=Fini"}, []string{"heard." + s.part, part, "kind=accept"},
			[]string{"sponsor", "post=" + post}, []string{"owner", "post=" + s.post}, []string{"end-sponsor." + sponsor}, []string{"end-owner." + owner}),
		"portfolio.part": {{"accept", fill("kind=accept", part)}, {"counter", fill("kind=counter", part, "text=La moitié seulement")},
			{"decline", fill("kind=decline", part, "text=Pas notre métier")}},
		"portfolio.follow":         {{"", fill("email=voisine@example.org")}},
		"portfolio.follow.confirm": {{"", fill()}},
		"portfolio.follow.leave":   {{"", fill()}},
		"portfolio.letter":         {{"accept", fill("kind=accept")}, {"counter", fill("kind=counter", "text=La moitié seulement")}},
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
	paper := all(w, `SELECT id FROM portfolio_paper WHERE initiative = $1`, s.id)
	about := "00000000-0000-0000-0000-000000000000"
	if len(paper) > 0 {
		about = paper[0]
	}
	return map[string][]sent{
		"portfolio.initiative.dossier": deeds([]string{"milestone", "label=Premier essai", "planned=2018-Q3"},
			[]string{"question", "kind=unknown", "question=Combien de temps ?", "post=" + s.post, "due=2018-09-01"},
			[]string{"found." + question, "version=1", "answer=Trois ans"}, []string{"publish-question." + question},
			[]string{"paper", "title=Convention", "link=https://ged.valmont.example/1"}, []string{"publish-paper." + about}, []string{"remove-paper." + about},
			[]string{"note", "body=Appelé ce matin"}),
		"portfolio.todo": deeds([]string{"found." + question, "version=1", "answer=Trois ans"}, []string{"finish.0", "version=1"}, []string{"drop-action.0", "version=1", "note=Sans objet"},
			[]string{"reassign.0", "version=1", "unit=" + s.unit, "due=2018-09-01"}),
		"portfolio.initiative.ask": {{"", fill("question=Continuer ?", "context=Un an d’essai", "option1=Oui", "option2=Non", "recommended=1", "for=residents", "amount=1000",
			"ask-"+string(w.postOf("ADJ-NUM"))+"=decides")}},
	}
}

func arbitrationForms(w *town, s things) map[string][]sent {
	version := "version=" + one[string](w, `SELECT CAST(version AS TEXT) FROM portfolio_arbitration WHERE number = $1`, s.arbitration)
	return map[string][]sent{
		"portfolio.arbitration": deeds([]string{"postpone", "until=2018-09-01", "note=Après le budget"}, []string{"return", "note=Quel coût en fonctionnement ?"},
			[]string{"reply", "note=Douze mille euros par an"}, []string{"withdraw-question", "note=Sans objet"}, []string{"opine", "stance=for", "remark=D’accord"},
			[]string{"mature-question", "learn=Le coût", "post=" + s.post, "until=2018-09-01"}, []string{"learn-question", "outcome=Douze mille"},
			[]string{"publish-decision"}, []string{"follow-up", "what=Poser", "unit=" + s.unit, "due=2018-09-01"}),
		"portfolio.arbitration.decide": {{"", fill(version, "chosen=1", "why=Le besoin est établi.", "for=residents", "when=2018-03-12", "how=arbitration", "basis=CGCT L2122-18", "step=decide")}},
	}
}

func wallForms(w *town, s things) map[string][]sent {
	return map[string][]sent{
		"portfolio.wall":      deeds([]string{"board", "name=Vue du lundi"}, []string{"close-board", "board=" + s.board}, []string{"snapshot", "board=" + s.board, "title=Lundi"}),
		"portfolio.wall.move": {{"", fill("version="+w.version("portfolio_initiative", s.id), "to="+w.next(s))}},
	}
}

func powersForms(s things) map[string][]sent {
	return map[string][]sent{
		"powers.unit.new": {{"", fill("kind=service", "code=ESSAI", "name=Service d’essai", "parent="+s.unit, "from=2018-04-01")}},
		"powers.post.new": {{"", fill("code=ESSAI-1", "title=Chargée d’essai", "layer=service", "from=2018-04-01")}},
		"powers.appoint":  {{"", fill("given=Anne", "family=Petit", "from=2018-04-01")}},
		"powers.end":      {{"", fill("day=2018-04-01")}},
		"powers.delegate": {{"", fill("to=ADJ-DEM", "nature=fonction", "matters=participation", "from=2018-04-01", "legal_act=A-2018-001")}},
		"powers.change": {{"rename", fill("do=preview", "kind=rename", "name=Mission d’essai", "day=2018-04-01", "legal_act=A-2018-003")},
			{"move", fill("do=preview", "kind=move", "into="+s.partOf, "day=2018-04-01", "legal_act=A-2018-003")}},
		"powers.referent":        {{"", fill("topic=capteurs", "post=CHEF-MVI", "from=2018-04-01")}},
		"powers.post.close":      {{"", fill("day=2018-04-01", "legal_act=A-2018-004")}},
		"powers.competence":      {{"", fill("matter=culture", "body="+s.body, "from=2018-04-01", "legal_act=A-2018-005")}},
		"powers.verify":          {{"", fill("sure=true")}},
		"powers.profile.install": {{"", fill("shipped=academique", "from=2018-04-01", "legal_act=A-2018-006", "motive=Essai", "basis=CGCT L2122-18")}},
		"powers.revoke":          {{"", fill("day=2018-04-01", "legal_act=A-2018-002")}},
	}
}
