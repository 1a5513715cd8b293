package powersweb

import (
	"context"
	"strconv"
	"strings"

	"parvis/internal/calendar"
	"parvis/internal/id"
	"parvis/internal/money"
	"parvis/internal/powers"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// modes are the columns of the matrix.
var modes = []powers.RuleMode{powers.Decides, powers.Visa, powers.Opinion, powers.Informed}

func amountText(a money.Amount) string {
	if a.IsZero() {
		return ""
	}
	if a.Cents%100 == 0 {
		return strconv.FormatInt(a.Cents/100, 10)
	}
	return strconv.FormatFloat(float64(a.Cents)/100, 'f', 2, 64)
}

func dayOr(day, other calendar.Day) string {
	if day == "" {
		return string(other)
	}
	return string(day)
}

// more tells whether the folded part of the question is in use.
func (v whoView) more() bool {
	f := v.Form
	return f.Matter != "" || f.Place != "" || f.Lead != "" || len(f.Parts) > 0 || f.Known != ""
}

func withAny(ctx context.Context, key string, options []ui.Option) []ui.Option {
	return append([]ui.Option{{Value: "", Label: ui.T(ctx, key)}}, options...)
}

func matterOptions(v whoView) []ui.Option {
	var out []ui.Option
	for _, m := range v.Matters {
		out = append(out, ui.Option{Value: m, Label: m})
	}
	return out
}

// keyed makes options of codes whose words are in the catalogues.
func keyed(ctx context.Context, prefix string, codes []string) []ui.Option {
	var out []ui.Option
	for _, c := range codes {
		out = append(out, ui.Option{Value: c, Label: ui.T(ctx, prefix+c)})
	}
	return out
}

func natures(ctx context.Context) []ui.Option {
	var out []ui.Option
	for _, n := range []string{powers.OfFunction, powers.OfSignature, powers.OfAttribution} {
		out = append(out, ui.Option{Value: n, Label: ui.T(ctx, "powersweb.delegation."+n), Hint: ui.T(ctx, "powersweb.delegation."+n+".hint")})
	}
	return out
}

// delegable are the acts that the form offers to delegate.
func delegable(ctx context.Context) []ui.Option {
	var out []ui.Option
	for _, v := range []string{"portfolio.arbitration.decide", "portfolio.part.*", "portfolio.initiative.publish", "portfolio.*", "powers.*"} {
		out = append(out, ui.Option{Value: v, Label: verb(ctx, v)})
	}
	return out
}

func nature(v postView) string {
	if v.Layer == powers.Elected {
		return powers.OfFunction
	}
	return powers.OfSignature
}

func status(v postView) string {
	if v.Layer == powers.Elected {
		return "elu"
	}
	return "fonctionnaire"
}

func orgCrumbs(ctx context.Context, day calendar.Day) []ui.Item {
	return []ui.Item{{Label: ui.T(ctx, "powersweb.org.title"), URL: onDay(ui.Link(ctx, "powers.organigram"), day)}}
}

func unitCrumbs(ctx context.Context, unit id.ID, name string) []ui.Item {
	crumbs := orgCrumbs(ctx, "")
	if unit != "" {
		crumbs = append(crumbs, ui.Item{Label: name, URL: unitURL(ctx, unit, "")})
	}
	return crumbs
}

func postCrumbs(ctx context.Context, v postView) []ui.Item {
	return append(orgCrumbs(ctx, v.Date), ui.Item{Label: in(ctx, v.UnitName.Name, v.UnitName.NameEN), URL: unitURL(ctx, v.Unit, v.Date)})
}

func postFormCrumbs(ctx context.Context, v postView) []ui.Item {
	return append(postCrumbs(ctx, v), ui.Item{Label: in(ctx, v.Title, v.TitleEN), URL: postURL(ctx, v.ID, "")})
}

func profileCrumbs(ctx context.Context) []ui.Item {
	return append(orgCrumbs(ctx, ""), ui.Item{Label: ui.T(ctx, "powersweb.profiles.title"), URL: ui.Link(ctx, "powers.profiles")})
}

// orgItems leads to the other pages about the organisation, on the same day.
func orgItems(ctx context.Context, current string, day calendar.Day) []ui.Item {
	var items []ui.Item
	for _, page := range []struct{ route, key string }{
		{"powers.who", "powersweb.who.title"}, {"powers.organigram", "powersweb.org.title"}, {"powers.doors", "powersweb.doors.title"},
		{"powers.delegations", "powersweb.delegations.title"}, {"powers.matrix", "powersweb.matrix.title"},
		{"powers.profiles", "powersweb.profiles.title"}, {"powers.compare", "powersweb.compare.title"}, {"powers.vacant", "powersweb.vacant.title"},
		{"genealogy", "genealogy.title"}, {"passation.stories", "passation.stories.title"}, {"network", "network.title"}, // where the site has them
	} {
		if page.route == current || !web.Of(ctx).Has(page.route) {
			continue
		}
		url := ui.Link(ctx, page.route)
		if strings.HasPrefix(page.route, "powers.") && page.route != "powers.who" && page.route != "powers.profiles" && page.route != "powers.compare" {
			url = onDay(url, day)
		}
		items = append(items, ui.Item{Label: ui.T(ctx, page.key), URL: url})
	}
	return items
}

// faces are the two ways to look at the organigram.
func faces(ctx context.Context, v orgView) []ui.Item {
	url := ui.Link(ctx, "powers.organigram") + "?date=" + string(v.Day)
	return []ui.Item{{Label: ui.T(ctx, "powersweb.org.tree"), URL: url, Current: !v.List},
		{Label: ui.T(ctx, "powersweb.org.list"), URL: url + "&as=list", Current: v.List}}
}

func (v orgView) nameOf(ctx context.Context, unit id.ID) string {
	for _, n := range v.Nodes {
		if n.ID == unit && unit != "" {
			return in(ctx, n.Name, n.NameEN)
		}
	}
	return ""
}

func foundURL(ctx context.Context, f powers.Found, day calendar.Day) string {
	if f.Type == "unit" {
		return unitURL(ctx, f.ID, day)
	}
	return postURL(ctx, f.ID, day)
}

func linkKey(l powers.LinkView) string {
	if l.Above {
		return "powersweb.link.above." + l.Nature
	}
	return "powersweb.link.below." + l.Nature
}

func otherEnd(l powers.LinkView) id.ID {
	if l.Above {
		return l.Parent
	}
	return l.Child
}

func topic(ctx context.Context, code string) string {
	if key := "powersweb.topic." + code; ui.P(ctx).Has(key) {
		return ui.T(ctx, key)
	}
	return code
}

// becoming says what happened to a unit.
func becoming(ctx context.Context, b powers.Becoming) string {
	return ui.T(ctx, "powersweb.change."+b.Kind, "day", b.From, "old", in(ctx, b.OldName.Name, b.OldName.NameEN),
		"new", in(ctx, b.NewName.Name, b.NewName.NameEN), "number", b.LegalAct)
}

func publicationText(ctx context.Context, p powers.Publication) string {
	text := ui.T(ctx, "powersweb.publication."+p.Default)
	if p.Embargo > 0 {
		text += " " + ui.N(ctx, "powersweb.publication.embargo", p.Embargo)
	}
	return text + " " + p.Basis
}

func committeeText(ctx context.Context, c powers.Committee) string {
	text := ui.T(ctx, "powersweb.voting."+c.Voting)
	if c.Quorum > 0 {
		text += ", " + ui.N(ctx, "powersweb.quorum", c.Quorum)
	}
	if c.Notice > 0 {
		text += ", " + ui.N(ctx, "powersweb.notice", c.Notice)
	}
	return text
}

func compareHead(ctx context.Context, day calendar.Day, p *powers.Profile) string {
	if p == nil {
		return ui.T(ctx, "powersweb.who.no_profile", "day", day)
	}
	return ui.T(ctx, "powersweb.compare.head", "day", day, "profile", p.Name.In(ui.FrameOf(ctx).Lang))
}

// changeGroup is one kind of change between two days.
type changeGroup struct {
	Title string
	Lines []changeLine
}

type changeLine struct{ Title, URL, Note string }

func changesOf(ctx context.Context, v compareView) []changeGroup {
	e := v.Evolution
	unit := func(n powers.Node, day calendar.Day, note string) changeLine {
		return changeLine{in(ctx, n.Name, n.NameEN), unitURL(ctx, n.ID, day), note}
	}
	groups := make([]changeGroup, 7)
	for i, key := range []string{"created", "ended", "renamed", "moved", "heads", "given", "over"} {
		groups[i].Title = ui.T(ctx, "powersweb.compare."+key)
	}
	add := func(i int, l changeLine) { groups[i].Lines = append(groups[i].Lines, l) }
	for _, n := range e.Created {
		add(0, unit(n, v.To, ui.T(ctx, "powersweb.kind."+n.Kind)))
	}
	for _, n := range e.Ended {
		add(1, unit(n, v.From, ui.P(ctx).Period(n.Period)))
	}
	for _, p := range e.Renamed {
		add(2, unit(p.After, v.To, ui.T(ctx, "powersweb.compare.before", "name", in(ctx, p.Before.Name, p.Before.NameEN))))
	}
	for _, p := range e.Moved {
		add(3, unit(p.After, v.To, ""))
	}
	for _, p := range e.Heads {
		add(4, unit(p.After, v.To, ""))
	}
	for _, d := range e.Given {
		add(5, delegationChange(ctx, d, v.To))
	}
	for _, d := range e.Over {
		add(6, delegationChange(ctx, d, v.From))
	}
	return groups
}

func delegationChange(ctx context.Context, d powers.DelegationView, day calendar.Day) changeLine {
	return changeLine{d.GiverTitle + " → " + d.ReceiverTitle, ui.Link(ctx, "powers.delegations") + "?date=" + string(day) + "#d-" + string(d.ID),
		ui.T(ctx, "powersweb.delegation.of."+d.Nature, "number", d.LegalAct)}
}
