package portfolioweb

import (
	"net/http"

	"github.com/a-h/templ"

	"parvis/internal/act"
	"parvis/internal/blob"
	"parvis/internal/calendar"
	"parvis/internal/id"
	"parvis/internal/portfolio"
	"parvis/internal/web"
)

// manageView is a page of deeds about an initiative.
type manageView struct {
	sheetView
	Agents, Elected, Units []Choice
}

func (p *Pages) manage(r *http.Request) (manageView, error) {
	s, err := p.sheet(r)
	if err != nil {
		return manageView{}, err
	}
	view := manageView{sheetView: s}
	if view.Agents, err = choices(r, p.Names.Agents); err != nil {
		return view, err
	}
	if view.Elected, err = choices(r, p.Names.Elected); err != nil {
		return view, err
	}
	view.Units, err = choices(r, p.Names.AllUnits)
	return view, err
}

// manages makes the handler of a page of deeds: GET shows it, POST does what one of its forms asks.
func (p *Pages) manages(name string, page func(manageView) templ.Component, deeds func(portfolio.Initiative) map[string]web.Deed) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		view, err := p.manage(r)
		if err != nil {
			return err
		}
		if r.Method == http.MethodGet {
			return web.Render(w, r, page(view))
		}
		to := web.From(r).URL("portfolio.initiative."+name, view.Number)
		return perform(w, r, deeds(view.Initiative), page(view), &to)
	}
}

type advanceForm struct {
	Version   int64           `form:"version"`
	To        portfolio.Stage `form:"to,max=40"`
	Note      string          `form:"note,max=8000"`
	Review    calendar.Day    `form:"review"`
	Motive    string          `form:"why,max=8000"`
	Evidence  string          `form:"evidence,max=2000"` // one per line
	Segments  []string        `form:"for"`
	Effective calendar.Day    `form:"when"`
	Decisions bool            `form:"decisions"`
}

type suspendForm struct {
	Version   int64        `form:"version"`
	Reason    string       `form:"reason,max=8000"`
	Reexamine calendar.Day `form:"reexamine"`
}

func (f advanceForm) advance(i id.ID) portfolio.Advance {
	return portfolio.Advance{Initiative: i, Version: f.Version, To: f.To, Note: f.Note, Review: f.Review}
}

// stageDeeds move the initiative along its way, make it wait, make it public.
func (p *Pages) stageDeeds(i portfolio.Initiative) map[string]web.Deed {
	return map[string]web.Deed{
		"advance": web.Decoded(func(r *http.Request, by act.Actor, _ string, f advanceForm) error {
			_, err := p.Room.AdvanceInitiative(r.Context(), by, f.advance(i.ID))
			return err
		}),
		"skip": web.Decoded(func(r *http.Request, by act.Actor, _ string, f advanceForm) error {
			_, err := p.Room.SkipStage(r.Context(), by, portfolio.Skip{Advance: f.advance(i.ID), Answers: portfolio.Answers{
				Motive: f.Motive, Evidence: lines(f.Evidence), Lang: web.From(r).Lang, Segments: f.Segments, Places: i.Places, Objectives: i.Objectives,
				Effective: f.Effective, Procedure: "direct"}})
			return err
		}),
		"suspend": web.Decoded(func(r *http.Request, by act.Actor, _ string, f suspendForm) error {
			return p.Room.SuspendInitiative(r.Context(), by, portfolio.Suspend{Initiative: i.ID, Reason: f.Reason, Reexamine: f.Reexamine})
		}),
		"resume": web.Decoded(func(r *http.Request, by act.Actor, _ string, f reasonForm) error {
			return p.Room.ResumeInitiative(r.Context(), by, i.ID, f.Reason)
		}),
		"mature": web.Decoded(func(r *http.Request, by act.Actor, _ string, f learnForm) error {
			return p.Room.LetMature(r.Context(), by, portfolio.Mature{Initiative: i.ID, Learn: f.Learn, Post: f.Post, Until: f.Until})
		}),
		"learn": web.Decoded(func(r *http.Request, by act.Actor, _ string, f outcomeForm) error {
			return p.Room.Learn(r.Context(), by, i.ID, "", f.Outcome)
		}),
		"publish": web.Decoded(func(r *http.Request, by act.Actor, _ string, f advanceForm) error {
			_, err := p.Room.PublishInitiative(r.Context(), by, portfolio.Publish{Initiative: i.ID, Version: f.Version, Decisions: f.Decisions})
			return err
		}),
	}
}

// stage is the page of the stage deeds. After a withdrawal there is no such page any more: the list is
// what remains to be shown.
func (p *Pages) stage(w http.ResponseWriter, r *http.Request) error {
	view, err := p.manage(r)
	if err != nil {
		return err
	}
	deeds, to := p.stageDeeds(view.Initiative), web.From(r).URL("portfolio.initiative.stage", view.Number)
	if r.Method == http.MethodGet {
		return web.Render(w, r, stagePage(view))
	}
	deeds["withdraw"] = web.Decoded(func(r *http.Request, by act.Actor, _ string, f suspendForm) error {
		to = web.From(r).URL("portfolio.list")
		_, err := p.Room.WithdrawInitiative(r.Context(), by, view.ID, f.Version, f.Reason)
		return err
	})
	return perform(w, r, deeds, stagePage(view), &to)
}

type offerForm struct {
	Version int64              `form:"version"`
	Unit    id.ID              `form:"unit,max=64"`
	Actor   string             `form:"actor,max=200"`
	Sector  portfolio.Sector   `form:"sector,max=20"`
	Broker  id.ID              `form:"introduced_by,max=64"`
	Role    portfolio.PartRole `form:"role,max=40"`
	Effort  string             `form:"effort,max=8000"`
	Replace id.ID              `form:"replaces,max=64"`
	Sponsor id.ID              `form:"sponsor,max=64"`
	Owner   id.ID              `form:"owner,max=64"`
	Kind    string             `form:"kind,max=20"`
	Text    string             `form:"text,max=8000"`
	Reason  string             `form:"reason,max=8000"`
}

// carrierDeeds say who is in it; what follows the dot names a post or a part.
func (p *Pages) carrierDeeds(i portfolio.Initiative) map[string]web.Deed {
	deeds := p.holderDeeds(i)
	deeds["offer"] = web.Decoded(func(r *http.Request, by act.Actor, _ string, f offerForm) error {
		_, err := p.Room.OfferPart(r.Context(), by, portfolio.Offer{Initiative: i.ID, Unit: f.Unit, Actor: f.Actor, Sector: f.Sector, Role: f.Role, Effort: f.Effort,
			Replaces: f.Replace, IntroducedBy: f.Broker})
		return err
	})
	deeds["amend"] = web.Decoded(func(r *http.Request, by act.Actor, part string, f offerForm) error {
		_, err := p.Room.AmendPart(r.Context(), by, id.ID(part), f.Version, f.Role, f.Effort)
		return err
	})
	deeds["take-back"] = web.Decoded(func(r *http.Request, by act.Actor, part string, f offerForm) error {
		_, err := p.Room.WithdrawPart(r.Context(), by, id.ID(part), f.Version, f.Reason)
		return err
	})
	deeds["agree"] = web.Decoded(func(r *http.Request, by act.Actor, part string, f offerForm) error {
		_, err := p.Room.AgreeToCounter(r.Context(), by, id.ID(part), f.Version)
		return err
	})
	deeds["end"] = web.Decoded(func(r *http.Request, by act.Actor, part string, f offerForm) error {
		_, err := p.Room.EndPart(r.Context(), by, id.ID(part), f.Version, f.Reason)
		return err
	})
	// An outside actor has no account: whoever asked notes the answer received.
	deeds["heard"] = web.Decoded(func(r *http.Request, by act.Actor, part string, f offerForm) error {
		_, err := p.Room.AnswerPart(r.Context(), by, portfolio.Answer{Part: id.ID(part), Version: f.Version, Kind: portfolio.AnswerKind(f.Kind), Text: f.Text})
		return err
	})
	return deeds
}

func (p *Pages) holderDeeds(i portfolio.Initiative) map[string]web.Deed {
	return map[string]web.Deed{
		"sponsor": web.Decoded(func(r *http.Request, by act.Actor, _ string, f offerForm) error {
			return p.Room.AddSponsor(r.Context(), by, i.ID, f.Sponsor)
		}),
		"owner": web.Decoded(func(r *http.Request, by act.Actor, _ string, f offerForm) error {
			return p.Room.AddOwner(r.Context(), by, i.ID, f.Owner)
		}),
		"end-sponsor": func(r *http.Request, by act.Actor, post string) error {
			return p.Room.EndSponsor(r.Context(), by, i.ID, id.ID(post))
		},
		"end-owner": func(r *http.Request, by act.Actor, post string) error {
			return p.Room.EndOwner(r.Context(), by, i.ID, id.ID(post))
		},
	}
}

type dossierForm struct {
	Version int64              `form:"version"`
	Label   string             `form:"label,max=200"`
	Planned calendar.Fuzzy     `form:"planned"`
	Actual  calendar.Fuzzy     `form:"actual"`
	Dropped string             `form:"dropped,max=8000"`
	Kind    portfolio.OpenKind `form:"kind,max=20"`
	Text    string             `form:"question,max=8000"`
	Post    id.ID              `form:"post,max=64"`
	Due     calendar.Day       `form:"due"`
	Answer  string             `form:"answer,max=8000"`
	Title   string             `form:"title,max=250"`
	Link    string             `form:"link,max=2000"`
	Digest  string             `form:"digest,max=64"`
	Thread  id.ID              `form:"thread,max=64"`
	Body    string             `form:"body,max=8000"`
}

// dossierDeeds fill the file: steps, questions, papers, notes.
func (p *Pages) dossierDeeds(i portfolio.Initiative) map[string]web.Deed {
	milestone := web.Decoded(func(r *http.Request, by act.Actor, about string, f dossierForm) error {
		return p.Room.SetMilestone(r.Context(), by, portfolio.SetMilestone{Initiative: i.ID, ID: id.ID(about), Version: f.Version,
			Label: f.Label, Planned: f.Planned, Actual: f.Actual, Dropped: f.Dropped})
	})
	return map[string]web.Deed{
		"milestone": milestone,
		"question": web.Decoded(func(r *http.Request, by act.Actor, _ string, f dossierForm) error {
			return p.Room.OpenQuestion(r.Context(), by, portfolio.OpenForm{Initiative: i.ID, Kind: f.Kind, Question: f.Text, Post: f.Post, Due: f.Due})
		}),
		"found": web.Decoded(func(r *http.Request, by act.Actor, about string, f dossierForm) error {
			return p.Room.AnswerQuestion(r.Context(), by, id.ID(about), f.Version, f.Answer)
		}),
		"publish-question": func(r *http.Request, by act.Actor, about string) error {
			return p.Room.PublishQuestion(r.Context(), by, id.ID(about))
		},
		"paper": web.Decoded(func(r *http.Request, by act.Actor, _ string, f dossierForm) error {
			paper, done, err := web.Paper(r, blob.Paper{Title: f.Title, Link: f.Link, Digest: f.Digest, Thread: f.Thread})
			if err != nil {
				return err
			}
			defer done()
			_, err = p.Room.AttachPaper(r.Context(), by, portfolio.Attach{Paper: paper, Initiative: i.ID})
			return err
		}),
		"publish-paper": func(r *http.Request, by act.Actor, about string) error {
			return p.Room.PublishPaper(r.Context(), by, id.ID(about))
		},
		"remove-paper": func(r *http.Request, by act.Actor, about string) error {
			return p.Room.RemovePaper(r.Context(), by, id.ID(about))
		},
		"note": web.Decoded(func(r *http.Request, by act.Actor, _ string, f dossierForm) error {
			return p.Room.WriteNote(r.Context(), by, i.ID, f.Body)
		}),
	}
}
