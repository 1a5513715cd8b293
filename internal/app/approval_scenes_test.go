package app

import "testing"

// keeper keeps the papers of the city council: Claire Delmas, secretary general.
const keeper = administrator

// The next session of the city council, called to approve the minutes of the one before.
func TestTheApprovalOfMinutesIsPutOnTheAgenda(t *testing.T) {
	t.Parallel()
	p := newPlay(t)
	const item = ` FROM council_item WHERE subject_type = 'meeting' ORDER BY id DESC LIMIT 1`
	p.words["item"] = func(string) string { return one[string](p.town, `SELECT id`+item) }
	p.words["i"] = func(string) string { return one[string](p.town, `SELECT CAST(version AS TEXT)`+item) }
	p.words["last"] = func(string) string {
		return one[string](p.town, `SELECT id FROM council_item ORDER BY id DESC LIMIT 1`)
	}
	p.words["post"] = func(code string) string { return string(p.postOf(code)) }
	p.tell(approving)
}

var approving = []step{
	{"the minutes that wait are on another agenda", keeper, "/fr/seances/CM-2018-2", "_form=approvals", 303, "item.add item.order", "Approbation du procès-verbal"},
	{"twice", keeper, "/fr/seances/CM-2018-2", "_form=approvals", 409, "", "l’approbation est déjà à l’ordre du jour"},
	{"taken off to be read again", keeper, "/fr/points/{item}", "_form=withdraw|version={i}|reason=Le texte est à relire", 303, "item.withdraw", "Le point est retiré"},
	{"a councillor puts nothing on the agenda", chair, "/fr/seances/CM-2018-2", "as={post:ADJ-NUM}|_form=approvals", 403, "", ""},
	{"it waits", keeper, "/fr/seances/CM-2018-2", "", 200, "", "Un procès-verbal attend d’être approuvé"},
	{"put at the head of the agenda", keeper, "/fr/seances/CM-2018-2", "_form=approvals", 303, "item.add item.order", "Approbation du procès-verbal"},
	{"a committee that is no council", secretary, "/fr/seances/COPIL-2018-2", "_form=approvals", 409, "", "Aucun procès-verbal n’attend"},
	{"the item leads to the text", chair, "/fr/points/{item}", "", 200, "", "Adopter ce point arrête le procès-verbal"},
	{"outside, it does not", anonymous, "/fr/points/{item}", "", 200, "", "Approbation du procès-verbal"},
	{"another session", keeper, "/fr/comites/CM", "_form=prepare|day=2018-04-16|clock=18:00|title=Séance d’avril", 303, "meeting.prepare", "Séance d’avril"},
	{"a matter without its note", keeper, "/fr/seances/CM-2018-3", "_form=add|nature=decision|title=Garantie d’emprunt", 303, "item.add", "Une affaire n’a pas sa note explicative de synthèse"},
	{"the notice does not leave", keeper, "/fr/seances/CM-2018-3", "_form=convene|version=1", 422, "", "Il manque une note explicative de synthèse (CGCT, art. L2121-12) : Garantie d’emprunt"},
	{"its own page says so", keeper, "/fr/points/{last}", "", 200, "", "Cette affaire n’a pas sa note explicative de synthèse"},
	{"its note is written", keeper, "/fr/points/{last}", "_form=revise_item|version=1|nature=decision|title=Garantie d’emprunt|summary=Un prêt de 2 M€ à l’office, sur vingt ans.", 303, "item.revise", "Note explicative de synthèse"},
	{"the notice leaves", keeper, "/fr/seances/CM-2018-3", "_form=convene|version=1", 303, "meeting.convene", ""},
	{"what is added after it brings its note", keeper, "/fr/seances/CM-2018-3", "_form=add|nature=decision|title=Une subvention", 422, "", "Il manque une note explicative de synthèse (CGCT, art. L2121-12) : Une subvention"},
	{"and is sent with it", keeper, "/fr/seances/CM-2018-3", "_form=add|nature=decision|title=Une subvention|summary=Mille euros au club d’aviron.", 303, "item.add", "Une subvention"},
}
