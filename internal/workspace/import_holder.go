package workspace

import (
	"errors"

	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/powers"
)

// knowPeople reads who holds what before the file changes anything: a person is recognised by the
// matricule, else by a name that only one holder bears.
func (im *importer) knowPeople() error {
	all, err := powers.Holdings(im.ctx(), im.tx, im.now)
	if err != nil {
		return err
	}
	shared := map[string]bool{}
	for _, h := range all {
		im.stood[h.ID] = true
		if h.Erased {
			continue
		}
		key := nameKey(h.Given, h.Family)
		if other, known := im.people[key]; known && other != h.Person {
			shared[key] = true
		}
		im.people[key] = h.Person
		if h.Matricule != "" {
			im.people[h.Matricule] = h.Person
		}
	}
	for key := range shared {
		delete(im.people, key)
	}
	return nil
}

func nameKey(given, family string) string { return "name " + i18n.Fold(given+" "+family) }

// person finds who a row names, or adds them.
func (im *importer) person(s seatRow, held []powers.Holding) (id.ID, error) {
	for _, h := range held { // the same name on the same post is the same person, even if somebody else bears it
		if s.matricule == "" && !h.Erased && nameKey(h.Given, h.Family) == nameKey(s.given, s.family) {
			return h.Person, nil
		}
	}
	key := or(s.matricule, nameKey(s.given, s.family))
	if p, known := im.people[key]; known {
		return p, nil
	}
	if s.matricule != "" {
		p, err := powers.PersonOfMatricule(im.ctx(), im.tx, s.matricule)
		if err == nil || fault.KindOf(err) != fault.NotFound {
			return p, err
		}
	}
	p, err := powers.AddPerson(im.tx, powers.NewPerson{Given: s.given, Family: s.family, Matricule: s.matricule, Source: "import"})
	if err != nil {
		return "", refuse(s.rec, err, whereHolder())
	}
	im.people[key] = p
	return p, nil
}

// hold makes the person of a row hold the post, and tells whether anything changed by it.
func (im *importer) hold(s seatRow) (bool, error) {
	post := im.posts[s.code]
	held, err := powers.HoldingsOf(im.ctx(), im.tx, post, im.on(s.held))
	if err != nil {
		return false, err
	}
	person, err := im.person(s, held)
	if err != nil || person == "" {
		return false, err
	}
	did, err := im.holding(s, person, held)
	if err != nil || !s.rec.OK() {
		return did, err
	}
	opened, err := im.account(s, person)
	return did || opened, err
}

func (im *importer) holding(s seatRow, person id.ID, held []powers.Holding) (bool, error) {
	for _, h := range held {
		if h.Person == person && im.stood[h.ID] && !im.settled[h.ID] && h.Period.Overlaps(s.held) {
			im.settled[h.ID] = true
			return im.knownHolding(s, h)
		}
	}
	return true, im.appoint(s, person, held)
}

// knownHolding ends what the city knows already, or finds it as it is.
func (im *importer) knownHolding(s seatRow, h powers.Holding) (bool, error) {
	switch {
	case s.heldGiven && s.held.From != h.From:
		s.rec.Fault("held_from", "workspace.import.fixed_day", "day", h.From)
		return false, nil
	case !s.untilGiven || s.held.To == h.To:
		return false, nil
	case h.To.Before(s.held.To):
		s.rec.Fault("held_to", "workspace.import.not_longer", "day", h.To.AddDays(-1))
		return false, nil
	}
	if err := powers.EndHolding(im.tx, h.ID, s.held.To, s.legalAct); err != nil {
		return false, refuse(s.rec, err, whereHolder())
	}
	im.did(s.sheet, s.rec, "held_to", Ended, s.code, s.title)
	return true, nil
}

// appoint puts somebody new in a post; whoever held it before the file was read leaves it that day. Two
// rows of the file that overlap are refused by the organisation itself.
func (im *importer) appoint(s seatRow, person id.ID, held []powers.Holding) error {
	for _, h := range held {
		if !im.stood[h.ID] || im.settled[h.ID] || h.Interim != s.interim || !h.Period.Overlaps(s.held) {
			continue
		}
		if err := powers.EndHolding(im.tx, h.ID, s.held.From, s.legalAct); err != nil {
			return refuse(s.rec, err, whereHolder())
		}
		im.did(s.sheet, s.rec, "family", Ended, s.code, s.title)
	}
	_, err := powers.Appoint(im.tx, powers.Appointment{Post: im.posts[s.code], Person: person, Interim: s.interim, Period: s.held, LegalAct: s.legalAct})
	if err != nil {
		return refuse(s.rec, err, whereHolder())
	}
	im.did(s.sheet, s.rec, "family", Created, s.code, s.title)
	return nil
}

// account opens an account for whoever has an address and none yet: parts and questions reach them by mail.
func (im *importer) account(s seatRow, person id.ID) (bool, error) {
	if s.email == "" {
		return false, nil
	}
	a, err := im.w.Identity.AccountOfPerson(im.ctx(), im.tx, person)
	if err == nil {
		if folded, bad := identity.FoldEmail(s.email); bad != nil || folded != a.Email {
			s.rec.Fault("email", "workspace.import.fixed", "value", a.Email)
		}
		return false, nil
	}
	if fault.KindOf(err) != fault.NotFound {
		return false, err
	}
	name := powers.Person{Given: s.given, Family: s.family}.Name()
	_, err = identity.OpenAccount(im.tx.Tx, identity.NewAccount{Kind: identity.AgentAccount, Email: s.email, Name: name, Person: person, Matricule: s.matricule})
	if err != nil {
		return false, refuse(s.rec, err, map[string]string{"": "email", "email": "email", "name": "family"})
	}
	return true, nil
}

// doors names the elected member in charge of each unit (the filière), from the sheet of elected members.
func (im *importer) doors() error {
	known, err := powers.Doors(im.ctx(), im.tx, im.now, false)
	if err != nil {
		return err
	}
	current := map[id.ID]id.ID{}
	for _, d := range known {
		if d.Topic == powers.TopicElected {
			current[d.Unit] = d.Post
		}
	}
	for rec := range im.rows(sheetElected) {
		code := rec.Text("code")
		post := im.posts[code]
		if post == "" || im.broken[code] {
			continue
		}
		for _, unitCode := range rec.List("doors") {
			unit, err := im.unitCalled(rec, "doors", unitCode)
			if err != nil {
				return err
			}
			if unit == "" || current[unit] == post {
				continue
			}
			if err := im.door(im.readSeat(sheetElected, rec), unitCode, unit, current[unit]); err != nil {
				return err
			}
			current[unit] = post
		}
	}
	return nil
}

// door names the post from the first day on which both it and the unit exist; from today when somebody
// else answered before.
func (im *importer) door(s seatRow, unitCode string, unit, before id.ID) error {
	u, err := powers.RegisterOf(im.ctx(), im.tx, unitCode, im.now)
	p, perr := powers.PostsOf(im.ctx(), im.tx, s.code, im.now)
	if err := errors.Join(err, perr); err != nil || len(u) == 0 || len(p) == 0 {
		return err
	}
	life := u[0].Period.Intersect(p[0].Period)
	if before != "" {
		life.From = max(life.From, im.tx.Today())
	}
	if err := powers.SetReferent(im.tx, unit, powers.TopicElected, im.posts[s.code], life); err != nil {
		return refuse(s.rec, err, map[string]string{"": "doors"})
	}
	im.did(s.sheet, s.rec, "doors", Changed, s.code, "→ "+unitCode)
	return nil
}
