package participationweb

import (
	"cmp"
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"parvis/internal/participation"
	"parvis/internal/participation/recount"
	"parvis/internal/participation/tally"
	"parvis/internal/web"
)

// electionView is what every page about an election knows.
type electionView struct {
	participation.Sheet
	Doc    *tally.Document // nil before the rules are frozen
	Rule   tally.Rule
	Inside bool
}

// read finds the election of the address, as far as the visitor may read it.
func (p *Pages) read(r *http.Request) (electionView, error) {
	v := web.From(r)
	s, err := p.Room.Sheet(r.Context(), v.Visitor, r.PathValue("election"))
	e := electionView{Sheet: s, Inside: v.Visitor.Inside()}
	if err != nil || s.Rules == "" {
		return e, err
	}
	if e.Doc, err = s.Document(); err == nil {
		e.Rule = participation.Rule(e.Doc)
	}
	return e, err
}

// Counted tells whether there is a result to show.
func (e electionView) Counted() bool {
	return e.Stage == participation.Counted || e.Stage == participation.Published
}

// Voters counts the ballots of the lots that tell how many they have.
func (e electionView) Voters() (n int64) {
	for _, l := range e.Lots {
		n += l.Voters
	}
	return n
}

// Sum adds a figure of every lot that was counted.
func (e electionView) Sum(figure func(*participation.Result) int64) (n int64) {
	for _, l := range e.Lots {
		if l.Result != nil {
			n += figure(l.Result)
		}
	}
	return n
}

// lotView is a lot with its projects.
type lotView struct {
	electionView
	participation.LotSheet
	Map *lotMap
	May bool // other rules may be tried
}

func (l lotView) result() *participation.Result { return l.Lot.Result }

// secret tells whether the lot tells its winners alone.
func (l lotView) secret() bool {
	return l.result() != nil && l.result().Disclosure == recount.OnlyWinners
}

// ballots tells whether the lot tells what only its ballots can.
func (l lotView) ballots() bool {
	return l.result() != nil && l.result().Disclosure == recount.AllBallots
}

// tellsSupport tells whether what a losing project lacked is told by its effective support.
func (l lotView) tellsSupport() bool {
	return l.Rule.Family == tally.EqualShares && !l.secret()
}

// won are the winners in the order of selection; lost the others, the nearest to winning first.
func (l lotView) won() []participation.Project {
	return l.sorted(true, func(a, b participation.Project) int { return cmp.Compare(a.Turn, b.Turn) })
}

func (l lotView) lost() []participation.Project {
	return l.sorted(false, func(a, b participation.Project) int {
		if a.Withdrawn != b.Withdrawn {
			return map[bool]int{true: 1, false: -1}[a.Withdrawn]
		}
		return cmp.Or(l.near(a.Why, b.Why), cmp.Compare(b.Votes, a.Votes), cmp.Compare(a.Rank, b.Rank))
	})
}

// near puts first who was nearest to winning: by effective support under Equal Shares.
func (l lotView) near(a, b *participation.Why) int {
	if l.Rule.Family == tally.EqualShares && a != nil && b != nil {
		return cmp.Compare(b.Effective, a.Effective)
	}
	return compareNear(a, b)
}

// compareNear puts first the rank of majority judgment, then the place in the ranking.
func compareNear(a, b *participation.Why) int {
	if a == nil || b == nil {
		return 0
	}
	last := func(n int) int { return cmp.Or(n, 1<<30) }
	return cmp.Or(cmp.Compare(last(a.Rank), last(b.Rank)), cmp.Compare(last(a.Place), last(b.Place)))
}

func (l lotView) sorted(won bool, by func(a, b participation.Project) int) []participation.Project {
	var out []participation.Project
	for _, p := range l.Projects {
		if p.Won() == won {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, by)
	return out
}

func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	v := web.From(r)
	list, err := p.Room.List(r.Context(), v.Visitor)
	if err != nil {
		return err
	}
	return web.Render(w, r, listPage(list, v.Visitor.Inside()))
}

// election shows the lots of an election, or its only one.
func (p *Pages) election(w http.ResponseWriter, r *http.Request) error {
	e, err := p.read(r)
	if err != nil {
		return err
	}
	if len(e.Lots) == 1 {
		l, err := p.fill(r, e, "")
		if err != nil {
			return err
		}
		return web.Render(w, r, onePage(l, p.journal(r, e)))
	}
	return web.Render(w, r, electionPage(e, p.journal(r, e)))
}

func (p *Pages) journal(r *http.Request, e electionView) templ.Component {
	if p.Journal == nil {
		return nil
	}
	return p.Journal(r.Context(), e.Ref())
}

func (p *Pages) lot(w http.ResponseWriter, r *http.Request) error {
	e, err := p.read(r)
	if err != nil {
		return err
	}
	l, err := p.fill(r, e, r.PathValue("lot"))
	if err != nil {
		return err
	}
	return web.Render(w, r, lotPage(l))
}

func (p *Pages) fill(r *http.Request, e electionView, code string) (lotView, error) {
	s, err := p.Room.LotSheet(r.Context(), e.Sheet, code)
	l := lotView{electionView: e, LotSheet: s}
	if err != nil {
		return l, err
	}
	l.May = e.Doc != nil && participation.MayTry(web.From(r).Visitor, e.Election, e.Doc, s.Lot)
	l.Map = p.draw(r, l)
	return l, nil
}

func (p *Pages) rules(w http.ResponseWriter, r *http.Request) error {
	e, err := p.read(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, rulesPage(e))
}

func (p *Pages) quality(w http.ResponseWriter, r *http.Request) error {
	e, err := p.read(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, qualityPage(e))
}
