package council

import (
	"strings"

	"parvis/internal/id"
)

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
