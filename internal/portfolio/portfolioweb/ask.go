package portfolioweb

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"

	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/money"
	"parvis/internal/portfolio"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// askForm is the half page that is put to whoever may answer it, as typed.
type askForm struct {
	Question       string       `form:"question,max=500"`
	Context        string       `form:"context,max=8000"`
	Recommended    int          `form:"recommended"`
	Recommendation string       `form:"recommendation,max=8000"`
	Amount         money.Amount `form:"amount"`
	Matter         string       `form:"matter,max=80"`
	Place          string       `form:"place,max=80"`
	Segments       []string     `form:"for"`
	Instrument     string       `form:"instrument,max=200"`
	BudgetLine     string       `form:"budget_line,max=200"`
	Do             string       `form:"do,max=20"`
	Options        []portfolio.Option
	Asked          map[id.ID]portfolio.Capacity
}

// optionRows is how many ways out the form has room for: half a page weighs no more.
const optionRows = 5

// otherRows lets the question be put to posts that the powers did not propose.
const otherRows = 2

func readAsk(r *http.Request) (askForm, error) {
	f := askForm{Asked: map[id.ID]portfolio.Capacity{}}
	if err := web.Decode(r, &f); err != nil {
		return f, err
	}
	bad := fault.New(fault.Invalid, "fault.invalid")
	for n := range optionRows {
		o := portfolio.Option{Label: r.PostForm.Get(rowField("option", n)), Consequence: r.PostForm.Get(rowField("consequence", n))}
		if cost := r.PostForm.Get(rowField("cost", n)); cost != "" {
			var err error
			if o.Cost, err = money.Parse(cost); err != nil {
				bad.At(rowField("cost", n), "portfolio.ask.cost")
			}
		}
		f.Options = append(f.Options, o)
	}
	for name, values := range r.PostForm {
		if post, ok := strings.CutPrefix(name, "ask-"); ok && values[0] != "" {
			f.Asked[id.ID(post)] = portfolio.Capacity(values[0])
		}
	}
	for n := range otherRows {
		if post := id.ID(r.PostForm.Get(rowField("other", n))); post != "" {
			f.Asked[post] = portfolio.Capacity(cmp.Or(r.PostForm.Get(rowField("capacity", n)), string(portfolio.Opinion)))
		}
	}
	return f, bad.OrNil()
}

// asked lists to whom the question is put, in a stable order.
func (f askForm) asked() []portfolio.AskedPost {
	var out []portfolio.AskedPost
	for post, capacity := range f.Asked {
		out = append(out, portfolio.AskedPost{Post: post, Capacity: capacity})
	}
	slices.SortFunc(out, func(a, b portfolio.AskedPost) int { return cmp.Compare(a.Post, b.Post) })
	return out
}

// row is one way out as typed.
func (f askForm) row(n int) portfolio.Option {
	if n < len(f.Options) {
		return f.Options[n]
	}
	return portfolio.Option{}
}

// askView is the page of the question, with the posts that the powers propose for it.
type askView struct {
	manageView
	Form       askForm
	Candidates []Candidate
}

// others are the posts to which the question may be put besides; none when they are too many for a list.
func (a askView) others(ctx context.Context) []ui.Option {
	if len(a.Agents) == 0 {
		return nil
	}
	return append(options(a.Elected, ui.T(ctx, "portfolio.ask.nobody")), options(a.Agents, "")...)
}

func (p *Pages) ask(w http.ResponseWriter, r *http.Request) error {
	m, err := p.manage(r)
	if err != nil {
		return err
	}
	view := askView{manageView: m, Form: askForm{Matter: m.Matter}}
	var bad error
	if r.Method != http.MethodGet {
		view.Form, bad = readAsk(r)
	}
	if err := p.propose(r, &view); err != nil {
		return err
	}
	switch {
	case bad != nil:
		return web.Refuse(w, r, bad, askPage(view))
	case r.Method == http.MethodGet || view.Form.Do == "propose":
		return web.Render(w, r, askPage(view))
	}
	return p.askNow(w, r, view)
}

// propose asks the powers who may answer a question of this amount, matter and place.
func (p *Pages) propose(r *http.Request, view *askView) error {
	if p.WhoMayDecide == nil {
		return nil
	}
	ask := Ask{Initiative: view.Initiative, Amount: view.Form.Amount, Matter: cmp.Or(view.Form.Matter, view.Matter), Place: view.Form.Place}
	for _, h := range view.Sponsors {
		ask.Sponsors = append(ask.Sponsors, h.Post)
	}
	for _, part := range view.Parts {
		if part.Unit != "" && part.Open() {
			ask.Parts = append(ask.Parts, part.Unit)
		}
	}
	if lead, ok := view.Lead(); ok {
		ask.Lead = append(ask.Lead, lead.Unit)
	}
	var err error
	if view.Candidates, err = p.WhoMayDecide(r.Context(), ask); err != nil {
		return err
	}
	var posts []id.ID
	for _, c := range view.Candidates {
		posts = append(posts, c.Post)
	}
	return view.Book.name(r, view.Book.posts, p.Names.Posts, known(posts))
}

func (p *Pages) askNow(w http.ResponseWriter, r *http.Request, view askView) error {
	f := view.Form
	a, err := p.Room.AskArbitration(r.Context(), web.Actor(r), portfolio.AskForm{Initiative: view.ID, Case: portfolio.Case{Question: f.Question,
		Context: f.Context, Options: f.Options, Recommended: f.Recommended, Recommendation: f.Recommendation, Amount: f.Amount,
		Matter: f.Matter, Place: f.Place, Asked: f.asked()},
		Answers: portfolio.Answers{Segments: f.Segments, Instrument: f.Instrument, BudgetLine: f.BudgetLine}})
	if err != nil {
		return web.Refuse(w, r, err, askPage(view))
	}
	return web.Done(w, r, web.From(r).URL("portfolio.arbitration", a.Number), "portfolio.done.ask")
}

// capacity is what the form says of a candidate: what is proposed, until the form was sent.
func (a askView) capacity(c Candidate) string {
	if a.Form.Asked == nil {
		return string(c.Capacity)
	}
	return string(a.Form.Asked[c.Post])
}
