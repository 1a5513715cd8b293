package councilweb

import (
	"fmt"
	"slices"

	"parvis/internal/council"
	"parvis/internal/id"
	"parvis/internal/ui"
)

// in tells whether a seat is in the room now.
func (v fileView) in(member id.ID) bool {
	return slices.ContainsFunc(v.Assembly.Present(v.Now), func(m council.Member) bool { return m.ID == member })
}

// said is what a member said beforehand.
func (v fileView) said(member id.ID) council.Attendance {
	for _, a := range v.Assembly.Said {
		if a.Member == member {
			return a
		}
	}
	return council.Attendance{}
}

// seatPost is the post of a seat.
func (v fileView) seatPost(member id.ID) Label {
	for _, m := range v.Assembly.Seats {
		if m.ID == member {
			return v.Book.post(m.Post)
		}
	}
	return Label{Long: "—"}
}

// voters are the seats to which a power may be given.
func (v fileView) voters(but id.ID) []ui.Option {
	out := []ui.Option{{}}
	for _, m := range v.Assembly.Seats {
		if m.Votes() && m.ID != but {
			out = append(out, ui.Option{Value: string(m.ID), Label: v.Book.post(m.Post).Long})
		}
	}
	return out
}

// members are the seats in the room, or those that are not.
func (v fileView) members(inside bool) []ui.Option {
	var out []ui.Option
	for _, m := range v.Assembly.Seats {
		if v.in(m.ID) == inside {
			l := v.Book.post(m.Post)
			label := l.Long
			if l.Person != "" {
				label = fmt.Sprintf("%s (%s)", l.Long, l.Person)
			}
			out = append(out, ui.Option{Value: string(m.ID), Label: label})
		}
	}
	return out
}

// roomPosts are the posts in the room that may preside.
func (v fileView) roomPosts() []ui.Option {
	var out []ui.Option
	for _, m := range v.Assembly.Present(v.Now) {
		if m.MayPreside() {
			out = append(out, ui.Option{Value: string(m.Post), Label: v.Book.post(m.Post).Long})
		}
	}
	return out
}

// reached tells whether a seat was called to the meeting as it stands.
func (v fileView) reached(member id.ID) bool {
	told := v.Told[member]
	return told.Means != "" && !told.Stale
}

// unreached counts the seats that do not know of the meeting as it stands.
func (v fileView) unreached() int {
	n := 0
	for _, m := range v.Assembly.Seats {
		if !v.reached(m.ID) {
			n++
		}
	}
	return n
}
