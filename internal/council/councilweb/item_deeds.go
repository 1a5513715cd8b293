package councilweb

import (
	"net/http"
	"strings"

	"parvis/internal/act"
	"parvis/internal/council"
	"parvis/internal/id"
	"parvis/internal/web"
)

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

type publishDecisionForm struct {
	Version  int64 `form:"version"`
	Reviewed bool  `form:"reviewed"`
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
