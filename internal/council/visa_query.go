package council

import (
	"context"
	"slices"

	"parvis/internal/blob"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// VisaLine is one thing asked of a post, with what must be known to answer it.
type VisaLine struct {
	Visa
	Spec     StepSpec
	Name     string // of the circuit, in French
	NameEN   string
	Question string
	Item     id.ID
	Title    string // of the item
	Meeting  string // number of the meeting
	On       calendar.Day
	Paper    Paper // zero when the circuit is about the item alone
	Late     bool

	root, arbitration id.ID
}

// VisaSort is an order of the list.
type VisaSort string

// The orders.
const (
	ByDue     VisaSort = "due"     // the nearest deadline first, those without at the end
	ByAge     VisaSort = "age"     // the oldest first
	ByMeeting VisaSort = "meeting" // the next meeting first
)

// VisaQuery narrows and orders what is asked.
type VisaQuery struct {
	Sort VisaSort // ByDue when it is none of them
	Kind StepKind // "" for all
	Late bool     // only what is late
}

var visaOrders = map[VisaSort]string{
	ByDue:     `CASE WHEN v.due = '' THEN '9999-12-31' ELSE v.due END, v.id`,
	ByAge:     `v.asked_on, v.id`,
	ByMeeting: `m.day, v.id`,
}

// MyVisas lists what the posts of a visitor are asked and have not answered. What they are recused from is
// left out.
func (r *Room) MyVisas(ctx context.Context, v identity.Visitor, q VisaQuery) ([]VisaLine, error) {
	if !v.Inside() || len(v.Posts) == 0 {
		return nil, nil
	}
	posts := make([]id.ID, len(v.Posts))
	for i, p := range v.Posts {
		posts[i] = p.ID
	}
	order, known := visaOrders[q.Sort]
	if !known {
		order = visaOrders[ByDue]
	}
	all, err := r.visaLines(ctx, `v.status IN ('asked', 'vacant') AND v.post IN (`+db.Marks(1, len(posts))+`) ORDER BY `+order, db.Args(posts)...)
	if err != nil {
		return nil, err
	}
	kept, err := r.Withheld(ctx, v)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(l VisaLine) bool {
		return kept.roots[l.root] || kept.Arbitration(l.arbitration) || q.Kind != "" && l.Spec.Kind != q.Kind || q.Late && !l.Late
	}), nil
}

// Circuits of an item, for those who may read its file. Faults: NotFound, Denied council.recused.
func (r *Room) CircuitsOf(ctx context.Context, v identity.Visitor, item id.ID) ([]*Flow, error) {
	if !v.Inside() {
		return nil, fault.New(fault.NotFound, "council.item.unknown")
	}
	i, err := loadItem(ctx, r.reads, item)
	if err != nil {
		return nil, err
	}
	kept, err := r.Withheld(ctx, v)
	if err != nil {
		return nil, err
	}
	if kept.Item(i) {
		return nil, fault.New(fault.Denied, "council.recused")
	}
	ids, err := circuitsOf(ctx, r.reads, item)
	if err != nil {
		return nil, err
	}
	all := make([]*Flow, len(ids))
	for n, k := range ids {
		if all[n], err = loadFlow(ctx, r.reads, k); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Alarm tells whether somebody must be found for the circuit to go on.
func (f *Flow) Alarm() bool {
	return f.Circuit.Status == CircuitOpen && (slices.ContainsFunc(f.Steps, func(s Step) bool { return s.Status == StepStuck }) ||
		slices.ContainsFunc(f.Visas, func(v Visa) bool { return v.Status == VisaVacant }))
}

// Visa reads one thing asked, for whoever may answer it or follows it.
func (r *Room) Visa(ctx context.Context, v identity.Visitor, visa id.ID) (VisaLine, error) {
	if !v.Inside() {
		return VisaLine{}, fault.New(fault.NotFound, "council.visa.unknown")
	}
	l, err := r.visaLine(ctx, visa)
	if err != nil {
		return l, err
	}
	kept, err := r.Withheld(ctx, v)
	if err == nil && (kept.roots[l.root] || kept.Arbitration(l.arbitration)) {
		err = fault.New(fault.Denied, "council.recused")
	}
	return l, err
}

func (r *Room) visaLine(ctx context.Context, visa id.ID) (VisaLine, error) {
	all, err := r.visaLines(ctx, `v.id = $1`, visa)
	if err != nil || len(all) == 0 {
		return VisaLine{}, notFound(orMissing(err), "council.visa.unknown")
	}
	return all[0], nil
}

func orMissing(err error) error {
	if err == nil {
		return fault.New(fault.NotFound, "db.not_found")
	}
	return err
}

func (r *Room) visaLines(ctx context.Context, condition string, args ...any) ([]VisaLine, error) {
	today := r.Today()
	return db.All(ctx, r.reads, func(row db.Row) (VisaLine, error) {
		var l VisaLine
		var steps, media string // media is read so that the two engines give the same columns
		var no int
		into := append(visaFields(&l.Visa), &no, &l.Name, &l.NameEN, &l.Question, &l.Item, &steps, &l.root, &l.arbitration, &l.Title, &l.Meeting,
			&l.On, &l.Paper.ID, &l.Paper.Title, &l.Paper.Link, &l.Paper.Kind, &media, &l.Paper.Size, &l.Paper.Edition)
		if err := row.Scan(into...); err != nil {
			return l, err
		}
		specs, err := db.FromJSON[[]StepSpec](steps)
		if err == nil && no >= 1 && no <= len(specs) {
			l.Spec = specs[no-1]
		}
		l.Late = l.Visa.Late(today)
		return l, err
	}, `SELECT `+visaColumns.List("v")+`, s.no, c.name_fr, c.name_en, c.question, c.item, c.steps, c.root, c.arbitration, i.title, m.number, m.day,
		COALESCE(p.id, ''), COALESCE(p.title, ''), COALESCE(p.link, ''), COALESCE(p.kind, ''), COALESCE(p.media, ''), COALESCE(p.size, 0), COALESCE(p.edition, 0)
		FROM council_visa v JOIN council_step s ON s.id = v.step JOIN council_circuit c ON c.id = v.circuit
		JOIN council_item i ON i.id = c.item JOIN council_meeting m ON m.id = c.meeting
		LEFT JOIN council_paper p ON p.id = c.paper WHERE `+condition, args...)
}

// Desk is what a circuit about an item may be opened with.
type Desk struct {
	Item      Item
	Meeting   Meeting
	Committee string  // code
	Papers    []Paper // the editions in force
	Templates []CircuitTemplate
}

// CircuitDesk reads what a circuit about an item may be opened with. Whoever may not read the file of the
// item is told so, as CircuitsOf does.
func (r *Room) CircuitDesk(ctx context.Context, v identity.Visitor, item id.ID) (Desk, error) {
	if _, err := r.CircuitsOf(ctx, v, item); err != nil {
		return Desk{}, err
	}
	i, err := loadItem(ctx, r.reads, item)
	if err != nil {
		return Desk{}, err
	}
	d := Desk{Item: i}
	if d.Meeting, err = loadMeeting(ctx, r.reads, i.Meeting); err != nil {
		return d, err
	}
	c, err := loadCommittee(ctx, r.reads, d.Meeting.Committee)
	if err != nil {
		return d, err
	}
	d.Committee = c.Code
	all, err := papersAbout(ctx, r.reads, i.Root)
	if err != nil {
		return d, err
	}
	d.Papers = blob.Latest(all)
	d.Templates, err = r.templates(ctx, r.reads, d.Meeting.Committee, r.Today())
	return d, err
}

// CircuitAndItem reads a circuit with its item, for letters to whoever opened it.
func (r *Room) CircuitAndItem(ctx context.Context, circuit id.ID) (Circuit, Item, error) {
	f, err := loadFlow(ctx, r.reads, circuit)
	if err != nil {
		return Circuit{}, Item{}, err
	}
	i, err := loadItem(ctx, r.reads, f.Circuit.Item)
	return f.Circuit, i, err
}
