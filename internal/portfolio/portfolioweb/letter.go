package portfolioweb

import (
	"net/http"

	"parvis/internal/fault"
	"parvis/internal/portfolio"
	"parvis/internal/web"
)

// letterView is a letter that asks a unit for a part, with its three answers.
type letterView struct {
	portfolio.Letter
	Unit  Label
	Post  Label
	By    Label
	Token string
}

type answerForm struct {
	Version int64                `form:"version"`
	Kind    portfolio.AnswerKind `form:"kind,max=20"`
	Text    string               `form:"text,max=8000"`
}

func (p *Pages) letter(w http.ResponseWriter, r *http.Request) error {
	view, err := p.readLetter(r)
	if err != nil {
		return err
	}
	private(w)
	return web.Render(w, r, letterPage(view))
}

func (p *Pages) readLetter(r *http.Request) (letterView, error) {
	l, err := p.Room.ReadLetter(r.Context(), r.PathValue("token"))
	if err != nil {
		return letterView{}, err
	}
	b, err := p.openIDs(r, ids(l.Post.ID, l.Part.OfferedBy), ids(l.Part.Unit))
	if err != nil {
		return letterView{}, err
	}
	view := letterView{Letter: l, Unit: b.unit(l.Part.Unit), Post: b.post(l.Post.ID), By: b.post(l.Part.OfferedBy), Token: r.PathValue("token")}
	if _, named := b.units[l.Part.Unit]; !named {
		view.Unit = Label{Short: l.Unit.Code, Long: l.Unit.Name}
	}
	return view, nil
}

// answerLetter gives the answer of the form behind the link. Only a POST does: mail scanners open links.
func (p *Pages) answerLetter(w http.ResponseWriter, r *http.Request) error {
	view, err := p.readLetter(r)
	if err != nil {
		return err
	}
	private(w)
	var f answerForm
	if err := web.Decode(r, &f); err != nil {
		return web.Refuse(w, r, err, letterPage(view))
	}
	part, err := p.Room.AnswerLetter(r.Context(), r.PathValue("token"), f.Kind, f.Text)
	if fault.KindOf(err) == fault.Gone {
		return err
	}
	if err != nil {
		return web.Refuse(w, r, err, letterPage(view))
	}
	view.Part = part
	return web.Render(w, r, answeredPage(view))
}
