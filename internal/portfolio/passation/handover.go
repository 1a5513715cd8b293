package passation

import (
	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/id"
)

// Status is where a handover stands.
type Status string

// A handover is open until nothing in it waits; it is dropped when nobody leaves after all.
const (
	Open     Status = "open"
	Complete Status = "complete"
	Dropped  Status = "dropped"
)

// Handover is what passes from who leaves a post to who takes it.
type Handover struct {
	ID        id.ID
	Version   int64
	Year, Seq int
	Number    string // T-2018-1
	Post      id.ID
	Holder    id.ID        // who leaves: the affectation or term of office
	LeavesOn  calendar.Day // first day without that holder
	Interim   id.ID        // post that keeps it all meanwhile, "" for none
	Status    Status
	StatusOn  calendar.Day
	Note      string
	OpenedBy  id.ID // post; "" when the departure itself opened it
	OpenedOn  calendar.Day
}

// Ref names the handover in acts.
func (h Handover) Ref() act.Ref { return act.Ref{Type: "handover", ID: h.ID} }

// ItemStatus is where one thing stands.
type ItemStatus string

// A thing is listed, handed over by one side and taken by the other; it is released when the post no
// longer holds it (the project ended, another post took it).
const (
	Listed   ItemStatus = "listed"
	Handed   ItemStatus = "handed"
	Taken    ItemStatus = "taken"
	Released ItemStatus = "released"
)

// How a thing was handed over.
const (
	ByHolder  = "holder"  // by the one who leaves
	ByInterim = "interim" // by the post that keeps it meanwhile
	Absent    = "absent"  // for want of both
)

// Checklist is what must be known of a thing before it passes on.
type Checklist struct {
	State    string // where it stands
	Next     string // what is to be done first
	Papers   string // where papers and accesses are
	Contacts string // which posts and partners to speak to
}

// Complete tells whether nothing is left blank.
func (c Checklist) Complete() bool {
	return c.State != "" && c.Next != "" && c.Papers != "" && c.Contacts != ""
}

// Item is one thing that is handed over.
type Item struct {
	ID       id.ID
	Version  int64
	Handover id.ID
	Rank     int
	Kind     string
	Thing    act.Ref
	Label    string
	Due      calendar.Day
	Checklist
	Status   ItemStatus
	HandedBy id.ID
	HandedAs string
	HandedOn calendar.Day
	TakenBy  id.ID
	TakenAs  id.ID
	TakenOn  calendar.Day
	Reserve  string
}

// Waits tells whether somebody has still to sign.
func (i Item) Waits() bool { return i.Status == Listed || i.Status == Handed }

// Progress is how far a handover is.
type Progress struct{ Things, Described, Handed, Taken int }

// Measure counts what is described, handed over and taken; released things count for nothing.
func Measure(items []Item) (p Progress) {
	for _, i := range items {
		if i.Status == Released {
			continue
		}
		p.Things++
		if i.Complete() {
			p.Described++
		}
		if i.Status != Listed {
			p.Handed++
		}
		if i.Status == Taken {
			p.Taken++
		}
	}
	return p
}
