package council

import (
	"time"

	"parvis/internal/calendar"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

// The shapes in which queries answer. All of them hold only what the visitor may read.

// CommitteeLine is a line of the list of committees.
type CommitteeLine struct {
	Committee
	Seats int     // that vote, today
	Next  Meeting // the next meeting that the visitor may know of; zero when there is none
	Last  Meeting // the last one held
}

// CommitteeFile is the page of a committee.
type CommitteeFile struct {
	Committee
	Members  []Member // seats of today, whose post somebody holds (I27), then vacant ones
	Vacant   map[id.ID]bool
	Former   []Member
	Meetings []Meeting // the last first
	Actions  []portfolio.Action
	PutOff   []Item // items put off to a meeting that is not set
	Decided  []Decision
	Posts    map[id.ID]portfolio.Post
	Units    map[id.ID]portfolio.Unit
	Bureau   bool // the visitor presides it or keeps its papers

	Interests []InterestYear // the last year first
}

// InterestYear is how many interests were declared in a year about the matters of a committee: a figure, and of nobody.
type InterestYear struct {
	Year     string
	Declared int // whatever was said, « none » too
	Recused  int // of these, recusals that stand
}

// File is a meeting with everything on its table.
type File struct {
	Committee Committee
	Meeting   Meeting
	Told      map[id.ID]Told // by seat, once it is convened
	Listed    bool           // the list of its deliberations is published
	Calls     []Meeting      // its first call when it is a second one; the second one when it lacked its quorum
	Assembly  Assembly
	Now       time.Time // of the reading
	Base      Base      // of the whole meeting, nobody recused
	Items     []ItemFile
	Papers    []Paper           // of the meeting itself
	Deadlines []MeetingDeadline // that the committee sets itself, the earliest first; inside alone
	Minutes   Minutes           // zero while there are none, or none that the visitor may read
	Actions   []portfolio.Action
	Questions map[id.ID]portfolio.AskedQuestion
	Projects  map[id.ID]portfolio.Summary
	Posts     map[id.ID]portfolio.Post
	Units     map[id.ID]portfolio.Unit
	Mine      []Member // seats of the visitor
	Bureau    bool     // the visitor presides or keeps the minutes
	Adviser   id.ID    // post of the deontologist, "" while nobody holds it
	Advises   bool     // the visitor holds it
	Inside    bool
}

// ItemFile is an item with its papers, votes and decision. Withheld: the visitor is recused, and reads its
// title alone.
type ItemFile struct {
	Item
	Withheld  bool
	Closed    bool // outside: not even its title may be known
	Question  *portfolio.AskedQuestion
	Project   *portfolio.Summary
	Papers    []Paper    // the editions in force first, older ones after, by document
	Interests []Interest // who withdrew, and nothing of why
	Declared  []Interest // in full: one's own declarations; to the bureau, everybody's
	Ballots   []BallotFile
	Decision  *Decision
	Act       ActName // of the deliberation that a council made of it; outside, once that is public
	From      *MovedFrom
}

// MovedFrom is the meeting at which an item was put off.
type MovedFrom struct {
	Number string
	Day    calendar.Day
	Note   string
}

// BallotFile is a vote with its voices, and, while it is open, who may give one.
type BallotFile struct {
	Ballot
	Voices []Voice
	Seats  []Seat
}

// OpenBallot is the vote that is open, if one is.
func (f File) OpenBallot() (ItemFile, BallotFile, bool) {
	for _, i := range f.Items {
		for _, b := range i.Ballots {
			if b.Status == BallotOpen {
				return i, b, true
			}
		}
	}
	return ItemFile{}, BallotFile{}, false
}

// Item finds an item of the file.
func (f File) Item(item id.ID) (ItemFile, bool) {
	for _, i := range f.Items {
		if i.ID == item {
			return i, true
		}
	}
	return ItemFile{}, false
}
