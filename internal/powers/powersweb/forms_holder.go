package powersweb

import (
	"net/http"
	"slices"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/powers"
	"parvis/internal/web"
)

// holderForm appoints somebody: a person already known by matricule, or a new one.
type holderForm struct {
	Given     string       `form:"given,max=100"`
	Family    string       `form:"family,max=100"`
	Matricule string       `form:"matricule,max=40"`
	Status    string       `form:"status"`
	Quotity   int64        `form:"quotity"`
	Interim   bool         `form:"interim"`
	From      calendar.Day `form:"from,required"`
	Last      calendar.Day `form:"last"`
	LegalAct  string       `form:"legal_act,max=80"`
}

func (p *Pages) newHolder(w http.ResponseWriter, r *http.Request) error {
	view, err := p.postView(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, holderFormPage(view))
}

func (p *Pages) appoint(w http.ResponseWriter, r *http.Request) error {
	view, err := p.postView(r)
	if err != nil {
		return err
	}
	var f holderForm
	if err := web.Decode(r, &f); err != nil {
		return web.Again(w, r, err, holderFormPage(view))
	}
	_, err = change(p, r, func(tx *act.Tx) (id.ID, error) {
		person, err := f.person(tx)
		if err != nil {
			return "", err
		}
		return powers.Appoint(tx, powers.Appointment{Post: view.ID, Person: person, Status: f.Status, Quotity: f.Quotity, Interim: f.Interim,
			Period: period(f.From, f.Last), LegalAct: f.LegalAct})
	})
	if err != nil {
		return web.Again(w, r, refused(err, "from"), holderFormPage(view))
	}
	return web.Done(w, r, web.From(r).URL("powers.post", string(view.ID)), "powersweb.form.appointed", "title", view.Title)
}

// person finds whom the form names by matricule, or adds them.
func (f holderForm) person(tx *act.Tx) (id.ID, error) {
	if f.Matricule != "" {
		person, err := powers.PersonOfMatricule(tx.Context(), tx, f.Matricule)
		if err == nil || fault.KindOf(err) != fault.NotFound {
			return person, err
		}
	}
	return powers.AddPerson(tx, powers.NewPerson{Given: f.Given, Family: f.Family, Matricule: f.Matricule, Source: "hand"})
}

// endView is a holding about to end.
type endView struct {
	postView
	Held powers.Held
}

func (p *Pages) endView(r *http.Request) (endView, error) {
	view, err := p.postView(r)
	if err != nil {
		return endView{}, err
	}
	i := slices.IndexFunc(view.All, func(h powers.Held) bool { return h.ID == web.PathID(r, "holder") })
	if i < 0 {
		return endView{}, fault.New(fault.NotFound, "powers.holder.unknown")
	}
	return endView{view, view.All[i]}, nil
}

func (p *Pages) endForm(w http.ResponseWriter, r *http.Request) error {
	view, err := p.endView(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, endPage(view))
}

func (p *Pages) endHolding(w http.ResponseWriter, r *http.Request) error {
	view, err := p.endView(r)
	if err != nil {
		return err
	}
	var f endForm
	if err := web.Decode(r, &f); err != nil {
		return web.Again(w, r, err, endPage(view))
	}
	_, err = change(p, r, func(tx *act.Tx) (struct{}, error) {
		return struct{}{}, powers.EndHolding(tx, view.Held.ID, f.Day, f.LegalAct)
	})
	if err != nil {
		return web.Again(w, r, refused(err, "day"), endPage(view))
	}
	return web.Done(w, r, web.From(r).URL("powers.post", string(view.ID)), "powersweb.form.ended", "title", view.Title)
}
