package councilweb

import "parvis/internal/council"

// offers are the verbs of the deeds that a page about a meeting may hold out.
func offers(route string) []string {
	switch route {
	case "council.meeting":
		return []string{"meeting.convene", "meeting.prepare", "meeting.revise", "meeting.cancel", "meeting.call", "attendance.say", "item.add", "item.order", "paper.add"}
	case "council.item":
		return []string{"item.revise", "item.postpone", "item.withdraw", "paper.add", "paper.withdraw", "paper.publish", "ballot.open"}
	case "council.hold":
		return []string{"meeting.open", "meeting.suspend", "meeting.resume", "meeting.close", "presence.arrive", "item.debate", "ballot.open"}
	case "council.minutes":
		return []string{"minutes.draft", "minutes.edit", "minutes.approve", "minutes.mask", "minutes.publish", "minutes.signed"}
	}
	return nil
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

// declares tells whether the reader may say something of interests: their own, or as the bureau and the deontologist.
func (v itemView) declares() bool { return len(v.Mine) > 0 || v.Bureau || v.Advises }

// acts tells whether the page of an item holds out anything.
func (v itemView) acts() bool {
	return v.declares() || v.Status == council.Listed && (v.May["item.revise"] || v.May["item.postpone"] || v.May["item.withdraw"])
}
