package identity

import (
	"strconv"
	"strings"

	"parvis/internal/calendar"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/powers"
)

// person compares who the lines are about with whom the city knows.
func (c *comparison) person(lines []staffRow) {
	r := lines[0]
	if r.Matricule == "" || r.Family == "" {
		return // a defect already
	}
	for _, other := range lines[1:] {
		if other.name() != r.name() {
			c.defect(other.NameAt, "identity.directory.two_names", "matricule", r.Matricule)
		}
		if other.Email != "" && r.Email != "" && other.Email != r.Email {
			c.defect(other.EmailAt, "identity.directory.two_mails", "matricule", r.Matricule)
		}
		if r.Email == "" {
			r.Email = other.Email
		}
	}
	known, exists := c.people[r.Matricule]
	e := Entry{Matricule: r.Matricule, Name: r.name(), Given: r.Given, Family: r.Family, Email: r.Email, PersonID: known.ID}
	switch {
	case !exists && c.stays(lines):
		e.Kind = Arrives
		c.diff.Entries = append(c.diff.Entries, e)
	case exists && known.Name() != r.name() && !known.Erased:
		e.Kind, e.Before, e.After = Renames, known.Name(), r.name()
		c.diff.Entries = append(c.diff.Entries, e)
	}
	c.address(r, e)
}

func (c *comparison) stays(lines []staffRow) bool {
	for _, r := range lines {
		if !c.past(r) {
			return true
		}
	}
	return false
}

// address compares the e-mail address; one address is one person's.
func (c *comparison) address(r staffRow, e Entry) {
	if r.Email == "" {
		return
	}
	if other, twice := c.mails[r.Email]; twice && other != r.Matricule {
		c.defect(r.EmailAt, "identity.directory.mail_twice", "matricule", other)
		return
	}
	c.mails[r.Email] = r.Matricule
	owner, taken := c.owners[r.Email]
	account, has := c.accounts[e.PersonID]
	if taken && (!has || owner.ID != account.ID) {
		c.defect(r.EmailAt, "identity.directory.mail_taken", "name", owner.Name)
		return
	}
	if e.PersonID != "" && (!has || account.Email != r.Email) {
		e.Kind, e.Before, e.After = Remails, account.Email, r.Email
		c.diff.Entries = append(c.diff.Entries, e)
	}
}

// takings finds a post for each line that confirms no holding.
func (c *comparison) takings(lines []staffRow) {
	for _, r := range lines {
		if c.past(r) || c.confirmed[r.Line] || r.Unit == "" || r.Title == "" {
			continue
		}
		if unit, ok := c.unit(r); ok {
			c.take(r, unit, c.people[r.Matricule])
		}
	}
}

// unit finds the unit of a line by its code, name or short name.
func (c *comparison) unit(r staffRow) (powers.RosterUnit, bool) {
	found := c.units[i18n.Fold(r.Unit)]
	switch len(found) {
	case 0:
		c.defect(r.UnitAt, "identity.directory.unit_unknown", "value", r.Unit)
	case 1:
		return found[0], true
	default:
		c.defect(r.UnitAt, "identity.directory.unit_ambiguous", "value", r.Unit)
	}
	return powers.RosterUnit{}, false
}

// take adds an entry: on a free post of that title in that unit, else on a new one.
func (c *comparison) take(r staffRow, unit powers.RosterUnit, person powers.RosterPerson) {
	e := Entry{Kind: Takes, Matricule: r.Matricule, Name: r.name(), Unit: unit.Code, UnitID: unit.ID, Title: r.Title,
		PersonID: person.ID, Quotity: r.Quotity, Day: r.From}
	if e.Day == "" {
		e.Day = c.day
	}
	if e.Day.Before(unit.From) {
		c.defect(r.FromAt, "identity.directory.before_unit", "from", unit.From)
		return
	}
	e.To = calendar.Through(e.Day, r.Last).To
	if seat, ok := c.free(e); ok {
		e.PostID, e.Title = seat.Post, seat.Title
		c.used[seat.Post] = true
	} else {
		e.NewPost, e.After = true, c.code(unit.Code, r.Title)
	}
	c.diff.Entries = append(c.diff.Entries, e)
}

// free finds a post of the title that nobody holds from the day on.
func (c *comparison) free(e Entry) (powers.RosterSeat, bool) {
	taken := map[id.ID]bool{}
	for _, s := range c.seats[e.UnitID] {
		until := s.To
		if day, changes := c.until[s.Holder]; changes {
			until = day
		}
		if s.Holder != "" && s.From < e.To && e.Day < until {
			taken[s.Post] = true
		}
	}
	for _, s := range c.seats[e.UnitID] {
		same := i18n.Fold(s.Title) == i18n.Fold(e.Title) || s.Code == e.Title
		if same && s.Layer != powers.Elected && !s.PostFrom.After(e.Day) && !taken[s.Post] && !c.used[s.Post] {
			return s, true
		}
	}
	return powers.RosterSeat{}, false
}

// code makes a code for a new post, which no other has: "DPE.chef-de-projet-2".
func (c *comparison) code(unit, title string) string {
	slug := strings.Trim(strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, i18n.Fold(title)), "-")
	for strings.Contains(slug, "--") {
		slug = strings.ReplaceAll(slug, "--", "-")
	}
	base := unit + "." + slug
	base = base[:min(len(base), 70)]
	code := base
	for n := 2; c.codes[code]; n++ {
		code = base + "-" + strconv.Itoa(n)
	}
	c.codes[code] = true
	return code
}
