package app

import (
	"slices"
	"strings"
	"testing"
)

// The people of the committee of these scenes: Nadia Belkacem presides, Sabine Lenoir keeps the minutes, three heads of
// directorates vote, Karim Saadi leads a directorate that does not sit.
const (
	chair, secretary     = elected, mission
	cleaning, roads, itd = elsewhere, "Leïla Haddad", partner
)

// The words that are typed here and looked for there.
const (
	rules    = "_form=found|code=REVUE|kind=copil|name=Revue des capteurs|mission=Suivre les capteurs posés|quorum=half|voting=majority|casting=true|method=show|powers_max=1|notice=5|lock_days=3|public=true"
	answered = "result=adopted|motive=Chacun doit savoir ce qui le mesure.|for=residents|basis=CGCT L2121-29|when=2018-05-01"
	act2     = "_form=prepare|title=Ouverture du registre|matter_code=8.8|transmit=true"
)

// One committee from its first day to its published act, told in the pages: what each visitor may do, what it records,
// and what is answered to bad input. docs/generated/authorisation.md proves who may send each form; here is what the
// forms answer in the order of a life.
func TestTheLifeOfACommittee(t *testing.T) {
	t.Parallel()
	p := newPlay(t)
	p.speaksOfCommittees()
	p.tell(founding)
	p.tell(settingDeadlines)
	p.tell(preparing)
	p.tell(meetingDeadlines)
	p.tell(papers)
	p.tell(visas)
	p.tell(gathering)
	p.tell(voting)
	p.tell(deciding)
	p.wroteOf("Écrire au préfet", "gilles.ferrand", "/fr/points/")
	p.tell(following)
	p.tell(minuting)
	p.tell(formalising)
}

// wroteOf checks that what a committee asks for about no project is mailed to whoever must do it, with the page to read.
func (p *play) wroteOf(what, address, page string) {
	p.t.Helper()
	p.deliver()
	if !slices.ContainsFunc(p.town.letters(), func(letter string) bool {
		to, body, _ := strings.Cut(letter, "\n")
		return strings.Contains(to, address) && strings.Contains(body, what) && strings.Contains(body, page)
	}) {
		p.t.Errorf("no letter to %s tells %q with its page", address, what)
	}
}

// speaksOfCommittees teaches the play the things of a committee, by what people call them.
func (p *play) speaksOfCommittees() {
	const ours = ` FROM council_meeting m JOIN council_committee c ON c.id = m.committee WHERE c.code = 'REVUE' ORDER BY m.day, m.id`
	text := func(sql string) func(string) string {
		return func(which string) string {
			if strings.Contains(sql, "$1") {
				return one[string](p.town, sql, which)
			}
			return one[string](p.town, sql)
		}
	}
	for name, sql := range map[string]string{
		"committee": `SELECT id FROM council_committee WHERE code = 'REVUE'`,
		"meeting":   `SELECT m.number` + ours + ` LIMIT 1`,
		"m":         `SELECT CAST(m.version AS TEXT)` + ours + ` LIMIT 1`,
		"c":         `SELECT CAST(version AS TEXT) FROM council_committee WHERE code = 'REVUE'`,
		"i":         `SELECT CAST(version AS TEXT) FROM council_item WHERE title = $1`,
		"item":      `SELECT id FROM council_item WHERE title = $1`,
		"paper":     `SELECT id FROM council_paper WHERE title = $1 ORDER BY edition DESC LIMIT 1`,
		"thread":    `SELECT DISTINCT thread FROM council_paper WHERE title = $1`,
		"deadline":  `SELECT DISTINCT thread FROM council_deadline WHERE name_fr = $1`,
		"ballot":    `SELECT id FROM council_ballot WHERE motion = $1`,
		"ordered":   `SELECT id FROM portfolio_action WHERE what = 'Écrire au préfet'`,
		"minutes":   `SELECT CAST(n.version AS TEXT) FROM council_minutes n JOIN council_meeting m ON m.id = n.meeting JOIN council_committee c ON c.id = m.committee WHERE c.code = 'REVUE'`,
		"decision":  `SELECT d.id FROM council_decision d JOIN council_item i ON i.id = d.item WHERE i.title = $1`,
		"formal":    `SELECT ref FROM council_formal WHERE title = 'Ouverture du registre'`,
		"f":         `SELECT CAST(version AS TEXT) FROM council_formal WHERE title = 'Ouverture du registre'`,
		"digest":    `SELECT digest FROM council_formal WHERE title = 'Ouverture du registre'`,
		"visa":      `SELECT v.id FROM council_visa v JOIN powers_post p ON p.thing = v.post JOIN council_circuit k ON k.id = v.circuit JOIN council_item i ON i.id = k.item WHERE p.code = $1 AND i.title = 'Ouvrir le registre' ORDER BY v.id DESC LIMIT 1`,
		"v":         `SELECT CAST(v.version AS TEXT) FROM council_visa v JOIN powers_post p ON p.thing = v.post JOIN council_circuit k ON k.id = v.circuit JOIN council_item i ON i.id = k.item WHERE p.code = $1 AND i.title = 'Ouvrir le registre' ORDER BY v.id DESC LIMIT 1`,
		"seat":      `SELECT m.id FROM council_member m JOIN council_committee c ON c.id = m.committee JOIN powers_post p ON p.thing = m.post WHERE c.code = 'REVUE' AND p.code = $1 LIMIT 1`,
	} {
		p.words[name] = text(sql)
	}
	staged := ""
	p.words["staged"] = func(which string) string {
		if which != "same" {
			staged = one[string](p.town, `SELECT id FROM op_council_return ORDER BY id DESC LIMIT 1`)
		}
		return staged
	}
	p.words["post"] = func(code string) string { return string(p.postOf(code)) }
	p.words["unit"] = func(code string) string {
		return one[string](p.town, `SELECT DISTINCT thing FROM powers_unit WHERE code = $1`, code)
	}
	p.words["bytes"] = func(what string) string {
		return map[string]string{"exe": "MZ\x90\x00\x03\x00\x00\x00", "html": "<!doctype html><script>alert(1)</script>", "pdf": "%PDF-1.4\n1 0 obj", "huge": "%PDF-1.4\n" + strings.Repeat("x", 50<<20)}[what]
	}
	p.words["rtl"] = func(string) string { return "\u202e" }
	p.words["long"] = func(string) string { return strings.Repeat("très long ", 600) }
}

var founding = []step{
	{"nobody asks without an account", anonymous, "/fr/comites/nouveau", rules, 401, "", "Se connecter"},
	{"a resident finds no such page", resident, "/fr/comites/nouveau", rules, 404, "", "introuvable"},
	{"a directorate founds none", itd, "/fr/comites/nouveau", rules, 403, "", ""},
	{"a code with spaces", mission, "/fr/comites/nouveau", strings.Replace(rules, "REVUE", "la revue", 1), 422, "", "Le sigle tient en 2 à 16 lettres"},
	{"locked before it is convened", mission, "/fr/comites/nouveau", strings.Replace(rules, "lock_days=3", "lock_days=9", 1), 422, "", "L’ordre du jour ne se ferme pas avant la convocation"},
	{"the mission founds it", mission, "/fr/comites/nouveau", rules, 303, "committee.found", "Le comité est créé"},
	{"the same code again", mission, "/fr/comites/nouveau", rules, 422, "", "Le sigle REVUE est déjà pris"},
	{"everybody reads that it is there", anonymous, "/fr/comites/REVUE", "", 200, "", "Suivre les capteurs posés"},
	{"a seat without a post", mission, "/fr/comites/REVUE", "_form=seat|role=member", 422, "", ""},
	{"the chair", mission, "/fr/comites/REVUE", "_form=seat|post={post:ADJ-NUM}|role=president|from=2018-03-12", 303, "member.seat", "adjointe au numérique"},
	{"two chairs", mission, "/fr/comites/REVUE", "_form=seat|post={post:SGV}|role=president|from=2018-03-12", 422, "", "Le comité a déjà une présidence"},
	{"a voice", mission, "/fr/comites/REVUE", "_form=seat|post={post:DIR-DPE}|role=member|from=2018-03-12", 303, "member.seat", ""},
	{"another", mission, "/fr/comites/REVUE", "_form=seat|post={post:DIR-DVD}|role=member|from=2018-03-12", 303, "member.seat", ""},
	{"a third", mission, "/fr/comites/REVUE", "_form=seat|post={post:DIR-DSI}|role=member|from=2018-03-12", 303, "member.seat", ""},
	{"who keeps the minutes", mission, "/fr/comites/REVUE", "_form=seat|post={post:CHEF-MVI}|role=secretary|from=2018-03-12", 303, "member.seat", ""},
	{"twice in the same seat", mission, "/fr/comites/REVUE", "_form=seat|post={post:DIR-DSI}|role=member|from=2018-03-12", 422, "", "Cette fonction siège déjà au comité"},
	{"rules of an older page", secretary, "/fr/comites/REVUE", "_form=revise|version=9|" + strings.TrimPrefix(rules, "_form=found|"), 409, "", "entre-temps"},
}

const listDue = "name=Liste provisoire|name_en=Provisional list|days=12|side=before|counting=calendar|settled="

var settingDeadlines = []step{
	{"a directorate writes none", itd, "/fr/comites/REVUE/echeances", "_form=add_deadline|" + listDue, 403, "", ""},
	{"a number of days that is none", secretary, "/fr/comites/REVUE/echeances", "_form=add_deadline|" + strings.Replace(listDue, "days=12", "days=deux", 1), 422, "", "Liste provisoire"},
	{"four hundred days", secretary, "/fr/comites/REVUE/echeances", "_form=add_deadline|" + strings.Replace(listDue, "days=12", "days=400", 1), 422, "", "366"},
	{"without a name", secretary, "/fr/comites/REVUE/echeances", "_form=add_deadline|" + strings.Replace(listDue, "name=Liste provisoire", "name= ", 1), 422, "", "Provisional list"},
	{"a list twelve days before", secretary, "/fr/comites/REVUE/echeances", "_form=add_deadline|" + listDue, 303, "committee.add_deadline", "12 jours avant la séance"},
	{"of an older page", secretary, "/fr/comites/REVUE/echeances", "_form=revise_deadline.{deadline:Liste provisoire}|version=7|" + listDue, 409, "", ""},
	{"nine working days, by a directorate", secretary, "/fr/comites/REVUE/echeances", "_form=revise_deadline.{deadline:Liste provisoire}|version=1|name=Liste provisoire|days=7|side=before|counting=working|post={post:DIR-DSI}|settled=", 303, "committee.revise_deadline", "7 jours ouvrés avant la séance"},
	{"a second one", secretary, "/fr/comites/REVUE/echeances", "_form=add_deadline|name=Rien|days=1|side=after|counting=clear|settled=approved", 303, "committee.add_deadline", "un jour franc après la séance"},
	{"taken away", secretary, "/fr/comites/REVUE/echeances", "_form=end_deadline.{deadline:Rien}|version=1", 303, "committee.end_deadline", ""},
	{"twice", secretary, "/fr/comites/REVUE/echeances", "_form=end_deadline.{deadline:Rien}|version=1", 404, "", ""},
	{"outside, nobody reads them", resident, "/fr/comites/REVUE/echeances", "", 404, "", ""},
}

// The meeting is on 22 March 2018: seven working days before it is the 13th.
var meetingDeadlines = []step{
	{"the day, on the page of the meeting", secretary, "/fr/seances/{meeting}", "", 200, "", "7\u00a0ouvrés"},
	{"it waits for the directorate", itd, "/fr/a-faire", "", 200, "", "Liste provisoire"},
	{"somebody else's", cleaning, "/fr/seances/{meeting}", "_form=met.{deadline:Liste provisoire}", 403, "", ""},
	{"one that is none", itd, "/fr/seances/{meeting}", "_form=met.nothing", 404, "", ""},
	{"in the agenda", itd, "/fr/seances/{meeting}/agenda.ics", "", 200, "", "DUE;VALUE=DATE:20180313"},
	{"met", itd, "/fr/seances/{meeting}", "_form=met.{deadline:Liste provisoire}", 303, "meeting.meet_deadline", "fait le"},
	{"met twice", itd, "/fr/seances/{meeting}", "_form=met.{deadline:Liste provisoire}", 409, "", "déjà noté"},
	{"it is told in the agenda", itd, "/fr/seances/{meeting}/agenda.ics", "", 200, "", "STATUS:COMPLETED"},
	{"not after all", secretary, "/fr/seances/{meeting}", "_form=unmet.{deadline:Liste provisoire}", 303, "meeting.reopen_deadline", "C’est fait"},
}

var preparing = []step{
	{"a day that is no day", secretary, "/fr/comites/REVUE", "_form=prepare|day=2018-02-30|clock=14:00|title=Première revue", 422, "", "date"},
	{"an hour that is none", secretary, "/fr/comites/REVUE", "_form=prepare|day=2018-03-22|clock=25:00|title=Première revue", 422, "", "L’heure s’écrit 14:30"},
	{"a day that is past", secretary, "/fr/comites/REVUE", "_form=prepare|day=2018-03-01|clock=14:00|title=Première revue", 422, "", "Ce jour est passé"},
	{"a meeting", secretary, "/fr/comites/REVUE", "_form=prepare|day=2018-03-22|clock=14:00|minutes=90|place=Hôtel de Ville|title=Première revue", 303, "meeting.prepare", "Première revue"},
	{"outside, it is not known yet", anonymous, "/fr/seances/{meeting}", "", 404, "", ""},
	{"an empty agenda is sent to nobody", secretary, "/fr/seances/{meeting}", "_form=convene|version={m}", 422, "", "L’ordre du jour est vide"},
	{"a title that is too long", secretary, "/fr/seances/{meeting}", "_form=add|nature=decision|title={long}", 422, "", ""},
	{"a project that is none", secretary, "/fr/seances/{meeting}", "_form=add|nature=decision|title=Ouvrir le registre|project=P-1999-1", 422, "", "P-1999-1"},
	{"a member who is not of the bureau", itd, "/fr/seances/{meeting}", "_form=add|nature=decision|title=Mon sujet à moi", 403, "", ""},
	{"an item", secretary, "/fr/seances/{meeting}", "_form=add|nature=decision|title=Ouvrir le registre|summary=Publier chaque capteur|project=P-2016-2|minutes=20", 303, "item.add", "Ouvrir le registre"},
	{"another", secretary, "/fr/seances/{meeting}", "_form=add|nature=decision|title=Choisir un fournisseur|summary=Deux offres reçues|minutes=20", 303, "item.add", ""},
	{"one to be told", secretary, "/fr/seances/{meeting}", "_form=add|nature=info|title=Point sur les pannes|minutes=5", 303, "item.add", ""},
	{"no question is chosen", secretary, "/fr/seances/{meeting}", "_form=questions|nature=opinion", 422, "", "Choisissez au moins une question"},
	{"an item of an older page", secretary, "/fr/points/{item:Ouvrir le registre}", "_form=revise_item|version=7|nature=decision|title=Ouvrir tout le registre", 409, "", "Vous aviez écrit"},
	{"the order", secretary, "/fr/seances/{meeting}", "_form=order.{item:Choisir un fournisseur}|to=1", 303, "item.order", ""},
	{"the same order", secretary, "/fr/seances/{meeting}", "_form=order.{item:Choisir un fournisseur}|to=1", 409, "", "Les points sont déjà dans cet ordre"},
	{"a form that no page holds", secretary, "/fr/seances/{meeting}", "_form=explode|version={m}", 422, "", ""},
	{"convened", secretary, "/fr/seances/{meeting}", "_form=convene|version={m}", 303, "meeting.convene", ""},
	{"twice", secretary, "/fr/seances/{meeting}", "_form=convene|version={m}", 409, "", "à ce stade de la séance (convoquée)"},
	{"outside, one reads that it will be", anonymous, "/fr/seances/{meeting}", "", 200, "", "Première revue"},
}

// Hostile papers: types, sizes, names.
var papers = []step{
	{"nothing is joined", secretary, "/fr/points/{item:Ouvrir le registre}", "_form=paper|kind=report|title=Note au comité", 422, "", "Joignez un fichier, ou donnez un lien"},
	{"an empty file", secretary, "/fr/points/{item:Ouvrir le registre}", "_form=paper|kind=report|title=Note au comité|@file=note.pdf\n", 422, "", "vide"},
	{"a program named as a paper", secretary, "/fr/points/{item:Ouvrir le registre}", "_form=paper|kind=report|title=Note au comité|@file=note.pdf\n{bytes:exe}", 422, "", "PDF"},
	{"a page with a script", secretary, "/fr/points/{item:Ouvrir le registre}", "_form=paper|kind=report|title=Note au comité|@file=note.pdf\n{bytes:html}", 422, "", "PDF"},
	{"51 MiB", secretary, "/fr/points/{item:Ouvrir le registre}", "_form=paper|kind=report|title=Note au comité|@file=note.pdf\n{bytes:huge}", 422, "", "50"},
	{"a title that turns round", secretary, "/fr/points/{item:Ouvrir le registre}", "_form=paper|kind=report|title=Note {rtl}fdp.exe|@file=note.pdf\n{bytes:pdf}", 422, "", "caractères invisibles"},
	{"a link that is none", secretary, "/fr/points/{item:Ouvrir le registre}", "_form=paper|kind=report|title=Note au comité|link=javascript:alert(1)|digest=zz", 422, "", "Le lien est une adresse complète, qui commence par https://"},
	{"a name that climbs", secretary, "/fr/points/{item:Ouvrir le registre}", "_form=paper|kind=annex|@file=../../etc/passwd.txt\nracine", 303, "paper.add", "passwd"},
	{"a paper", secretary, "/fr/points/{item:Ouvrir le registre}", "_form=paper|kind=report|title=Note au comité|@file=note.txt\nPremière édition.", 303, "paper.add", "Note au comité"},
	{"the same again", secretary, "/fr/points/{item:Ouvrir le registre}", "_form=paper|kind=report|title=Note au comité|thread={thread:Note au comité}|@file=note.txt\nPremière édition.", 422, "", "déjà la version 1"},
	{"outside, it is not read", anonymous, "/fr/pieces/{paper:Note au comité}", "", 404, "", ""},
	{"by a directorate, it is", itd, "/fr/pieces/{paper:Note au comité}", "", 200, "", "Première édition"},
}

var visas = []step{
	{"nobody is asked", secretary, "/fr/comites/points/{item:Ouvrir le registre}/circuits", "_form=consult|do=consult|question=Qu’en dites-vous ?|days=5", 422, "", "Choisissez soit une entité, soit une fonction"},
	{"a directorate is asked", secretary, "/fr/comites/points/{item:Ouvrir le registre}/circuits", "_form=consult|do=consult|post={post:DIR-DSI}|paper={paper:Note au comité}|question=Qu’en dites-vous ?|days=5", 303, "circuit.open", ""},
	{"another answers in its place", cleaning, "/fr/mes-visas/{visa:DIR-DSI}", "version={v:DIR-DSI}|answer=agreed", 403, "", ""},
	{"reserves without words", itd, "/fr/mes-visas/{visa:DIR-DSI}", "version={v:DIR-DSI}|answer=reserved|_form=reserved", 422, "", "Dites quelles sont vos réserves"},
	{"a new edition", secretary, "/fr/points/{item:Ouvrir le registre}", "_form=paper|kind=report|title=Note au comité|thread={thread:Note au comité}|@file=note.txt\nSeconde édition.", 303, "circuit.renew paper.add", ""},
	{"an answer about the former edition", itd, "/fr/mes-visas/{visa:DIR-DSI}", "version=0|answer=reserved|_form=reserved|text=Si le coût est dit", 409, "", "Le document a changé pendant que vous lisiez"},
	{"an answer", itd, "/fr/mes-visas/{visa:DIR-DSI}", "version={v:DIR-DSI}|answer=reserved|_form=reserved|text=Si le coût est dit", 303, "opinion.give", "Votre réponse avec réserves"},
	{"twice", itd, "/fr/mes-visas/{visa:DIR-DSI}", "version={v:DIR-DSI}|answer=agreed|_form=agreed|text=Tout compte fait oui", 409, "", "La réponse a déjà été donnée"},
	{"a batch of nothing", itd, "/fr/mes-visas", "_form=batch|step=confirm", 422, "", "Cochez au moins une ligne"},
	{"a batch of what is answered", itd, "/fr/mes-visas", "_form=batch|step=confirm|visa={visa:DIR-DSI} {v:DIR-DSI}", 409, "", "La réponse a déjà été donnée"},
}

var gathering = []step{
	until("2018-03-20 09:00"),
	{"locked to the secretary", secretary, "/fr/seances/{meeting}", "_form=add|nature=info|title=Une idée tardive|late=Elle vient d’arriver", 403, "", "L’ordre du jour est fermé depuis le"},
	{"the chair says why", chair, "/fr/seances/{meeting}", "as={post:ADJ-NUM}|_form=add|nature=info|title=Une idée tardive", 422, "", "indiquez pourquoi ce point ne peut attendre"},
	{"and adds", chair, "/fr/seances/{meeting}", "as={post:ADJ-NUM}|_form=add|nature=info|title=Une idée tardive|late=Le préfet demande une réponse", 303, "item.add", ""},
	{"an item may not change any more", secretary, "/fr/points/{item:Ouvrir le registre}", "_form=revise_item|version={i:Ouvrir le registre}|nature=decision|title=Fermer le registre", 403, "", "L’ordre du jour est fermé"},
	{"another speaks for a member", cleaning, "/fr/seances/{meeting}", "_form=say.{seat:DIR-DSI}|answer=excused", 403, "", "le membre, ou le bureau du comité"},
	{"a power to who does not vote", itd, "/fr/seances/{meeting}", "_form=say.{seat:DIR-DSI}|answer=represented|proxy={seat:CHEF-MVI}", 422, "", "Le pouvoir se donne à un autre membre qui vote"},
	{"a power", itd, "/fr/seances/{meeting}", "_form=say.{seat:DIR-DSI}|answer=represented|proxy={seat:DIR-DPE}", 303, "attendance.say", ""},
	{"one power too many", roads, "/fr/seances/{meeting}", "_form=say.{seat:DIR-DVD}|answer=represented|proxy={seat:DIR-DPE}", 422, "", "Ce membre a déjà 1 pouvoir"},
	{"an interest without its nature", cleaning, "/fr/points/{item:Choisir un fournisseur}", "_form=interest|event=declare|note=Mon frère y travaille", 422, "", "Choisissez dans la liste"},
	{"for another", cleaning, "/fr/points/{item:Choisir un fournisseur}", "_form=interest|event=recuse|post={post:DIR-DVD}", 403, "", ""},
	{"a recusal", cleaning, "/fr/points/{item:Choisir un fournisseur}", "_form=interest|event=recuse|nature=family|note=Mon frère y travaille", 303, "interest.recuse", "La déclaration est notée"},
	{"the item is closed to them", cleaning, "/fr/points/{item:Choisir un fournisseur}", "", 403, "", "Vous vous êtes déporté·e de ce point"},
	{"and they are told what stays open, and who may change that", cleaning, "/fr/comites/points/{item:Choisir un fournisseur}/circuits", "", 403, "", "personne ne met fin au sien"},
	{"they do not end it themselves", cleaning, "/fr/points/{item:Choisir un fournisseur}", "_form=clear|post={post:DIR-DPE}|note=Je change d’avis", 403, "", ""},
	{"too early to come in", secretary, "/fr/seances/{meeting}/tenue", "_form=arrive|members={seat:ADJ-NUM}", 409, "", "personne n’entre avant"},
	{"too early to open", secretary, "/fr/seances/{meeting}/tenue", "_form=open|version={m}|president={post:ADJ-NUM}|secretary={post:CHEF-MVI}", 409, "", "changez d’abord son jour"},
}

var voting = []step{
	until("2018-03-22 14:00"),
	{"nobody comes in", secretary, "/fr/seances/{meeting}/tenue", "_form=arrive", 422, "", "Choisissez au moins une personne"},
	{"the chair comes", secretary, "/fr/seances/{meeting}/tenue", "_form=arrive|members={seat:ADJ-NUM}", 303, "presence.arrive", ""},
	{"the quorum is not there", secretary, "/fr/seances/{meeting}/tenue", "_form=open|version={m}|president={post:ADJ-NUM}|secretary={post:CHEF-MVI}", 409, "", "Le quorum n’est pas réuni"},
	{"from the future", secretary, "/fr/seances/{meeting}/tenue", "_form=arrive|members={seat:DIR-DPE}|clock=18:00", 422, "", "pas encore venue"},
	{"the others come", secretary, "/fr/seances/{meeting}/tenue", "_form=arrive|members={seat:DIR-DPE}|members={seat:DIR-DVD}|members={seat:CHEF-MVI}", 303, "presence.arrive", ""},
	{"open", secretary, "/fr/seances/{meeting}/tenue", "_form=open|version={m}|president={post:ADJ-NUM}|secretary={post:CHEF-MVI}", 303, "meeting.open", ""},
	{"a motion without words", secretary, "/fr/seances/{meeting}/tenue", "_form=ballot|point={item:Ouvrir le registre}|method=show", 422, "", ""},
	{"a decision before the vote", chair, "/fr/seances/{meeting}/tenue", "_form=decide|point={item:Ouvrir le registre}|version={i:Ouvrir le registre}|" + answered, 409, "", "demandent un vote"},
	{"a vote by show of hands", secretary, "/fr/seances/{meeting}/tenue", "_form=ballot|point={item:Ouvrir le registre}|motion=Ouvrir le registre le 1er mai|method=show", 303, "ballot.open", ""},
	{"two votes at once", secretary, "/fr/seances/{meeting}/tenue", "_form=ballot|point={item:Choisir un fournisseur}|motion=Prendre la première offre|method=show", 409, "", "Un vote est en cours"},
	{"who does not sit", stranger, "/fr/seances/{meeting}/tenue", "_form=cast.{ballot:Ouvrir le registre le 1er mai}|point={item:Ouvrir le registre}|choice=for|member={seat:DIR-DVD}", 403, "", ""},
	{"a voice", roads, "/fr/seances/{meeting}/tenue", "_form=cast.{ballot:Ouvrir le registre le 1er mai}|point={item:Ouvrir le registre}|choice=against|member={seat:DIR-DVD}", 303, "ballot.cast", ""},
	{"voted twice", roads, "/fr/seances/{meeting}/tenue", "_form=cast.{ballot:Ouvrir le registre le 1er mai}|point={item:Ouvrir le registre}|choice=for|member={seat:DIR-DVD}", 409, "", "Cette voix est déjà donnée"},
	{"a power is voted by who holds it", cleaning, "/fr/seances/{meeting}/tenue", "_form=cast.{ballot:Ouvrir le registre le 1er mai}|point={item:Ouvrir le registre}|choice=for|member={seat:DIR-DSI}", 303, "ballot.cast", ""},
	{"counted", secretary, "/fr/seances/{meeting}/tenue", "_form=count.{ballot:Ouvrir le registre le 1er mai}|point={item:Ouvrir le registre}|voice.{seat:ADJ-NUM}=for|voice.{seat:DIR-DPE}=for|voice.{seat:DIR-DSI}=for|voice.{seat:DIR-DVD}=against", 303, "ballot.close", "Le vote est clos"},
	{"counted twice", secretary, "/fr/seances/{meeting}/tenue", "_form=count.{ballot:Ouvrir le registre le 1er mai}|point={item:Ouvrir le registre}|voice.{seat:ADJ-NUM}=for", 409, "", "Ce vote est clos"},
	{"a secret vote, one withdrew", secretary, "/fr/seances/{meeting}/tenue", "_form=ballot|point={item:Choisir un fournisseur}|motion=Prendre la première offre|method=secret", 303, "ballot.open", "aucun nom"},
	{"no voice of a secret vote is given by name", roads, "/fr/seances/{meeting}/tenue", "_form=cast.{ballot:Prendre la première offre}|point={item:Choisir un fournisseur}|choice=for|member={seat:DIR-DVD}", 409, "", "Le vote est secret"},
	{"more voices than entitled", secretary, "/fr/seances/{meeting}/tenue", "_form=count.{ballot:Prendre la première offre}|point={item:Choisir un fournisseur}|for=4|against=1|abstain=0|apart=0", 422, "", "5 voix comptées, mais 2 seulement peuvent voter"},
	{"less than none", secretary, "/fr/seances/{meeting}/tenue", "_form=count.{ballot:Prendre la première offre}|point={item:Choisir un fournisseur}|for=-1|against=1|abstain=0|apart=0", 422, "", "n’est pas négatif"},
	{"counted, secretly", secretary, "/fr/seances/{meeting}/tenue", "_form=count.{ballot:Prendre la première offre}|point={item:Choisir un fournisseur}|for=1|against=1|abstain=0|apart=0", 303, "ballot.close", "Le vote est clos"},
}

const ordering = "_form=note|point={item:Une idée tardive}|version={i:Une idée tardive}|debate=Réponse au préfet"

var deciding = []step{
	{"against the vote", chair, "/fr/seances/{meeting}/tenue", "_form=decide|point={item:Ouvrir le registre}|version={i:Ouvrir le registre}|" + strings.Replace(answered, "adopted", "rejected", 1), 422, "", "contredit le résultat du vote"},
	{"for nobody, for no reason", chair, "/fr/seances/{meeting}/tenue", "_form=decide|point={item:Ouvrir le registre}|version={i:Ouvrir le registre}|result=adopted|when=2018-05-01", 422, "", ""},
	{"an action begun and left", chair, "/fr/seances/{meeting}/tenue", "_form=decide|point={item:Ouvrir le registre}|version={i:Ouvrir le registre}|what1=Écrire aux riverains|" + answered, 422, "", "Ce champ est nécessaire"},
	{"by who does not preside", roads, "/fr/seances/{meeting}/tenue", "_form=decide|point={item:Ouvrir le registre}|version={i:Ouvrir le registre}|" + answered, 403, "", ""},
	{"decided, and kept inside", chair, "/fr/seances/{meeting}/tenue", "_form=decide|point={item:Ouvrir le registre}|version={i:Ouvrir le registre}|keep=true|" + answered, 303, "decision.adopt", ""},
	{"twice", chair, "/fr/seances/{meeting}/tenue", "_form=decide|point={item:Ouvrir le registre}|version={i:Ouvrir le registre}|" + answered, 409, "", "Ce point a déjà été traité"},
	{"put off to the same meeting", secretary, "/fr/points/{item:Choisir un fournisseur}", "_form=postpone|version={i:Choisir un fournisseur}|reason=Il manque une offre|to={committee}", 404, "", ""},
	{"put off", secretary, "/fr/points/{item:Choisir un fournisseur}", "_form=postpone|version={i:Choisir un fournisseur}|reason=Il manque une offre", 303, "item.postpone", ""},
	{"taken note of", secretary, "/fr/seances/{meeting}/tenue", "_form=note|point={item:Point sur les pannes}|version={i:Point sur les pannes}|debate=Deux pannes en mars", 303, "item.note", ""},
	{"one more line is asked for", secretary, "/fr/seances/{meeting}/tenue", ordering + "|more=1|rows=3|what1=Écrire au préfet", 200, "", "Écrire au préfet"},
	{"the line is there", secretary, "/fr/seances/{meeting}/tenue", ordering + "|more=1|rows=3|what1=Écrire au préfet", 200, "", `name="what4"`},
	{"for whom nobody knows", secretary, "/fr/seances/{meeting}/tenue", ordering + "|what1=Écrire au préfet|due1=2018-04-10", 422, "", "Ce champ est nécessaire"},
	{"and of the other, with what must be done", secretary, "/fr/seances/{meeting}/tenue", ordering + "|rows=4|what4=Écrire au préfet|unit4={unit:DSI}|due4=2018-04-10", 303, "item.note portfolio.action.create", "Écrire au préfet"},
}

var following = []step{
	{"it waits for the directorate", itd, "/fr/a-faire", "", 200, "", "Écrire au préfet"},
	{"put off by another directorate", cleaning, "/fr/comites/REVUE", "_form=put_off.{ordered}|version=1|unit={unit:DSI}|due=2018-04-20", 403, "", ""},
	{"put off without a day", secretary, "/fr/comites/REVUE", "_form=put_off.{ordered}|version=1|unit={unit:DSI}", 422, "", ""},
	{"put off by the secretary of the committee", secretary, "/fr/comites/REVUE", "_form=put_off.{ordered}|version=1|unit={unit:DSI}|due=2018-04-20", 303, "portfolio.action.reassign", "20 avril 2018"},
	{"dropped for no reason", secretary, "/fr/comites/REVUE", "_form=drop.{ordered}|version=2", 422, "", ""},
	{"done, says who did it", itd, "/fr/a-faire", "_form=finish.{ordered}|version=2|note=Lettre partie ce matin", 303, "portfolio.action.finish", ""},
	{"another directorate reads that it is done", cleaning, "/fr/comites/REVUE", "", 200, "", "Une suite close"},
	{"not after all, says the secretary", secretary, "/fr/comites/REVUE", "_form=reopen.{ordered}|version=3|reason=La lettre est revenue", 303, "portfolio.action.reopen", "pour le 20 avril 2018"},
	{"reopened twice", secretary, "/fr/comites/REVUE", "_form=reopen.{ordered}|version=4|reason=Encore", 409, "", ""},
	{"given up by mistake", secretary, "/fr/comites/REVUE", "_form=drop.{ordered}|version=4|reason=Sans objet", 303, "portfolio.action.drop", "abandonné le"},
	{"for no reason", secretary, "/fr/comites/REVUE", "_form=reopen.{ordered}|version=5", 422, "", ""},
	{"by another directorate", cleaning, "/fr/comites/REVUE", "_form=reopen.{ordered}|version=5|reason=Encore", 403, "", ""},
	{"taken back", secretary, "/fr/comites/REVUE", "_form=reopen.{ordered}|version=5|reason=Erreur de ligne", 303, "portfolio.action.reopen", ""},
	{"done in the end", itd, "/fr/a-faire", "_form=finish.{ordered}|version=6|note=Lettre repartie", 303, "portfolio.action.finish", ""},
	{"done twice", secretary, "/fr/comites/REVUE", "_form=finish.{ordered}|version=7", 409, "", ""},
	{"the list of what was asked for", secretary, "/fr/seances/{meeting}/suites.csv", "", 200, "", "Écrire au préfet;Direction des systèmes d’information"},
	{"in English, with its state", secretary, "/en/meetings/{meeting}/follow-ups.csv", "", 200, "", "Lettre repartie"},
	{"not for a resident", resident, "/fr/seances/{meeting}/suites.csv", "", 404, "", ""},
	{"closed", secretary, "/fr/seances/{meeting}/tenue", "_form=close|version={m}", 303, "meeting.close", ""},
	{"no more papers", secretary, "/fr/points/{item:Ouvrir le registre}", "_form=paper|kind=annex|title=Trop tard pour elle|@file=a.txt\nx", 409, "", "La séance est finie"},
	{"outside, the decision is kept", anonymous, "/fr/points/{item:Ouvrir le registre}", "", 200, "", "Ouvrir le registre"},
	{"published unread", secretary, "/fr/points/{item:Ouvrir le registre}", "_form=decision_publish.{decision:Ouvrir le registre}|version=1", 422, "", "Confirmez avoir relu"},
	{"published by another directorate", cleaning, "/fr/points/{item:Ouvrir le registre}", "_form=decision_publish.{decision:Ouvrir le registre}|version=1|reviewed=true", 403, "", ""},
	{"published from an older page", secretary, "/fr/points/{item:Ouvrir le registre}", "_form=decision_publish.{decision:Ouvrir le registre}|version=2|reviewed=true", 409, "", ""},
	{"published", secretary, "/fr/points/{item:Ouvrir le registre}", "_form=decision_publish.{decision:Ouvrir le registre}|version=1|reviewed=true", 303, "decision.publish", ""},
	{"published twice", secretary, "/fr/points/{item:Ouvrir le registre}", "_form=decision_publish.{decision:Ouvrir le registre}|version=2|reviewed=true", 409, "", "déjà publique"},
	{"outside, the decision is read", anonymous, "/fr/points/{item:Ouvrir le registre}", "", 200, "", "Ouvrir le registre le 1er mai"},
	{"and not why another was put off", anonymous, "/fr/points/{item:Choisir un fournisseur}", "", 404, "", ""},
}

var minuting = []step{
	{"by a member", roads, "/fr/seances/{meeting}/proces-verbal", "_form=draft", 403, "", ""},
	{"written", secretary, "/fr/seances/{meeting}/proces-verbal", "_form=draft", 303, "minutes.draft", "s’est déporté·e"},
	{"with what must be done", secretary, "/fr/seances/{meeting}/proces-verbal", "", 200, "", "Écrire au préfet"},
	{"nothing new", secretary, "/fr/seances/{meeting}/proces-verbal", "_form=edit|version={minutes}", 409, "", "Rien n’a changé"},
	{"published before it is approved", secretary, "/fr/seances/{meeting}/proces-verbal", "_form=publish|version={minutes}|reviewed=true", 409, "", "Le procès-verbal"},
	{"by an older page", secretary, "/fr/seances/{meeting}/proces-verbal", "_form=edit|version=8|text.opening=La séance est ouverte à l’heure.", 409, "", "entre-temps"},
	{"worded by hand", secretary, "/fr/seances/{meeting}/proces-verbal", "_form=edit|version={minutes}|text.opening=La séance est ouverte à l’heure.", 303, "minutes.edit", "La séance est ouverte à l’heure."},
	{"outside, it is not there", anonymous, "/fr/seances/{meeting}/proces-verbal", "", 404, "", ""},
	{"approved", secretary, "/fr/seances/{meeting}/proces-verbal", "_form=approve|version={minutes}", 303, "minutes.approve", ""},
	{"signed on a day to come", secretary, "/fr/seances/{meeting}/proces-verbal", "_form=signed|version={minutes}|who=president|on=2018-12-01", 422, "", "2018"},
	{"signed by nobody", secretary, "/fr/seances/{meeting}/proces-verbal", "_form=signed|version={minutes}|who=witness|on=2018-03-22", 422, "", ""},
	{"a signature that a member notes", roads, "/fr/seances/{meeting}/proces-verbal", "_form=signed|version={minutes}|who=president|on=2018-03-22", 403, "", ""},
	{"the president signed", secretary, "/fr/seances/{meeting}/proces-verbal", "_form=signed|version={minutes}|who=president|on=2018-03-22", 303, "minutes.signed", "noté d’après l’original"},
	{"a passage that is not in it", secretary, "/fr/seances/{meeting}/proces-verbal", "_form=mask|version={minutes}|mask.opening=un nom absent", 422, "", "un nom absent"},
	{"masked", secretary, "/fr/seances/{meeting}/proces-verbal", "_form=mask|version={minutes}|mask.opening=à l’heure", 303, "minutes.mask", ""},
	{"published unread", secretary, "/fr/seances/{meeting}/proces-verbal", "_form=publish|version={minutes}", 422, "", "Confirmez avoir relu"},
	{"published", secretary, "/fr/seances/{meeting}/proces-verbal", "_form=publish|version={minutes}|reviewed=true", 303, "minutes.publish", ""},
	{"read by everybody", anonymous, "/fr/seances/{meeting}/proces-verbal", "", 200, "", "La séance est ouverte"},
}

const back = "_form=return|@file=retour.csv\nref;digest;number;signed_on;received_on\n{formal};"

var formalising = []step{
	until("2018-03-26 17:00"),
	{"a deliberation of a committee that is no assembly", secretary, "/fr/actes", "decision={decision:Ouvrir le registre}|kind=deliberation|" + act2, 422, "", "Seul un conseil délibère"},
	{"an order that nobody signs", secretary, "/fr/actes", "decision={decision:Ouvrir le registre}|kind=arrete|" + act2, 422, "", ""},
	{"a matter that is no code", secretary, "/fr/actes", "decision={decision:Ouvrir le registre}|kind=arrete|signatory=Le maire|" + strings.Replace(act2, "8.8", "huit", 1), 422, "", "Choisissez une matière de la nomenclature"},
	{"an act", secretary, "/fr/actes", "decision={decision:Ouvrir le registre}|kind=arrete|signatory=Le maire|" + act2, 303, "formal.prepare", "Ouverture du registre"},
	{"its file is read before it is handed over", secretary, "/fr/actes/{formal}/fichier", "", 200, "", "manifest.json"},
	{"that of the meeting holds what was handed over", secretary, "/fr/seances/{meeting}/actes", "", 409, "", "remettez-les d’abord"},
	{"published before it is signed", secretary, "/fr/actes/{formal}", "_form=publish|do=publish|version={f}|reviewed=true", 409, "", ""},
	{"handed over", secretary, "/fr/actes/{formal}", "_form=send|do=send|version={f}", 303, "formal.send", ""},
	{"no file", secretary, "/fr/retours", "_form=return", 422, "", "Choisissez le fichier de retour"},
	{"a file that is none", secretary, "/fr/retours", "_form=return|@file=retour.csv\n\x00\x01\x02", 422, "", "Ce fichier est abîmé"},
	{"a return that is read", secretary, "/fr/retours", back + "0000;412;2018-03-23;2018-03-26\n", 303, "", "L’empreinte n’est pas celle du texte remis"},
	{"with a wrong digest it is not taken", secretary, "/fr/retours/{staged}", "_form=apply", 409, "", "L’empreinte n’est pas celle du texte remis"},
	{"another's reading", cleaning, "/fr/retours/{staged}", "", 404, "", ""},
	{"the right one", secretary, "/fr/retours", back + "{digest};412;2018-03-23;2018-03-26\n", 303, "", "26 mars 2018"},
	{"taken", secretary, "/fr/retours/{staged}", "_form=apply", 303, "formal.return", ""},
	{"taken twice", secretary, "/fr/retours/{staged:same}", "_form=apply", 404, "", "a été appliqué"},
	{"outside, not yet", anonymous, "/fr/actes/{formal}", "", 404, "", ""},
	{"published unread", secretary, "/fr/actes/{formal}", "_form=publish|do=publish|version={f}", 422, "", "relu"},
	{"published", secretary, "/fr/actes/{formal}", "_form=publish|do=publish|version={f}|reviewed=true", 303, "formal.publish", ""},
	{"read by everybody", anonymous, "/fr/actes/{formal}", "", 200, "", "Ouverture du registre"},
	{"asked to reconsider before it was signed", secretary, "/fr/actes/{formal}", "_form=appeal|do=appeal|version={f}|received=2018-03-01", 422, "", "ne peut précéder la signature, le 23 mars 2018"},
	{"asked to reconsider", secretary, "/fr/actes/{formal}", "_form=appeal|do=appeal|version={f}|received=2018-03-26", 303, "formal.appeal", "27 juillet 2018"},
}
