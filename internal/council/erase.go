package council

import (
	"slices"
	"strings"

	"parvis/internal/act"
	"parvis/internal/fact"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// EffaceCopies puts act.Effaced in the place of a text wherever the rows of its committee or of its meeting
// say the same words; the minutes lose it in the middle of their paragraphs too. It is an act.Copies. The
// digests of what was decided stay: they tell that a text was there.
func (r *Room) EffaceCopies(tx *act.Tx, f act.Forgotten) ([]act.Row, error) {
	e := &eraser{tx: tx, body: f.Body}
	switch f.Subject.Type {
	case "committee":
		return e.committee(f.Subject.ID)
	case "meeting":
		return e.meeting(f.Subject.ID)
	case "initiative":
		if f.Name == "what" {
			return e.ordered(f.Subject.ID)
		}
	case "arbitration":
		return e.question(f.Subject.ID)
	}
	return nil, nil
}

type eraser struct {
	tx   *act.Tx
	body string
	rows []act.Row
}

// in effaces the texts of one row that are the same, and writes it when one was.
func (e *eraser) in(row act.Row, write func() error, texts ...*string) error {
	changed := false
	for _, t := range texts {
		if *t == e.body {
			*t, changed = act.Effaced, true
		}
	}
	if !changed {
		return nil
	}
	e.rows = append(e.rows, row)
	return write()
}

func (e *eraser) committee(committee id.ID) ([]act.Row, error) {
	c, err := loadCommittee(e.tx.Context(), e.tx, committee)
	if err != nil {
		return nil, err
	}
	c.Version++
	if err := e.in(c.row(), func() error { return putCommittee(e.tx, c) }, &c.NameFR, &c.Mission); err != nil {
		return nil, err
	}
	return e.rows, e.deadlines(committee)
}

func (e *eraser) deadlines(committee id.ID) error {
	all, err := loadDeadlines(e.tx.Context(), e.tx, committee)
	for _, d := range all {
		d.Version++
		if err := e.in(d.row(), func() error { return putDeadline(e.tx, d) }, &d.NameFR, &d.NameEN); err != nil {
			return err
		}
	}
	return err
}

func (e *eraser) meeting(meeting id.ID) ([]act.Row, error) {
	m, err := loadMeeting(e.tx.Context(), e.tx, meeting)
	if err != nil {
		return nil, err
	}
	m.Version++
	if err := e.in(m.row(), func() error { return putMeeting(e.tx, m) }, &m.Title, &m.StatusNote); err != nil {
		return nil, err
	}
	for _, efface := range []func(id.ID) error{e.items, e.papers, e.ballots, e.decisions, e.interests, e.list, e.minutes, e.circuits, e.formals} {
		if err := efface(meeting); err != nil {
			return nil, err
		}
	}
	items, err := loadItems(e.tx.Context(), e.tx, meeting)
	if err != nil {
		return nil, err
	}
	return e.rows, e.tellItems(items)
}

// ordered effaces what a committee asked for about a project: its act is of the project, its words are in the minutes.
func (e *eraser) ordered(initiative id.ID) ([]act.Row, error) {
	items, err := itemsAbout(e.tx.Context(), e.tx, initiative)
	if err != nil {
		return nil, err
	}
	seen := map[id.ID]bool{}
	for _, i := range items {
		if seen[i.Meeting] {
			continue
		}
		seen[i.Meeting] = true
		if err := e.minutes(i.Meeting); err != nil {
			return nil, err
		}
	}
	return e.rows, e.tellItems(items)
}

// tellItems tells which items may have lost words, or what they ordered: what can be found of them is made again.
func (e *eraser) tellItems(items []Item) error {
	for _, i := range items {
		if err := fact.Insert(e.tx, ItemChangedV1{i.ID}); err != nil {
			return err
		}
	}
	return nil
}

func (e *eraser) items(meeting id.ID) error {
	items, err := loadItems(e.tx.Context(), e.tx, meeting)
	for _, i := range items {
		i.Version++
		if err := e.in(i.row(), func() error { return putItem(e.tx, i) }, &i.Title, &i.Summary, &i.Late, &i.Debate, &i.StatusNote); err != nil {
			return err
		}
	}
	return err
}

func (e *eraser) papers(meeting id.ID) error {
	papers, err := loadPapers(e.tx.Context(), e.tx, meeting)
	for _, p := range papers {
		p.Version++
		if err := e.in(p.row(), func() error { return putPaper(e.tx, p) }, &p.Title, &p.WithdrawnWhy); err != nil {
			return err
		}
	}
	return err
}

func (e *eraser) ballots(meeting id.ID) error {
	ballots, err := loadBallots(e.tx.Context(), e.tx, meeting)
	for _, b := range ballots {
		b.Version++
		if err := e.in(b.row(), func() error { return putBallot(e.tx, b) }, &b.Motion); err != nil {
			return err
		}
	}
	return err
}

func (e *eraser) decisions(meeting id.ID) error {
	decisions, err := loadDecisions(e.tx.Context(), e.tx, meeting)
	for _, d := range decisions {
		d.Version++
		if err := e.in(d.row(), func() error { return putDecision(e.tx, d) }, &d.Text, &d.Conditions, &d.Answers.Motive); err != nil {
			return err
		}
	}
	return err
}

func (e *eraser) interests(meeting id.ID) error {
	interests, err := interestsAt(e.tx.Context(), e.tx, meeting)
	if err == nil {
		err = e.notes(interests)
	}
	return err
}

// question effaces what was declared of a question that was on no agenda.
func (e *eraser) question(question id.ID) ([]act.Row, error) {
	interests, err := interestsOf(e.tx.Context(), e.tx, Item{Arbitration: question})
	if err == nil {
		err = e.notes(interests)
	}
	return e.rows, err
}

func (e *eraser) notes(interests []Interest) error {
	for _, i := range interests {
		i.Version++
		if err := e.in(i.row(), func() error { return putInterest(e.tx, i) }, &i.Note); err != nil {
			return err
		}
	}
	return nil
}

func (e *eraser) list(meeting id.ID) error {
	l, err := loadList(e.tx.Context(), e.tx, meeting)
	if fault.KindOf(err) == fault.NotFound {
		return nil
	}
	var objects []*string
	for n := range l.Lines {
		objects = append(objects, &l.Lines[n].Object)
	}
	l.Version++
	if err == nil {
		err = e.in(l.row(), func() error { return putList(e.tx, l) }, objects...)
	}
	return err
}

func (e *eraser) minutes(meeting id.ID) error {
	m, err := loadMinutes(e.tx.Context(), e.tx, meeting)
	if fault.KindOf(err) == fault.NotFound {
		return nil
	}
	before := Plain(m.Blocks) + Plain(m.Published)
	e.unmask(&m)
	for _, blocks := range [][]Block{m.Blocks, m.Published} {
		for n, b := range blocks {
			blocks[n].Title = strings.ReplaceAll(b.Title, e.body, act.Effaced)
			blocks[n].Text = strings.ReplaceAll(b.Text, e.body, act.Effaced)
		}
	}
	m.Masks = slices.DeleteFunc(m.Masks, func(k Mask) bool {
		return !slices.ContainsFunc(m.Blocks, func(b Block) bool { return b.Key == k.Key && strings.Contains(b.Title+"\n"+b.Text, k.Passage) })
	})
	if err != nil || Plain(m.Blocks)+Plain(m.Published) == before {
		return err
	}
	m.Version++
	e.rows = append(e.rows, m.row())
	return putMinutes(e.tx, m)
}
