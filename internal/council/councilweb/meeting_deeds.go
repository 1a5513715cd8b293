package councilweb

import (
	"net/http"
	"slices"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/web"
)

// itemForm is the form of an item.
type itemForm struct {
	Version    int64  `form:"version"`
	Nature     string `form:"nature,max=20"`
	Title      string `form:"title,max=500"`
	Summary    string `form:"summary,max=20000"`
	Project    string `form:"project,max=40"` // its number
	Rapporteur id.ID  `form:"rapporteur,max=64"`
	Minutes    int    `form:"minutes"`
	OpenDoors  bool   `form:"open_doors"`
	Late       string `form:"late,max=4000"`
}

// room turns the form into the room's; a project is named by its number.
func (f itemForm) room(p *Pages, r *http.Request) (council.ItemForm, error) {
	out := council.ItemForm{Nature: council.Nature(f.Nature), Title: f.Title, Summary: f.Summary, Rapporteur: f.Rapporteur, Minutes: f.Minutes,
		OpenDoors: f.OpenDoors, Late: f.Late}
	if f.Project == "" {
		return out, nil
	}
	s, err := p.Portfolio.Sheet(r.Context(), web.From(r).Visitor, f.Project)
	if fault.KindOf(err) == fault.NotFound {
		return out, fault.New(fault.Invalid, "council.form").At("project", "councilweb.f.project.unknown", "number", f.Project)
	}
	out.Initiative = s.ID
	return out, err
}

type questionsForm struct {
	Questions []string `form:"questions"`
	Nature    string   `form:"nature,max=20"`
	Late      string   `form:"late,max=4000"`
}

type approvalsForm struct {
	Late string `form:"late,max=4000"`
}

type orderForm struct {
	To int `form:"to"` // position, from 1
}

type sayForm struct {
	Answer string `form:"answer,max=20"`
	Proxy  id.ID  `form:"proxy,max=64"`
}

type doorForm struct {
	Members []string `form:"members"`
	Clock   string   `form:"clock,max=5"`
}

type openForm struct {
	Version   int64 `form:"version"`
	President id.ID `form:"president,max=64"`
	Secretary id.ID `form:"secretary,max=64"`
}

type callForm struct {
	Means string       `form:"means,max=10"`
	On    calendar.Day `form:"on"`
}

type conveneForm struct {
	Version int64  `form:"version"`
	Urgency string `form:"urgency,max=4000"`
}

// putApprovals puts the approval of earlier minutes on the agenda of a meeting.
func (p *Pages) putApprovals(meeting id.ID) web.Deed {
	return web.Decoded(func(r *http.Request, by act.Actor, _ string, form approvalsForm) error {
		return nothing(p.Room.AddApprovals(r.Context(), by, meeting, form.Late, p.Official))
	})
}

func (p *Pages) meetingDeeds(f fileView) map[string]web.Deed {
	m := f.Meeting.ID
	return map[string]web.Deed{
		"move": web.Decoded(func(r *http.Request, by act.Actor, _ string, form meetingForm) error {
			return nothing(p.Room.ReviseMeeting(r.Context(), by, m, form.Version, form.room()))
		}),
		"convene": web.Decoded(func(r *http.Request, by act.Actor, _ string, form conveneForm) error {
			return nothing(p.Room.ConveneMeeting(r.Context(), by, m, form.Version, form.Urgency))
		}),
		"call": web.Decoded(func(r *http.Request, by act.Actor, about string, form callForm) error {
			return nothing(p.Room.CallOtherwise(r.Context(), by, council.CallForm{Meeting: m, Member: id.ID(about), Means: council.Means(form.Means), On: form.On}))
		}),
		"again": web.Decoded(func(r *http.Request, by act.Actor, _ string, form meetingForm) error {
			return nothing(p.Room.ConveneAgain(r.Context(), by, m, form.Version, form.room()))
		}),
		"cancel": web.Decoded(func(r *http.Request, by act.Actor, _ string, form because) error {
			return nothing(p.Room.CancelMeeting(r.Context(), by, m, form.Version, form.Reason))
		}),
		"add": web.Decoded(func(r *http.Request, by act.Actor, _ string, form itemForm) error {
			in, err := form.room(p, r)
			if err != nil {
				return err
			}
			return nothing(p.Room.AddItem(r.Context(), by, m, in))
		}),
		"questions": web.Decoded(func(r *http.Request, by act.Actor, _ string, form questionsForm) error {
			return nothing(p.Room.AddQuestions(r.Context(), by, m, council.Nature(form.Nature), idsOf(form.Questions), form.Late))
		}),
		"approvals": p.putApprovals(m),
		"takeup": web.Decoded(func(r *http.Request, by act.Actor, about string, _ versioned) error {
			return nothing(p.Room.TakeUpItem(r.Context(), by, id.ID(about), m))
		}),
		"order": web.Decoded(func(r *http.Request, by act.Actor, about string, form orderForm) error {
			return p.Room.OrderItems(r.Context(), by, m, f.ordered(id.ID(about), form.To))
		}),
		"say": web.Decoded(func(r *http.Request, by act.Actor, about string, form sayForm) error {
			return p.Room.SayAttendance(r.Context(), by, m, id.ID(about), council.Saying(form.Answer), form.Proxy)
		}),
		"arrive": web.Decoded(func(r *http.Request, by act.Actor, _ string, form doorForm) error {
			return p.Room.Arrive(r.Context(), by, council.ArriveForm{Meeting: m, Members: idsOf(form.Members), Clock: form.Clock})
		}),
		"leave": web.Decoded(func(r *http.Request, by act.Actor, _ string, form doorForm) error {
			return nothing(p.Room.Leave(r.Context(), by, council.ArriveForm{Meeting: m, Members: idsOf(form.Members), Clock: form.Clock}))
		}),
		"open": web.Decoded(func(r *http.Request, by act.Actor, _ string, form openForm) error {
			return nothing(p.Room.OpenMeeting(r.Context(), by, m, form.Version, form.President, form.Secretary))
		}),
		"suspend": web.Decoded(func(r *http.Request, by act.Actor, _ string, form because) error {
			return nothing(p.Room.SuspendMeeting(r.Context(), by, m, form.Version, form.Reason))
		}),
		"resume": web.Decoded(func(r *http.Request, by act.Actor, _ string, form versioned) error {
			return nothing(p.Room.ResumeMeeting(r.Context(), by, m, form.Version))
		}),
		"close": web.Decoded(func(r *http.Request, by act.Actor, _ string, form versioned) error {
			return nothing(p.Room.CloseMeeting(r.Context(), by, m, form.Version))
		}),
		"sheet": func(r *http.Request, by act.Actor, _ string) error { return p.addPaper(r, by, m, "") },
	}
}

func idsOf(list []string) []id.ID {
	out := make([]id.ID, len(list))
	for n, s := range list {
		out[n] = id.ID(s)
	}
	return out
}

// ordered is the agenda with an item moved to a position. Items from which the reader withdrew stay where they are:
// the others move around them.
func (v fileView) ordered(item id.ID, to int) []id.ID {
	fixed := func(n int) bool { return v.Items[n].Withheld && v.Items[n].ID != item }
	var free, out []id.ID
	at := 0 // of the item, among those that move
	for n, i := range v.Items {
		if fixed(n) {
			continue
		}
		if i.ID != item {
			free = append(free, i.ID)
		}
		if n < to-1 {
			at++
		}
	}
	free = slices.Insert(free, min(at, len(free)), item)
	for n, i := range v.Items {
		if fixed(n) {
			out = append(out, i.ID)
			continue
		}
		out, free = append(out, free[0]), free[1:]
	}
	return out
}
