package council

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"parvis/internal/act"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
)

// told words what happened at a meeting, block by block: what the procès-verbal must hold (CGCT, art. L2121-15: day and
// hour, names of the president, of the members present or represented and of the secretaries, quorum, agenda, what was
// deliberated and in view of which reports, requests for a way of voting, results, names and voices of a public vote,
// substance of the debates). In a council every vote that is not secret tells who voted what, and people are named
// beside their posts; the minutes of other committees, for which no law asks it, keep to posts.
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
	t := teller{f, nil, p}
	if f.Committee.Kind == Council && r.people != nil {
		if t.people, err = r.people(tx.Context(), slices.Collect(maps.Keys(f.Posts)), f.Meeting.Day); err != nil {
			return nil, err
		}
	}
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
	people map[id.ID]string // of a council, by post
	p      *i18n.Printer
}

func (t teller) clock(at time.Time) string { return t.p.Clock(at) }

func (t teller) post(post id.ID) string {
	p := t.Posts[post]
	title := cmp.Or(p.Title, "—")
	if t.p.Lang() == i18n.English && p.TitleEN != "" {
		title = p.TitleEN
	}
	if name := t.people[post]; name != "" {
		return name + " (" + title + ")"
	}
	return title
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
	return Block{Key: "opening", Title: t.p.T("council.told.opening.title"), Text: text}
}

// attendance tells who was there at some time, who was represented, excused or absent, and the quorum.
func (t teller) attendance() Block {
	said := map[string][]string{}
	for _, s := range t.Assembly.Seats {
		if key, words := t.attended(s); key != "" {
			said[key] = append(said[key], words)
		}
	}
	var lines []string
	for _, key := range []string{"present", "represented", "excused", "absent"} {
		if len(said[key]) > 0 {
			lines = append(lines, t.p.T("council.told."+key, "posts", strings.Join(said[key], "\u00a0; ")))
		}
	}
	b := t.Assembly.Base(t.Meeting.OpenedAt, nil)
	lines = append(lines, t.p.T("council.told.quorum", "in", b.InRoom, "seats", b.Seats, "needed", b.Quorum))
	return Block{Key: "attendance", Title: t.p.T("council.told.attendance.title"), Text: strings.Join(lines, "\n")}
}

// attended tells how a seat attended: in the room, for whom when it stands in, or to whom its power went.
func (t teller) attended(s Member) (key, words string) {
	proxy := t.Assembly.proxy(s.ID, t.Meeting.ClosedAt)
	switch {
	case t.came(s.ID) && s.Role == Deputy:
		return "present", t.p.T("council.told.stands_in", "post", t.post(s.Post), "of", t.seat(s.StandsIn))
	case t.came(s.ID):
		return "present", t.post(s.Post)
	case !s.Votes():
		return "", ""
	case proxy != "":
		return "represented", t.p.T("council.told.power", "post", t.post(s.Post), "to", t.seat(proxy))
	case t.excused(s.ID):
		return "excused", t.post(s.Post)
	}
	return "absent", t.post(s.Post)
}

func (t teller) seat(member id.ID) string {
	for _, s := range t.Assembly.Seats {
		if s.ID == member {
			return t.post(s.Post)
		}
	}
	return "—"
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
	if i.President != "" {
		say("presided", "post", t.post(i.President))
	}
	if i.Late != "" {
		say("late", "reason", i.Late)
	}
	for _, p := range i.inView(i.Papers) {
		say("paper", "title", p.Title, "edition", p.Edition)
	}
	for _, x := range i.Interests {
		if x.Status == Recused {
			say(t.recusedKey(), "post", t.post(x.Post))
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
	if b.Requested > 0 {
		lines = append(lines, t.p.T("council.told.requested", "n", b.Requested, "in", b.InRoom))
	}
	if t.Committee.Kind == Council || b.Base.Recused > 0 {
		lines = append(lines, t.p.T("council.told.quorum.item", "in", b.InRoom, "needed", b.Quorum))
	}
	for _, choice := range t.Committee.Kind.Named(b.Method) {
		if posts := t.voters(b, choice); len(posts) > 0 {
			lines = append(lines, t.p.T("council.told.voices."+string(choice), "posts", t.posts(posts)))
		}
	}
	if b.Casting != "" {
		lines = append(lines, t.p.T("council.told.casting"))
	}
	return append(lines, t.p.T("council.told.result."+string(b.Result)))
}

func (t teller) recusedKey() string {
	if t.Committee.Kind.RecusedLeaveBase() {
		return "recused"
	}
	return "recused.council"
}

// voters are the posts that made a choice, in the order of the seats.
func (t teller) voters(b BallotFile, choice Choice) []id.ID {
	var out []id.ID
	for _, s := range t.Assembly.Seats {
		for _, v := range b.Voices {
			if v.Member == s.ID && v.Choice == choice {
				out = append(out, v.Post)
			}
		}
	}
	return out
}

func (t teller) outcome(i ItemFile) []string {
	d := i.Decision
	if d == nil {
		return append([]string{t.p.T("council.told.status."+string(i.Status), "reason", i.StatusNote)}, t.ordered(i)...)
	}
	lines := []string{t.p.T("council.told."+t.File.Called(*d)+"."+string(d.Result), "number", i.Numbered(), "text", d.Text)}
	if d.Conditions != "" {
		lines = append(lines, t.p.T("council.told.conditions", "text", d.Conditions))
	}
	if d.Answers.Motive != "" {
		lines = append(lines, t.p.T("council.told.motive", "text", d.Answers.Motive))
	}
	return append(lines, t.ordered(i)...)
}

// ordered tells what must be done, by whom and until when.
func (t teller) ordered(i ItemFile) []string {
	var lines []string
	for _, a := range t.Actions {
		if i.Ordered(a) {
			lines = append(lines, t.p.T("council.told.action", "what", a.What, "unit", t.Units[a.Unit].Name, "due", a.Due))
		}
	}
	return lines
}

// Ordered tells whether an action item comes from the item: the committee ordered it there, or it follows the question that
// was decided there.
func (i ItemFile) Ordered(a portfolio.Action) bool {
	if a.From.Item != "" {
		return a.From.Item == i.ID
	}
	d := i.Decision
	return d != nil && (slices.Contains(d.Actions, a.ID) || d.Arbitration != "" && a.Arbitration == d.Arbitration)
}
