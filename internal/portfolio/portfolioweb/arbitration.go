package portfolioweb

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
	"parvis/internal/web"
)

// arbitrationView is the half page of a question, with the form of whoever may answer it.
type arbitrationView struct {
	portfolio.ArbitrationSheet
	Book    *book
	Visitor identity.Visitor
	Inside  bool
	MayAct  bool
	Form    decideForm
	Fresh   bool // the identity was proved less than five minutes ago
	Units   []Choice
	Agents  []Choice
	Draft   id.ID
	Ahead   templ.Component // the circuits that it goes through before it is decided, nil for none
	Concern templ.Component // who withdrew, and the way to do so, nil for none
}

func (p *Pages) half(r *http.Request) (arbitrationView, error) {
	v := web.From(r)
	a, err := p.Room.Arbitration(r.Context(), v.Visitor, r.PathValue("number"))
	if err != nil {
		return arbitrationView{}, err
	}
	view := arbitrationView{ArbitrationSheet: a, Visitor: v.Visitor, Inside: v.Visitor.Inside(), MayAct: mayAct(v.Visitor),
		Fresh: identity.RequireFresh(v.Visitor, v.Now) == nil}
	view.Form = decideForm{Version: a.Version, Chosen: -1}
	if a.Recommended > 0 {
		view.Form.Chosen = a.Recommended
	}
	if view.Book, err = p.open(r, a.Posts, a.Units); err != nil {
		return view, err
	}
	if err := view.Book.name(r, view.Book.posts, p.Names.Posts, postIDs(v.Visitor)); err != nil {
		return view, err
	}
	if p.Ahead != nil && view.Inside && (view.Waiting() || view.Status == portfolio.Returned) {
		if view.Ahead, err = p.Ahead(r.Context(), a.ID); err != nil {
			return view, err
		}
	}
	if p.Interests != nil && view.Inside {
		if view.Concern, err = p.Interests(r.Context(), a.Arbitration); err != nil {
			return view, err
		}
	}
	if !view.MayAct {
		return view, nil
	}
	if view.Units, err = choices(r, p.Names.AllUnits); err != nil {
		return view, err
	}
	view.Agents, err = choices(r, p.Names.Agents)
	return view, err
}

func (p *Pages) arbitration(w http.ResponseWriter, r *http.Request) error {
	view, err := p.half(r)
	if err != nil {
		return err
	}
	if r.PathValue("number") != view.Number {
		return web.See(w, r, web.From(r).URL("portfolio.arbitration", view.Number))
	}
	if draft := id.ID(r.URL.Query().Get("draft")); draft != "" && view.deciding() {
		if err := p.takeUpDecision(r, draft, &view); err != nil {
			return err
		}
	}
	return web.Render(w, r, arbitrationPage(view))
}

func (p *Pages) note(w http.ResponseWriter, r *http.Request) error {
	view, err := p.half(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, notePage(view))
}

// deciding tells whether the form of the decision is shown.
func (a arbitrationView) deciding() bool { return a.MayAct && a.MayAnswer && a.Waiting() }

// decider is the post that would decide: the visitor's own that is asked to.
func (a arbitrationView) decider() id.ID {
	for _, asked := range a.Asked {
		if _, holds := a.Visitor.Post(asked.Post); holds && asked.Capacity == portfolio.Decides {
			return asked.Post
		}
	}
	return ""
}

// opines finds the line by which one of the visitor's posts is asked for something short of deciding: an
// opinion, a visa, or the agreement of one of several who decide together.
func (a arbitrationView) opines() (portfolio.AskedPost, bool) {
	deciders := 0
	for _, asked := range a.Asked {
		if asked.Capacity == portfolio.Decides {
			deciders++
		}
	}
	for _, asked := range a.Asked {
		_, holds := a.Visitor.Post(asked.Post)
		alone := asked.Capacity == portfolio.Decides && deciders == 1
		if holds && a.MayAct && a.Waiting() && asked.Capacity != portfolio.Informed && !alone {
			return asked, true
		}
	}
	return portfolio.AskedPost{}, false
}

// asks tells whether one of the visitor's posts put the question.
func (a arbitrationView) asks() bool {
	_, holds := a.Visitor.Post(a.AskedBy)
	return holds && a.MayAct
}

// misses tells whether the context leaves one of the six without an answer.
func (a arbitrationView) misses(q portfolio.Question) bool {
	for _, m := range a.Missing {
		if m == q {
			return true
		}
	}
	return false
}

// lines splits what was typed one per line.
func lines(text string) []string {
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// at finds the meetings at which the questions that wait come next.
func (p *Pages) at(ctx context.Context, mine portfolio.MyArbitrations) (map[id.ID]templ.Component, error) {
	if p.At == nil {
		return nil, nil
	}
	var questions []id.ID
	for _, w := range append(slices.Clone(mine.Waiting), mine.Maturing...) {
		questions = append(questions, w.ID)
	}
	return p.At(ctx, questions)
}

// withdraw adds to the page how to withdraw from what waits, and from what one withdrew.
func (p *Pages) withdraw(ctx context.Context, view *mineView) (err error) {
	view.Concern = map[id.ID]templ.Component{}
	for _, w := range view.Waiting {
		if p.Interests == nil {
			break
		}
		if view.Concern[w.ID], err = p.Interests(ctx, w.Arbitration); err != nil {
			return err
		}
	}
	if p.Withdrawn != nil {
		view.Withdrawn, err = p.Withdrawn(ctx)
	}
	return err
}

func (p *Pages) myArbitrations(w http.ResponseWriter, r *http.Request) error {
	v := web.From(r)
	mine, err := p.Room.MyArbitrations(r.Context(), v.Visitor)
	if err != nil {
		return err
	}
	var posts []id.ID
	for _, list := range [][]portfolio.Waiting{mine.Waiting, mine.Maturing, mine.Decided} {
		for _, a := range list {
			posts = append(posts, a.AskedBy, a.DecidedBy)
		}
	}
	b, err := p.openIDs(r, posts, nil)
	if err != nil {
		return err
	}
	view := mineView{MyArbitrations: mine, Book: b, Today: p.Room.Today()}
	if view.At, err = p.at(r.Context(), mine); err != nil {
		return err
	}
	if err := p.withdraw(r.Context(), &view); err != nil {
		return err
	}
	return web.Render(w, r, minePage(view))
}
