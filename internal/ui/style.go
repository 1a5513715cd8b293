package ui

import (
	"context"
	"fmt"

	"parvis/internal/money"
)

// What the style page shows. The city and its projects are invented.

var styleAmount = money.Amount{Cents: 18_000_000, Currency: "EUR"}

type styleRow struct {
	Project, Unit, State string
	Tone                 Tone
	Amount               money.Amount
}

func styleRows(ctx context.Context) []styleRow {
	euros := func(n int64) money.Amount { return money.Amount{Cents: n * 100, Currency: "EUR"} }
	return []styleRow{
		{T(ctx, "ui.style.p.bikes"), T(ctx, "ui.style.unit.roads"), T(ctx, "ui.style.t.accepted"), Success, euros(42_000)},
		{T(ctx, "ui.style.p.square"), T(ctx, "ui.style.unit.green"), T(ctx, "ui.style.t.maturing"), Warning, euros(180_000)},
		{T(ctx, "ui.style.p.air"), T(ctx, "ui.style.unit.health"), T(ctx, "ui.style.t.late"), Error, euros(9_600)},
	}
}

func styleUnits(ctx context.Context) []Option {
	return []Option{
		{Value: "", Label: T(ctx, "ui.style.choose")},
		{Value: "dvd", Label: T(ctx, "ui.style.unit.roads"), Group: T(ctx, "ui.style.unit.space")},
		{Value: "deve", Label: T(ctx, "ui.style.unit.green"), Group: T(ctx, "ui.style.unit.space")},
		{Value: "dsp", Label: T(ctx, "ui.style.unit.health"), Group: T(ctx, "ui.style.unit.people")},
	}
}

func styleKinds(ctx context.Context) []Option {
	return []Option{
		{Value: "resident", Label: T(ctx, "ui.style.kind.resident")},
		{Value: "agent", Label: T(ctx, "ui.style.kind.agent"), Hint: T(ctx, "ui.style.kind.agent.hint")},
		{Value: "supplier", Label: T(ctx, "ui.style.kind.supplier"), Hint: T(ctx, "ui.style.kind.supplier.hint")},
	}
}

func styleNotify(ctx context.Context) []Option {
	return []Option{
		{Value: "part", Label: T(ctx, "ui.style.notify.part")},
		{Value: "arbitration", Label: T(ctx, "ui.style.notify.arbitration")},
	}
}

func styleFigures(ctx context.Context) []Figure {
	return []Figure{
		{T(ctx, "ui.style.fig.projects"), P(ctx).Number(187)},
		{T(ctx, "ui.style.fig.budget"), P(ctx).Money(money.Amount{Cents: 240_000_000, Currency: "EUR"})},
		{T(ctx, "ui.style.fig.sensors"), P(ctx).Number(1248)},
		{T(ctx, "ui.style.fig.turnout"), P(ctx).Percent(.174, 1)},
	}
}

func styleCards(ctx context.Context) []CardHead {
	return []CardHead{
		{Title: T(ctx, "ui.style.p.bikes"), URL: "#main", Kicker: Tag(Success, T(ctx, "ui.style.t.accepted")), Foot: T(ctx, "ui.style.unit.roads")},
		{Title: T(ctx, "ui.style.p.square"), URL: "#main", Kicker: Tag(Warning, T(ctx, "ui.style.t.maturing")), Foot: T(ctx, "ui.style.unit.green")},
		{Title: T(ctx, "ui.style.p.air"), Kicker: Tag(Error, T(ctx, "ui.style.t.late")), Foot: T(ctx, "ui.style.unit.health")},
	}
}

func styleTabs(ctx context.Context) []Item {
	return []Item{
		{Label: T(ctx, "ui.style.tab.overview"), URL: "#main", Current: true},
		{Label: T(ctx, "ui.style.tab.parts"), URL: "#main", Count: 5},
		{Label: T(ctx, "ui.style.tab.log"), URL: "#main"},
	}
}

func styleSteps(ctx context.Context) []Step {
	return []Step{
		{T(ctx, "ui.style.s.need"), Past}, {T(ctx, "ui.style.s.study"), Past}, {T(ctx, "ui.style.s.arbitrate"), Now},
		{T(ctx, "ui.style.s.try"), Next}, {T(ctx, "ui.style.s.decide"), Next},
	}
}

func styleSix(ctx context.Context) Six {
	return Six{
		Who:  Str(T(ctx, "ui.style.a.who")),
		What: Str(T(ctx, "ui.style.a.what")),
		Whom: Str(T(ctx, "ui.style.a.whom")),
		Why:  Str(T(ctx, "ui.style.a.why")),
		When: Str(P(ctx).Day("2026-11-20")),
	}
}

func styleAct(ctx context.Context) Act {
	return Act{Sentence: T(ctx, "ui.style.act.sentence"), When: P(ctx).Day("2026-11-20"), Instant: "2026-11-20",
		URL: "#main", Six: styleSix(ctx)}
}

func styleMoments(ctx context.Context) []Moment {
	return []Moment{
		{When: P(ctx).Day("2026-03-12"), Day: "2026-03-12", Title: T(ctx, "ui.style.s.need"), State: Past},
		{When: P(ctx).Day("2026-06-30"), Day: "2026-06-30", Title: T(ctx, "ui.style.s.study"), URL: "#main", State: Past},
		{When: P(ctx).Day("2026-11-20"), Day: "2026-11-20", Title: T(ctx, "ui.style.s.arbitrate"), State: Now, Body: Tag(Warning, T(ctx, "ui.style.t.maturing"))},
		{When: "2027", Title: T(ctx, "ui.style.s.decide"), State: Next},
	}
}

func styleBoardOf(ctx context.Context) Board {
	card := func(id, title string) BoardCard {
		return BoardCard{ID: id, Title: title, URL: "#main", Move: FrameOf(ctx).Path, Version: "1",
			Body: Tag(Outline, T(ctx, "ui.style.t.internal"))}
	}
	return Board{ID: "style", Label: T(ctx, "ui.style.board"), Columns: []Column{
		{Key: "idea", Title: T(ctx, "ui.style.s.need"), Cards: []BoardCard{card("c1", T(ctx, "ui.style.p.bikes")), card("c2", T(ctx, "ui.style.p.air"))}},
		{Key: "study", Title: T(ctx, "ui.style.s.study"), Cards: []BoardCard{card("c3", T(ctx, "ui.style.p.square"))}},
		{Key: "try", Title: T(ctx, "ui.style.s.try")},
	}}
}

func styleMapOf(ctx context.Context) Map {
	m := Map{Label: T(ctx, "ui.style.map"), Width: 400, Height: 220, Points: []Point{{X: 205, Y: 120, Name: T(ctx, "ui.style.map.square"), URL: "#main"}}}
	shapes := []string{
		"M10 30L120 12L150 90L60 130L20 100Z", "M120 12L260 20L270 80L150 90Z", "M260 20L388 40L380 120L270 80Z",
		"M60 130L150 90L270 80L250 170L140 205L70 190Z", "M270 80L380 120L340 205L250 170Z",
	}
	for i, d := range shapes {
		m.Areas = append(m.Areas, Area{Path: d, Name: T(ctx, fmt.Sprintf("ui.style.map.area%d", i+1)), URL: "#main", Level: i,
			Text: N(ctx, "ui.style.map.ideas", i*7)})
	}
	return m
}
