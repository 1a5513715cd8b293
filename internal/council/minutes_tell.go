package council

import (
	"cmp"
	"strings"
	"time"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
)

// told words what happened at a meeting, block by block: what the procès-verbal must hold (CGCT, art.
// L2121-15: date and hour, president, members present or represented, quorum, agenda, decisions, votes
// with names when the vote was public, substance of the debates).
func (r *Room) told(tx *act.Tx, c *change, p *i18n.Printer) ([]Block, error) {
	f, err := r.gather(tx.Context(), tx, c.m)
	if err != nil {
		return nil, err
	}
	// The secretary words all of it: minutes are restricted for each of their readers.
	if err := r.fillOthers(tx.Context(), identity.Visitor{Kind: identity.Agent}, &f, Withheld{}); err != nil {
		return nil, err
	}
	if err := r.nameFile(tx.Context(), &f); err != nil {
		return nil, err
	}
	t := teller{f, p}
	blocks := []Block{t.opening(), t.attendance()}
	if moves := t.moves(); moves != "" {
		blocks = append(blocks, Block{Key: "moves", Title: p.T("council.told.moves.title"), Text: moves})
	}
	for _, i := range f.Items {
		blocks = append(blocks, t.item(i))
	}
	return append(blocks, Block{Key: "closing", Text: p.T("council.told.closing", "at", t.clock(f.Meeting.ClosedAt))}), nil
}

// teller words a meeting in one language.
type teller struct {
	File
	p *i18n.Printer
}

func (t teller) clock(at time.Time) string { return at.In(calendar.Paris()).Format("15:04") }

func (t teller) post(post id.ID) string {
	p := t.Posts[post]
	if t.p.Lang() == i18n.English && p.TitleEN != "" {
		return p.TitleEN
	}
	return cmp.Or(p.Title, "—")
}

func (t teller) posts(posts []id.ID) string {
	names := make([]string, len(posts))
	for n, p := range posts {
		names[n] = t.post(p)
	}
	return strings.Join(names, "\u00a0; ")
}

func (t teller) opening() Block {
	m := t.Meeting
	text := t.p.T("council.told.opening", "committee", t.Committee.Name(t.p.Lang()), "day", m.Day, "at", t.clock(m.OpenedAt),
		"place", cmp.Or(m.Place, t.p.T("council.told.no_place")), "president", t.post(m.President), "convened", m.ConvenedOn)
	if m.Secretary != "" {
		text += "\n" + t.p.T("council.told.secretary", "secretary", t.post(m.Secretary))
	}
	return Block{Key: "opening", Title: m.Number, Text: text}
}

// attendance tells who was there at some time, who was represented, excused or absent, and the quorum.
func (t teller) attendance() Block {
	var present, represented, excused, absent []id.ID
	for _, s := range t.Assembly.Seats {
		switch {
		case t.came(s.ID):
			present = append(present, s.Post)
		case !s.Votes():
		case t.Assembly.proxy(s.ID, t.Meeting.ClosedAt) != "":
			represented = append(represented, s.Post)
		case t.excused(s.ID):
			excused = append(excused, s.Post)
		default:
			absent = append(absent, s.Post)
		}
	}
	var lines []string
	for _, l := range []struct {
		key   string
		posts []id.ID
	}{{"present", present}, {"represented", represented}, {"excused", excused}, {"absent", absent}} {
		if len(l.posts) > 0 {
			lines = append(lines, t.p.T("council.told."+l.key, "posts", t.posts(l.posts)))
		}
	}
	b := t.Assembly.Base(t.Meeting.OpenedAt, nil)
	lines = append(lines, t.p.T("council.told.quorum", "in", b.InRoom, "seats", b.Seats, "needed", b.Quorum))
	return Block{Key: "attendance", Title: t.p.T("council.told.attendance.title"), Text: strings.Join(lines, "\n")}
}

func (t teller) came(member id.ID) bool {
	for _, p := range t.Assembly.Stays {
		if p.Member == member {
			return true
		}
	}
	return false
}

func (t teller) excused(member id.ID) bool {
	for _, a := range t.Assembly.Said {
		if a.Member == member && a.Answer == Excused {
			return true
		}
	}
	return false
}

// moves tells the arrivals and departures during the sitting.
func (t teller) moves() string {
	var lines []string
	for _, p := range t.Assembly.Stays {
		if p.ArrivedAt.After(t.Meeting.OpenedAt) {
			lines = append(lines, t.p.T("council.told.arrived", "post", t.post(p.Post), "at", t.clock(p.ArrivedAt)))
		}
		if !p.LeftAt.IsZero() && p.LeftAt.Before(t.Meeting.ClosedAt) {
			lines = append(lines, t.p.T("council.told.left", "post", t.post(p.Post), "at", t.clock(p.LeftAt)))
		}
	}
	return strings.Join(lines, "\n")
}

func (t teller) item(i ItemFile) Block {
	var lines []string
	say := func(key string, args ...any) { lines = append(lines, t.p.T("council.told."+key, args...)) }
	if i.Rapporteur != "" {
		say("rapporteur", "post", t.post(i.Rapporteur))
	}
	if i.Late != "" {
		say("late", "reason", i.Late)
	}
	for _, p := range InForce(i.Papers) {
		say("paper", "title", p.Title, "edition", p.Edition)
	}
	for _, x := range i.Interests {
		if x.Status == Recused {
			say("recused", "post", t.post(x.Post))
		}
	}
	if i.Debate != "" {
		lines = append(lines, i.Debate)
	}
	for _, b := range i.Ballots {
		lines = append(lines, t.ballot(b)...)
	}
	lines = append(lines, t.outcome(i)...)
	return Block{Key: "item:" + string(i.ID), Item: i.ID, Title: t.p.T("council.told.item", "rank", i.Rank, "title", i.Title), Text: strings.Join(lines, "\n")}
}

// ballot tells a vote: with names when it was public.
func (t teller) ballot(b BallotFile) []string {
	if b.Status != BallotClosed {
		return []string{t.p.T("council.told.ballot.cancelled", "motion", b.Motion)}
	}
	lines := []string{t.p.T("council.told.ballot."+string(b.Method), "motion", b.Motion, "entitled", b.Entitled, "for", b.For,
		"against", b.Against, "abstain", b.Abstain, "apart", b.Apart)}
	for _, choice := range []Choice{Against, Abstain, Apart} {
		if posts := b.posts(choice); len(posts) > 0 {
			lines = append(lines, t.p.T("council.told.voices."+string(choice), "posts", t.posts(posts)))
		}
	}
	if b.Casting != "" {
		lines = append(lines, t.p.T("council.told.casting"))
	}
	return append(lines, t.p.T("council.told.result."+string(b.Result)))
}

func (b BallotFile) posts(c Choice) []id.ID {
	var out []id.ID
	for _, v := range b.Voices {
		if v.Choice == c {
			out = append(out, v.Post)
		}
	}
	return out
}

func (t teller) outcome(i ItemFile) []string {
	d := i.Decision
	if d == nil {
		return []string{t.p.T("council.told.status."+string(i.Status), "reason", i.StatusNote)}
	}
	told := "council.told.decision."
	if d.Opinion() {
		told = "council.told.opinion."
	}
	lines := []string{t.p.T(told+string(d.Result), "number", d.Number, "text", d.Text)}
	if d.Conditions != "" {
		lines = append(lines, t.p.T("council.told.conditions", "text", d.Conditions))
	}
	if d.Answers.Motive != "" {
		lines = append(lines, t.p.T("council.told.motive", "text", d.Answers.Motive))
	}
	for _, a := range t.Actions {
		if Follows(a, *d) {
			lines = append(lines, t.p.T("council.told.action", "what", a.What, "unit", t.Units[a.Unit].Name, "due", a.Due))
		}
	}
	return lines
}

// Follows tells whether an action item follows a decision.
func Follows(a portfolio.Action, d Decision) bool {
	for _, known := range d.Actions {
		if known == a.ID {
			return true
		}
	}
	return d.Arbitration != "" && a.Arbitration == d.Arbitration
}
