package councilweb

import (
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"parvis/internal/act"
	"parvis/internal/blob"
	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
	"parvis/internal/web"
)

// itemView is half a page about an item, with what can be done with it.
type itemView struct {
	fileView
	council.ItemFile
	Later []council.Meeting // meetings to which it may be put off
	Ahead aheadView         // the circuits that it goes through
	Made  council.Formal    // formal act of its decision; zero while there is none
}

func (p *Pages) itemView(r *http.Request) (itemView, error) {
	v := web.From(r)
	meeting, err := p.Room.MeetingOf(r.Context(), v.Visitor, id.ID(r.PathValue("item")))
	if err != nil {
		return itemView{}, err
	}
	file, err := p.view(r, string(meeting), "council.item")
	if err != nil {
		return itemView{}, err
	}
	i, ok := file.Item(id.ID(r.PathValue("item")))
	if !ok || i.Closed {
		return itemView{}, unknownThing("council.item.not_found")
	}
	view := itemView{fileView: file, ItemFile: i}
	view.Point = i.ID
	if !file.Inside || i.Withheld {
		return view, nil
	}
	if view.Posts, err = choices(r, p.Names.AllPosts); err != nil {
		return view, err
	}
	if view.Units, err = choices(r, p.Names.AllUnits); err != nil {
		return view, err
	}
	if err = p.atHand(r, &view.fileView, i); err != nil {
		return view, err
	}
	if view.Ahead, err = p.itemAhead(r.Context(), i.Item); err != nil {
		return view, err
	}
	if i.Decision != nil {
		if view.Made, _, err = p.Room.FormalOf(r.Context(), v.Visitor, *i.Decision); err != nil {
			return view, err
		}
	}
	if p.Journal != nil {
		view.Journal = p.Journal(r.Context(), i.Ref())
	}
	view.Later, err = p.later(r, view)
	return view, err
}

// later lists the meetings of the committee that come after this one.
func (p *Pages) later(r *http.Request, view itemView) ([]council.Meeting, error) {
	c, err := p.Room.Committee(r.Context(), web.From(r).Visitor, string(view.Committee.ID))
	var out []council.Meeting
	for _, m := range c.Meetings {
		if m.ID != view.fileView.Meeting.ID && !m.Held() && m.Status != council.Cancelled {
			out = append([]council.Meeting{m}, out...)
		}
	}
	return out, err
}

func (p *Pages) item(w http.ResponseWriter, r *http.Request) error {
	view, err := p.itemView(r)
	if err != nil {
		return err
	}
	if refused(view.ItemFile) {
		return web.RenderStatus(w, r, http.StatusForbidden, recusedPage(view))
	}
	return web.Render(w, r, itemPage(view))
}

func (p *Pages) actOnItem(w http.ResponseWriter, r *http.Request) error {
	view, err := p.itemView(r)
	if err == nil && refused(view.ItemFile) {
		err = fault.New(fault.Denied, "council.recused")
	}
	if err != nil {
		return err
	}
	if err := web.Parse(r); err != nil {
		return err
	}
	view.speak(r, view.ItemFile)
	page := func() (templ.Component, error) {
		again, err := p.itemView(r)
		return itemPage(again), err
	}
	which := id.ID(r.PathValue("item"))
	to := web.From(r).URL("council.item", which)
	if r.PostFormValue("event") == "recuse" { // whoever withdrew reads that page no more
		to = web.From(r).URL("council.meeting", view.fileView.Meeting.Number)
	}
	return perform(w, r, p.itemDeeds(which), page, to)
}

type moveItemForm struct {
	Version int64  `form:"version"`
	Reason  string `form:"reason,max=4000"`
	To      id.ID  `form:"to,max=64"`
}

type interestForm struct {
	Event  string `form:"event,max=20"`
	Post   id.ID  `form:"post,max=64"`
	Nature string `form:"nature,max=20"`
	Note   string `form:"note,max=2000"`
}

type ballotForm struct {
	Motion string `form:"motion,max=2000"`
	Option int    `form:"option"`
	Method string `form:"method,max=20"`

	Requested int `form:"requested"`
}

type presideForm struct {
	Version   int64 `form:"version"`
	President id.ID `form:"president,max=64"`
}

type choiceForm struct {
	Choice string `form:"choice,max=20"`
	Member id.ID  `form:"member,max=64"`
}

type tallyForm struct {
	For     int `form:"for"`
	Against int `form:"against"`
	Abstain int `form:"abstain"`
	Apart   int `form:"apart"`
}

type debateText struct {
	Version int64  `form:"version"`
	Debate  string `form:"debate,max=20000"`
}

// itemDeeds are what can be done with an item, on its own page or on the screen of the sitting.
func (p *Pages) itemDeeds(item id.ID) map[string]web.Deed {
	return map[string]web.Deed{
		"revise_item": web.Decoded(func(r *http.Request, by act.Actor, _ string, f itemForm) error {
			in, err := f.room(p, r)
			if err != nil {
				return err
			}
			return nothing(p.Room.ReviseItem(r.Context(), by, item, f.Version, in))
		}),
		"withdraw": web.Decoded(func(r *http.Request, by act.Actor, _ string, f because) error {
			return nothing(p.Room.WithdrawItem(r.Context(), by, item, f.Version, f.Reason))
		}),
		"postpone": web.Decoded(func(r *http.Request, by act.Actor, _ string, f moveItemForm) error {
			return nothing(p.Room.PostponeItem(r.Context(), by, item, f.Version, f.Reason, f.To))
		}),
		"paper": func(r *http.Request, by act.Actor, _ string) error { return p.addPaper(r, by, "", item) },
		"paper_withdraw": web.Decoded(func(r *http.Request, by act.Actor, about string, f because) error {
			return nothing(p.Room.WithdrawPaper(r.Context(), by, id.ID(about), f.Reason))
		}),
		"paper_publish": func(r *http.Request, by act.Actor, about string) error {
			return nothing(p.Room.PublishPaper(r.Context(), by, id.ID(about)))
		},
		"interest": web.Decoded(func(r *http.Request, by act.Actor, _ string, f interestForm) error {
			return nothing(p.Room.DeclareInterest(r.Context(), by, council.InterestForm{Item: item, Post: f.Post, Event: f.Event,
				Nature: council.InterestNature(f.Nature), Note: f.Note}))
		}),
		"clear": web.Decoded(func(r *http.Request, by act.Actor, _ string, f interestForm) error {
			return nothing(p.Room.DeclareInterest(r.Context(), by, council.InterestForm{Item: item, Post: f.Post, Event: "clear", Note: f.Note}))
		}),
		"ballot": web.Decoded(func(r *http.Request, by act.Actor, _ string, f ballotForm) error {
			return nothing(p.Room.OpenBallot(r.Context(), by, council.BallotForm{Item: item, Motion: f.Motion, Option: f.Option, Method: council.Method(f.Method),
				Requested: f.Requested}))
		}),
		"cast": web.Decoded(func(r *http.Request, by act.Actor, about string, f choiceForm) error {
			return p.Room.CastVoice(r.Context(), by, id.ID(about), f.Member, council.Choice(f.Choice))
		}),
		"count": web.Decoded(p.countVote),
		"ballot_cancel": web.Decoded(func(r *http.Request, by act.Actor, about string, f because) error {
			return nothing(p.Room.CancelBallot(r.Context(), by, id.ID(about), f.Reason))
		}),
		"preside": web.Decoded(func(r *http.Request, by act.Actor, _ string, f presideForm) error {
			return nothing(p.Room.PresideItem(r.Context(), by, item, f.Version, f.President))
		}),
		"debate": web.Decoded(func(r *http.Request, by act.Actor, _ string, f debateText) error {
			return nothing(p.Room.WriteDebate(r.Context(), by, item, f.Version, f.Debate))
		}),
		"note": web.Decoded(func(r *http.Request, by act.Actor, _ string, f debateText) error {
			actions, err := readActions(r)
			if err != nil {
				return err
			}
			return nothing(p.Room.TakeNote(r.Context(), by, item, f.Version, f.Debate, actions...))
		}),
		"decision_publish": web.Decoded(func(r *http.Request, by act.Actor, about string, f publishDecisionForm) error {
			return p.Room.PublishDecision(r.Context(), by, id.ID(about), f.Version, f.Reviewed)
		}),
		"decide": web.Decoded(func(r *http.Request, by act.Actor, _ string, f decideForm) error { return p.decide(r, by, item, f) }),
	}
}

// countVote closes a vote: of a public one with the voices of the grid, of a secret one with the totals.
func (p *Pages) countVote(r *http.Request, by act.Actor, about string, t tallyForm) error {
	form := council.CloseForm{Ballot: id.ID(about), Voices: map[id.ID]council.Choice{},
		Tally: council.Tally{For: t.For, Against: t.Against, Abstain: t.Abstain, Apart: t.Apart}}
	for name, values := range r.PostForm {
		if seat, ok := strings.CutPrefix(name, "voice."); ok && values[0] != "" {
			form.Voices[id.ID(seat)] = council.Choice(values[0])
		}
	}
	return nothing(p.Room.CloseBallot(r.Context(), by, form))
}

type publishDecisionForm struct {
	Version  int64 `form:"version"`
	Reviewed bool  `form:"reviewed"`
}

// decideForm is the form of a decision. What it leaves empty is filled from the question by the room.
type decideForm struct {
	Version    int64        `form:"version"`
	Result     string       `form:"result,max=20"`
	Chosen     int          `form:"chosen"`
	Text       string       `form:"text,max=2000"`
	Conditions string       `form:"conditions,max=4000"`
	Motive     string       `form:"motive,max=8000"`
	Segments   []string     `form:"for"`
	Basis      string       `form:"basis,max=2000"` // one per line
	Effective  calendar.Day `form:"when"`
	BudgetLine string       `form:"budget_line,max=200"`
	Keep       bool         `form:"keep"`
}

// decide pronounces a decision. It wants a proof of identity younger than five minutes.
func (p *Pages) decide(r *http.Request, by act.Actor, item id.ID, f decideForm) error {
	v := web.From(r)
	if err := identity.RequireFresh(v.Visitor, v.Now); err != nil {
		return err
	}
	actions, err := readActions(r)
	if err != nil {
		return err
	}
	_, err = p.Room.TakeDecision(r.Context(), by, council.DecideForm{Item: item, Version: f.Version, Result: council.ItemStatus(f.Result),
		Chosen: f.Chosen, Text: f.Text, Conditions: f.Conditions, Actions: actions, Keep: f.Keep,
		Answers: portfolio.Answers{Segments: f.Segments, Motive: f.Motive, Lang: v.Lang, Basis: lines(f.Basis), Effective: f.Effective, BudgetLine: f.BudgetLine}})
	return err
}

func lines(text string) []string {
	var out []string
	for _, l := range strings.Split(text, "\n") {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// paperForm hands in a paper.
type paperForm struct {
	Thread id.ID  `form:"thread,max=64"`
	Kind   string `form:"kind,max=20"`
	Title  string `form:"title,max=250"`
	Link   string `form:"link,max=2000"`
	Digest string `form:"digest,max=64"`
	Minor  bool   `form:"minor"`
}

func (p *Pages) addPaper(r *http.Request, by act.Actor, meeting, item id.ID) error {
	var f paperForm
	if err := web.Decode(r, &f); err != nil {
		return err
	}
	handed, done, err := web.Paper(r, blob.Paper{Title: f.Title, Link: f.Link, Digest: f.Digest, Thread: f.Thread})
	if err != nil {
		return err
	}
	defer done()
	form := council.PaperForm{Meeting: meeting, Item: item, Thread: handed.Thread, Kind: council.PaperKind(f.Kind), Title: handed.Title, Link: handed.Link,
		Digest: handed.Digest, File: handed.File, Minor: f.Minor}
	return nothing(p.Room.AddPaper(r.Context(), by, form))
}

// paper serves an edition of a paper to whoever may read it.
func (p *Pages) paper(w http.ResponseWriter, r *http.Request) error {
	v := web.From(r)
	found, err := p.Room.PaperFor(r.Context(), v.Visitor, id.ID(r.PathValue("paper")))
	if err != nil {
		return err
	}
	return p.Room.ServePaper(w, r, found)
}
