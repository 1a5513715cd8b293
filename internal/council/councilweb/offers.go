package councilweb

import (
	"maps"
	"net/http"

	"parvis/internal/council"
	"parvis/internal/id"
	"parvis/internal/web"
)

// offers are the verbs of the deeds that a page about a committee or a meeting may hold out.
func offers(route string) []string {
	switch route {
	case "council.committee":
		return []string{"committee.revise", "committee.close", "member.seat", "member.end", "meeting.prepare"}
	case "council.meeting":
		return []string{"meeting.convene", "meeting.prepare", "meeting.revise", "meeting.cancel", "meeting.call", "attendance.say", "item.add", "item.order", "paper.add"}
	case "council.hold":
		return []string{"meeting.open", "meeting.suspend", "meeting.resume", "meeting.close", "presence.arrive"}
	case "council.minutes":
		return []string{"minutes.draft", "minutes.edit", "minutes.approve", "minutes.mask", "minutes.publish", "minutes.signed"}
	}
	return nil
}

// itemOffers are the verbs of the deeds about the item at hand, on its own page or on the screen of the sitting.
func itemOffers(route string) []string {
	if route == "council.item" {
		return []string{"item.revise", "item.postpone", "item.withdraw", "paper.add", "paper.withdraw", "paper.publish", "ballot.open", "decision.publish"}
	}
	return []string{"item.debate", "item.note", "item.preside", "ballot.open", "decision.adopt", "decision.advise"}
}

// atHand adds to a page what keeps its item from being voted on, and the deeds that it holds out about it.
func (p *Pages) atHand(r *http.Request, view *fileView, i council.ItemFile) error {
	if err := p.await(r, view, i.Item); err != nil {
		return err
	}
	v := web.From(r).Visitor
	may, err := p.Room.Offered(r.Context(), v, view.File, i, itemOffers(view.Route)...)
	maps.Copy(view.May, may)
	return err
}

// speak lets whoever holds several posts act through the one that speaks in the meeting, unless the form names another.
func (v fileView) speak(r *http.Request, i council.ItemFile) {
	if r.PostForm.Get("as") == "" {
		r.PostForm.Set("as", string(v.File.Speaks(web.From(r).Visitor, i)))
	}
}

// awaits tells whether the item at hand waits for what the committee decides, or to be taken note of. A vote under way on
// whatever it is keeps every item where it is.
func (v fileView) awaits(i council.ItemFile) bool {
	free := !v.voting() && (i.Nature == council.ForInfo || !v.bound(i))
	return v.Meeting.Status == council.Opened && i.Status == council.Listed && free
}

// pronounces tells whether the reader may say what the committee decides on the item at hand, or take note of it.
func (v fileView) pronounces(i council.ItemFile) bool {
	switch i.Nature {
	case council.ForInfo:
		return v.May["item.note"]
	case council.ForOpinion:
		return v.May["decision.advise"]
	}
	return v.May["decision.adopt"]
}

// ahead tells whether the meeting is still to be held.
func (v fileView) ahead() bool {
	return v.Inside && !v.Meeting.Held() && v.Meeting.Status != council.Cancelled
}

// mayAdd tells whether the agenda is open to the reader: once it is locked to the presidency alone, on a second call to
// nobody.
func (v fileView) mayAdd() bool {
	return v.ahead() && v.May["item.add"] && v.Meeting.Again == "" && (!v.Meeting.Locked(v.Today) || v.Chairs)
}

// conducts tells whether the page holds out anything about the meeting itself.
func (v fileView) conducts() bool {
	return v.May["meeting.convene"] || v.May["meeting.prepare"] || v.May["meeting.revise"] || v.May["meeting.cancel"] || v.May["paper.add"]
}

// declares tells whether the reader may say something of interests: their own, or as the bureau those of others.
func (v itemView) declares() bool { return v.MayAct && (len(v.Mine) > 0 || v.Bureau) }

// clears tells whether the reader may end what somebody else declared: as the deontologist, as the bureau where there is none.
func (v itemView) clears() bool {
	return v.MayAct && (v.Advises || v.Bureau && v.Adviser == "") && len(concerned(v.Declared, v.Book)) > 0
}

// ender is the post by which the deontologist ends it, "" for the bureau, which has its own.
func (v itemView) ender() id.ID {
	if v.Advises {
		return v.Adviser
	}
	return ""
}

// moves tells whether the item may be reworded, put off or withdrawn: it is still to be dealt with, and nobody votes.
func (v itemView) moves() bool { return v.Status == council.Listed && !v.voting() }

// voted tells whether a vote is open on the item: its papers stay as they are.
func (v itemView) voted() bool {
	on, _, open := v.OpenBallot()
	return open && on.ID == v.ID
}

// dealtWith tells whether the item at hand was dealt with, at a meeting that is over: its papers prepare nothing any more.
func (v fileView) dealtWith() bool {
	i, ok := v.File.Item(v.Point)
	return ok && i.Settled() && v.Meeting.Held()
}

// acts tells whether the page of an item holds out anything.
func (v itemView) acts() bool {
	return v.declares() || v.clears() || v.moves() && (v.May["item.revise"] || v.May["item.postpone"] || v.May["item.withdraw"])
}
