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
}
