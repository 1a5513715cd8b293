package powersweb

import (
	"context"
	"net/http"

	"parvis/internal/id"
	"parvis/internal/powers"
)

// answerView is the answer to « Qui décide ? » in the reader's words: one sentence, then the reasons.
type answerView struct {
	*powers.Answer
	Sentence string
	More     string // by delegation, or what is missing
	Firm     bool   // somebody may decide
	Question string
	Profile  string
	Deciders []deciderView
	Joint    []jointView
	Opinions []claimView
	Visas    []claimView
	Informed []claimView
	Vacant   []placeView
	Outside  string
}

type placeView struct{ Title, URL, Unit, Name, Note string }

type deciderView struct {
	placeView
	Delegated bool
	Steps     []stepView
}

type stepView struct {
	Text, URL string
	Late      bool
}

type jointView struct {
	Basis string
	Seats []seatView
}

type seatView struct {
	Label   string
	Places  []placeView
	Missing bool
	Agreed  bool
}

type claimView struct {
	Label, Basis string
	Places       []placeView
}

// teller tells an answer: the words, and the names of what the answer points to.
type teller struct {
	speaker
	ctx    context.Context
	answer *powers.Answer
	labels map[id.ID]powers.Label
	people map[id.ID]powers.Person
}

func (p *Pages) answer(r *http.Request, view *whoView, m powers.Moment) (*answerView, error) {
	ask, err := p.ask(r, view)
	if err != nil {
		return nil, err
	}
	a, err := p.Engine.Who(r.Context(), p.Read, ask, m)
	if err != nil {
		return nil, err
	}
	t, err := p.teller(r, a)
	if err != nil {
		return nil, err
	}
	return t.tell(ask), nil
}

func (p *Pages) teller(r *http.Request, a *powers.Answer) (*teller, error) {
	ctx := r.Context()
	t := &teller{ctx: ctx, answer: a}
	titles, err := p.titles(ctx, a.Profile, a.Moment)
	if err != nil {
		return nil, err
	}
	t.speaker = speak(ctx, a.Profile, titles)
	var things, people []id.ID
	for _, place := range a.Seated() {
		things = append(things, place.Unit) // the place says the title of its post
		if place.Person != "" && (place.Named || names(r)) {
			people = append(people, place.Person)
		}
	}
	if t.people, err = powers.PersonsByID(ctx, p.Read, people); err != nil {
		return nil, err
	}
	for _, d := range a.Deciders {
		for _, s := range d.Steps {
			if s.Kind == "post" {
				things = append(things, s.ID)
			}
		}
	}
	for _, w := range a.Joint {
		for _, s := range w.Seats {
			things = append(things, s.Unit)
		}
	}
	t.labels, err = powers.Labels(ctx, p.Read, things, a.Moment)
	return t, err
}

// titles reads the titles of the posts that a profile names by their codes.
func (p *Pages) titles(ctx context.Context, profile *powers.Profile, m powers.Moment) (map[string]string, error) {
	titles := map[string]string{}
	if profile == nil {
		return titles, nil
	}
	for _, code := range profile.PostCodes() {
		post, err := powers.PostOfCode(ctx, p.Read, code, m)
		if err != nil {
			return nil, err
		}
		if post == "" {
			continue
		}
		labels, err := powers.Labels(ctx, p.Read, []id.ID{post}, m)
		if err != nil {
			return nil, err
		}
		titles[code] = in(ctx, labels[post].Name, labels[post].NameEN)
	}
	return titles, nil
}
