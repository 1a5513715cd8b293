package app

import (
	"net/url"
	"slices"
)

// councilForms are the forms of committees, meetings, sittings, items and minutes: those of a meeting that was held
// and of one that is prepared, and those of one that sits.
func councilForms(w *town, s things) map[string][]sent {
	meeting := one[string](w, `SELECT id FROM council_meeting WHERE number = $1`, s.council["meeting"])
	sits := one[string](w, `SELECT id FROM council_meeting WHERE number = $1`, heldAgenda)
	return map[string][]sent{
		"council.committees.new": {{name: "", form: fill("code=ESSAI", "kind=copil", "name=Comité d’essai", "mission=Essayer", "quorum=half", "voting=majority", "method=show", "powers_max=1", "notice=7", "lock_days=3")}},
		"council.committee":      w.committeeDeeds(),
		"council.deadlines":      w.deadlineDeeds(),
		"council.meeting":        w.meetingDeeds(s, meeting),
		"council.hold":           append(w.sittingDeeds(sits), w.openDeeds()...),
		"council.item":           w.itemDeeds(s),
		"council.minutes":        w.minutesDeeds(),
		"council.concern": append(deeds([]string{"interest", "event=recuse", "nature=family", "note=Un proche"}),
			on("number", w.question(shunned), deeds([]string{"clear", "post=" + string(w.postOf("DIR-DVD")), "note=Avis du 3"}))...),
		"council.list": on("meeting", "CM-2018-1", deeds([]string{"list", "version=1", "reviewed=true"})),
	}
}

func (w *town) committeeDeeds() []sent {
	committee := one[string](w, `SELECT id FROM council_committee WHERE code = 'COPIL'`)
	version := "version=" + w.version("council_committee", committee)
	seat := w.seatOf("DIR-DVD")
	ordered := func(status string) string {
		return one[string](w, `SELECT id FROM portfolio_action WHERE committee = $1 AND status = $2 ORDER BY id LIMIT 1`, committee, status)
	}
	return append(deeds([]string{"seat", "post=" + string(w.postOf("DIR-DJS")), "role=member", "from=2018-03-12"}, []string{"end." + seat, "last=2018-03-31"},
		[]string{"revise", version, "code=COPIL", "kind=copil", "name=Comité de pilotage", "mission=Suivre", "quorum=half", "voting=majority", "method=show", "powers_max=2", "notice=5", "lock_days=2", "public=true"},
		[]string{"close", version, "reason=Fin du mandat"}, []string{"prepare", "day=2018-05-15", "clock=14:30", "minutes=90", "place=Hôtel de Ville"}),
		w.followed(ordered("open"), ordered("done"))...)
}

// followed are the forms that say what became of an action item.
func (w *town) followed(action, done string) []sent {
	version := "version=" + w.version("portfolio_action", action)
	unit := one[string](w, `SELECT unit FROM portfolio_action WHERE id = $1`, action)
	return deeds([]string{"reopen." + done, versioned(w, "portfolio_action", done), "reason=Pas tout à fait"}, []string{"finish." + action, version, "note=Fait"}, []string{"put_off." + action, version, "unit=" + unit, "due=2018-06-01"},
		[]string{"drop." + action, version, "reason=Sans objet"})
}

func (w *town) deadlineDeeds() []sent {
	which := w.deadline("Conférence préparatoire")
	fields := []string{"name=Conférence", "days=5", "side=before", "counting=working"}
	return deeds(append([]string{"add_deadline"}, fields...), append([]string{"revise_deadline." + which, "version=1"}, fields...), []string{"end_deadline." + which, "version=1"})
}

func (w *town) deadline(name string) string {
	return one[string](w, `SELECT DISTINCT thread FROM council_deadline WHERE name_fr = $1`, name)
}

// seatOf is the seat of a post in the steering committee.
func (w *town) seatOf(post string) string {
	return one[string](w, `SELECT m.id FROM council_member m JOIN council_committee c ON c.id = m.committee WHERE c.code = 'COPIL' AND m.post = $1`, string(w.postOf(post)))
}

func (w *town) meetingDeeds(s things, meeting string) []sent {
	version := "version=" + w.version("council_meeting", meeting)
	waiting := one[string](w, `SELECT id FROM portfolio_arbitration WHERE number = $1`, s.arbitration)
	return slices.Concat(deeds([]string{"move", version, "day=2018-03-27", "clock=10:00", "minutes=60", "place=Mairie"}, []string{"convene", version, "urgency=Un marché finit"},
		[]string{"cancel", version, "reason=Trop peu de monde"}, []string{"add", "nature=info", "title=Un point d’essai", "minutes=10", "rapporteur=" + s.post, "late=Urgent"},
		[]string{"questions", "questions=" + waiting, "nature=opinion", "late=Urgent"}, []string{"order." + s.council["item"], "to=1"},
		[]string{"say." + w.seatOf("DIR-DSI"), "answer=excused"}, []string{"met." + w.deadline("Pièces déposées et relues")}),
		on("meeting", nextAgenda, deeds([]string{"takeup." + first(w, `SELECT i.id FROM council_item i JOIN council_meeting m ON m.id = i.meeting WHERE m.title = $1 AND i.status = 'postponed'`, overSession)})),
		on("meeting", nextSession, deeds([]string{"approvals"})),
		[]sent{{name: "sheet", form: url.Values{"_form": {"sheet"}, "kind": {"report"}, "title": {"Une feuille"}, "@file": {"feuille.txt\nUne feuille"}}}})
}

func (w *town) sittingDeeds(meeting string) []sent {
	item := one[string](w, `SELECT id FROM council_item WHERE meeting = $1 AND rank = 1`, meeting)
	ballot := one[string](w, `SELECT id FROM council_ballot WHERE motion = $1`, underVote)
	dsi, point := w.seatOf("DIR-DSI"), "point="+item
	voices := []string{"count." + ballot, point}
	for _, post := range []string{"PDT-COPIL", "ADJ-PRO", "ADJ-VOI", "SGV", "DIR-DPE", "DIR-DVD", "DIR-DSI"} {
		voices = append(voices, "voice."+w.seatOf(post)+"=for")
	}
	return deeds([]string{"leave", "members=" + dsi},
		[]string{"cast." + ballot, point, "choice=for", "member=" + dsi}, voices, []string{"ballot_cancel." + ballot, point, "reason=Motion mal posée"},
		[]string{"debate", point, "version=" + w.version("council_item", item), "debate=Il a été dit que oui."},
		[]string{"interest", point, "event=recuse", "nature=shares", "post=" + string(w.postOf("DIR-DSI"))})
}

// openDeeds are those of the sitting that is open and in which no vote is under way, and of the one broken off.
func (w *town) openDeeds() []sent {
	open := one[string](w, `SELECT id FROM council_meeting WHERE title = $1`, openSession)
	version, late := versioned(w, "council_meeting", open), first(w, `SELECT m.id FROM council_member m WHERE m.committee = (SELECT committee FROM council_meeting WHERE id = $1)
		AND m.id NOT IN (SELECT member FROM council_presence WHERE meeting = $1) ORDER BY m.id`, open)
	item := func(rank int) string {
		return one[string](w, `SELECT id FROM council_item WHERE meeting = $1 AND rank = $2`, open, rank)
	}
	decide := "point=" + item(2)
	broken := one[string](w, `SELECT id FROM council_meeting WHERE title = $1`, brokenOff)
	return append(on("meeting", w.sessionNumber(openSession), deeds([]string{"arrive", "members=" + late}, []string{"suspend", version, "reason=Pause"}, []string{"close", version},
		[]string{"ballot", "point=" + item(1), "motion=Une motion", "method=secret"},
		[]string{"note", "point=" + item(3), versioned(w, "council_item", item(3)), "debate=Le comité prend acte."},
		[]string{"preside", "point=" + item(1), versioned(w, "council_item", item(1)), "president=" + string(w.postOf("PDT-COPIL"))},
		[]string{"decide", decide, versioned(w, "council_item", item(2)), "result=adopted", "motive=Le besoin est établi.", "for=residents", "basis=CGCT L2122-18", "when=2018-04-01"})),
		on("meeting", w.sessionNumber(brokenOff), deeds([]string{"resume", versioned(w, "council_meeting", broken)}))...)
}

func (w *town) sessionNumber(title string) string {
	w.t.Helper()
	return one[string](w, `SELECT number FROM council_meeting WHERE title = $1`, title)
}

func (w *town) itemDeeds(s things) []sent {
	item, paper := s.council["item"], s.council["paper"]
	version := "version=" + w.version("council_item", item)
	kept := first(w, `SELECT id FROM council_decision WHERE visibility <> 'public' AND number LIKE $1 ORDER BY id`, "D-%")
	own := on("item", first(w, `SELECT item FROM council_decision WHERE id = $1`, kept), deeds([]string{"decision_publish." + kept, "version=1", "reviewed=true"}))
	return append(append(own, deeds([]string{"revise_item", version, "nature=decision", "title=Un autre titre", "summary=Autrement dit", "minutes=30", "rapporteur=" + s.post, "late=Urgent"},
		[]string{"withdraw", version, "reason=Sans objet"}, []string{"postpone", version, "reason=Incomplet"},
		[]string{"paper_withdraw." + paper, "reason=Remplacée"}, []string{"paper_publish." + paper},
		[]string{"interest", "event=recuse", "nature=family", "note=Un proche"}, []string{"interest", "event=recuse", "nature=family", "post=" + string(w.postOf("DIR-DVD"))},
		[]string{"clear", "post=" + string(w.postOf("DIR-DSI")), "note=Avis du 3"})...),
		sent{name: "paper", form: url.Values{"_form": {"paper"}, "kind": {"report"}, "title": {"Une pièce"}, "@file": {"piece.txt\nUne pièce"}}})
}

// minutesDeeds write the minutes of the sitting that has none, edit and approve those that are a draft, mask and publish
// those that were approved.
func (w *town) minutesDeeds() []sent {
	of := func(title string) string {
		return versioned(w, "council_minutes", first(w, `SELECT n.id FROM council_minutes n JOIN council_meeting m ON m.id = n.meeting WHERE m.title = $1`, title))
	}
	draft, fixed := of(toldSession), of(fixedSession)
	return append(append(on("meeting", w.sessionNumber(overSession), deeds([]string{"draft"})),
		on("meeting", w.sessionNumber(toldSession), deeds([]string{"edit", draft, "text.opening=Autrement dit"}, []string{"approve", draft}))...),
		on("meeting", w.sessionNumber(fixedSession), deeds([]string{"mask", fixed, "mask.opening=Hôtel"}, []string{"publish", fixed, "reviewed=true"},
			[]string{"signed", fixed, "who=president", "on=2018-03-12"}))...)
}
