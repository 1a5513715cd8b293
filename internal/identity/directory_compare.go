package identity

import (
	"slices"
	"strconv"

	"parvis/internal/calendar"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/powers"
)

// EntryKind is one kind of difference between the file and the organisation.
type EntryKind string

// The kinds of differences, in the order in which they are applied.
const (
	Leaves   EntryKind = "leaves"   // holds no post any more
	Ends     EntryKind = "ends"     // one holding ends, others go on
	Arrives  EntryKind = "arrives"  // a person the city did not know
	Renames  EntryKind = "renames"  // the name changed
	Remails  EntryKind = "remails"  // the address changed, or is new
	Takes    EntryKind = "takes"    // takes up a post
	Requotes EntryKind = "requotes" // the working time changed
	Prolongs EntryKind = "prolongs" // a holding goes on for longer
)

// Entry is one difference. Posts and persons to create have no id yet.
type Entry struct {
	Kind      EntryKind
	Matricule string
	Name      string
	Unit      string       // code of the unit
	Title     string       // of the post
	Day       calendar.Day // first day of what begins; first day without what ends
	Before    string
	After     string
	NewPost   bool // no post of that title is free: one is created

	Given, Family, Email string
	PersonID             id.ID
	PostID, HolderID     id.ID
	UnitID               id.ID
	Quotity              int64
	To                   calendar.Day // open end: Forever
}

// Difference is what applying a file would do, or why it cannot be applied.
type Difference struct {
	Entries []Entry
	Defects []Defect
	Staff   int    // persons who hold a post by affectation today
	Digest  string // of the entries: what an administrator approves
}

// Count counts the entries of a kind.
func (d Difference) Count(kind EntryKind) int {
	n := 0
	for _, e := range d.Entries {
		if e.Kind == kind {
			n++
		}
	}
	return n
}

// Alarming tells whether so many would leave that the file is more likely cut short than right.
func (d Difference) Alarming() bool {
	left := d.Count(Leaves)
	return left >= 5 && left*5 > d.Staff
}

// staff is the organisation as it stands, indexed for the comparison.
type staff struct {
	units    map[string][]powers.RosterUnit // by code, folded name, folded short name
	unitOf   map[id.ID]powers.RosterUnit
	seats    map[id.ID][]powers.RosterSeat  // by unit
	codes    map[string]bool                // of posts
	people   map[string]powers.RosterPerson // by matricule
	personOf map[id.ID]powers.RosterPerson
	held     map[id.ID][]powers.RosterSeat // by person, affectations
	accounts map[id.ID]Account             // by person
	owners   map[string]Account            // by e-mail
}

// comparison goes through the file line by line.
type comparison struct {
	staff
	day       calendar.Day
	diff      Difference
	confirmed map[int]bool           // lines that a holding confirms
	kept      map[id.ID]bool         // holdings that a line confirms
	until     map[id.ID]calendar.Day // first day without, of the holdings whose end changes
	used      map[id.ID]bool         // posts that an entry takes
	mails     map[string]string      // e-mail to matricule, within the file
}

func compare(rows []staffRow, now staff, day calendar.Day) Difference {
	c := comparison{staff: now, day: day, confirmed: map[int]bool{}, kept: map[id.ID]bool{}, until: map[id.ID]calendar.Day{},
		used: map[id.ID]bool{}, mails: map[string]string{}}
	c.diff.Staff = len(now.held)
	order, groups := grouped(rows)
	for _, matricule := range order {
		c.keep(groups[matricule])
	}
	c.endings(groups)
	for _, matricule := range order {
		c.person(groups[matricule])
		c.takings(groups[matricule])
	}
	slices.SortStableFunc(c.diff.Entries, func(a, b Entry) int { return rank(a.Kind) - rank(b.Kind) })
	return c.diff
}

func rank(k EntryKind) int {
	return slices.Index([]EntryKind{Leaves, Ends, Requotes, Prolongs, Arrives, Renames, Remails, Takes}, k)
}

func grouped(rows []staffRow) (order []string, groups map[string][]staffRow) {
	groups = map[string][]staffRow{}
	for _, r := range rows {
		if groups[r.Matricule] == nil {
			order = append(order, r.Matricule)
		}
		groups[r.Matricule] = append(groups[r.Matricule], r)
	}
	return order, groups
}

func (c *comparison) defect(place, key string, args ...any) {
	c.diff.Defects = append(c.diff.Defects, Defect{place, key, args})
}

// past tells whether the line is about a holding that is over.
func (c *comparison) past(r staffRow) bool { return r.Last.Before(c.day) }

// keep finds the holdings that lines confirm, and what changed in them.
func (c *comparison) keep(lines []staffRow) {
	person := c.people[lines[0].Matricule]
	for _, r := range lines {
		seat, ok := c.seatOf(person.ID, r)
		switch {
		case ok && c.past(r):
			c.until[seat.Holder] = max(r.Last.AddDays(1), seat.From)
		case ok:
			c.confirmed[r.Line] = true
			c.terms(r, c.keepAll(seat))
		}
	}
}

// keepAll confirms a holding with those that prolong it on the same post, in the order of their days.
func (c *comparison) keepAll(seat powers.RosterSeat) (chain []powers.RosterSeat) {
	for _, s := range c.held[seat.Person] {
		if s.Post == seat.Post {
			c.kept[s.Holder] = true
			chain = append(chain, s)
		}
	}
	return chain
}

// seatOf finds the holding that a line is about: same person, unit, and title or code of the post.
func (c *comparison) seatOf(person id.ID, r staffRow) (powers.RosterSeat, bool) {
	units := c.units[i18n.Fold(r.Unit)]
	for _, s := range c.held[person] {
		same := i18n.Fold(s.Title) == i18n.Fold(r.Title) || s.Code == r.Title
		begun := r.Last == "" || s.From <= r.Last
		if same && begun && !c.kept[s.Holder] && len(units) == 1 && units[0].ID == s.Unit {
			return s, true
		}
	}
	return powers.RosterSeat{}, false
}

// terms compares working time and last day with each holding of a chain.
func (c *comparison) terms(r staffRow, chain []powers.RosterSeat) {
	last := chain[len(chain)-1]
	end := last.To
	if r.Ends {
		end = calendar.Through(c.day, r.Last).To
	}
	for _, s := range chain {
		until := min(s.To, end)
		if s.Holder == last.Holder {
			until = end
		}
		c.term(r, s, max(until, s.From))
	}
}

// term says how one holding changes that must last until a day; a holding of no day never was.
func (c *comparison) term(r staffRow, s powers.RosterSeat, until calendar.Day) {
	e := c.about(s, Requotes)
	switch {
	case until > s.From && r.Quotity != 0 && r.Quotity != s.Quotity:
		e.Day, e.Quotity = max(c.day, s.From), r.Quotity
		e.Before, e.After = percent(s.Quotity), percent(r.Quotity)
	case until < s.To:
		e.Kind, e.Day, e.Before, e.After = Ends, until, lastDay(s), string(r.Last)
	case until > s.To:
		e.Kind, e.Day, e.Before, e.After = Prolongs, s.To, lastDay(s), string(r.Last)
	default:
		return
	}
	e.To, c.until[s.Holder] = until, until
	c.diff.Entries = append(c.diff.Entries, e)
}

// lastDay is the last day of a holding, "" when it is open.
func lastDay(s powers.RosterSeat) string {
	if s.Period.Open() {
		return ""
	}
	return string(s.Period.Last())
}

func percent(q int64) string { return strconv.FormatInt(q, 10) + " %" }

// about begins an entry on a holding.
func (c *comparison) about(s powers.RosterSeat, kind EntryKind) Entry {
	p := c.personOf[s.Person]
	return Entry{Kind: kind, Matricule: p.Matricule, Name: p.Name(), Unit: c.unitOf[s.Unit].Code, Title: s.Title, PersonID: s.Person,
		PostID: s.Post, HolderID: s.Holder, UnitID: s.Unit, Quotity: s.Quotity, To: s.To}
}

// endings ends the holdings that no line confirms. Somebody of whom none is left leaves; elected
// members, and whoever has no matricule, are not the directory's.
func (c *comparison) endings(groups map[string][]staffRow) {
	for _, p := range sortedPeople(c.people) {
		stays := false
		for _, s := range c.held[p.ID] {
			stays = stays || c.kept[s.Holder]
		}
		kind := Leaves
		if stays || slices.ContainsFunc(groups[p.Matricule], func(r staffRow) bool { return !c.past(r) }) {
			kind = Ends
		}
		for _, s := range c.held[p.ID] {
			if !c.kept[s.Holder] {
				e := c.about(s, kind)
				if e.Day = c.until[s.Holder]; e.Day == "" {
					e.Day = max(c.day, s.From)
				}
				c.until[s.Holder] = e.Day
				c.diff.Entries = append(c.diff.Entries, e)
			}
		}
	}
}

func sortedPeople(people map[string]powers.RosterPerson) []powers.RosterPerson {
	list := make([]powers.RosterPerson, 0, len(people))
	for _, p := range people {
		list = append(list, p)
	}
	slices.SortFunc(list, func(a, b powers.RosterPerson) int {
		if a.Matricule < b.Matricule {
			return -1
		}
		return 1
	})
	return list
}
