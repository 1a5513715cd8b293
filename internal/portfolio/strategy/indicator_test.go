package strategy_test

import (
	"errors"
	"strings"
	"testing"

	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/portfolio/strategy"
)

func (c *town) measured() (strategy.Strategy, strategy.Indicator) {
	c.Helper()
	s := c.draft("Ville numérique", "2014-07-01", "")
	n := c.place(s, "VN-1", "Moins de camions", "1", "")
	c.adopt(s)
	i := c.indicator(n.Objective)
	must[strategy.Target](c)(c.room.SetTarget(c.ctx, mission, i.ID, "2020-12-31", "600"))
	return s, must[strategy.Indicator](c)(c.room.FindIndicator(c.ctx, inside, i.Number))
}

func TestMeasuresAreCorrectedNotChanged(t *testing.T) {
	forEachTown(t, func(c *town) {
		_, i := c.measured()
		c.to("2015-01-20")
		rec := strategy.Record{Indicator: i.ID, Period: "2014", Value: "900", Evidence: "https://data.example/2014"}
		first := must[strategy.Measure](c)(c.room.RecordMeasure(c.ctx, mission, rec))
		if first.Source != "Propreté" || first.Late() {
			t.Errorf("%+v", first)
		}
		c.wants("strategy.measure.twice", failed(c.room.RecordMeasure(c.ctx, mission, rec)))
		rec.Corrects, rec.Value = first.ID, "950"
		c.wants("note:strategy.required", failed(c.room.RecordMeasure(c.ctx, mission, rec)))
		rec.Note = "Deux véhicules manquaient"
		fixed := must[strategy.Measure](c)(c.room.RecordMeasure(c.ctx, mission, rec))
		c.wants("strategy.measure.corrected", failed(c.room.RecordMeasure(c.ctx, mission, rec)))
		s := must[strategy.IndicatorSheet](c)(c.room.IndicatorSheet(c.ctx, inside, i.Number))
		if len(s.Measures) != 1 || s.Measures[0].ID != fixed.ID || len(s.Replaced) != 1 || s.Replaced[0].Value != "900" || s.Done.RatString() != "1/8" {
			t.Errorf("%+v", s)
		}
		c.to("2016-01-31")
		if s = must[strategy.IndicatorSheet](c)(c.room.IndicatorSheet(c.ctx, inside, i.Number)); s.NextDue != "2016-01-31" || s.Late {
			t.Errorf("due %s, late %v", s.NextDue, s.Late)
		}
		c.pass(1)
		if s = must[strategy.IndicatorSheet](c)(c.room.IndicatorSheet(c.ctx, inside, i.Number)); !s.Late {
			t.Error("the measure of 2015 is not overdue")
		}
		late := must[strategy.Measure](c)(c.room.RecordMeasure(c.ctx, mission, strategy.Record{Indicator: i.ID, Period: "2015", Value: "850"}))
		if !late.Late() {
			t.Error("recorded late, not flagged")
		}
	})
}

func TestBadIndicators(t *testing.T) {
	forEachTown(t, func(c *town) {
		_, i := c.measured()
		for want, edit := range map[string]func(*strategy.SetIndicator){
			"unit:strategy.required":                 func(s *strategy.SetIndicator) { s.Unit = "" },
			"baseline:strategy.bad_number":           func(s *strategy.SetIndicator) { s.Baseline = "mille" },
			"baseline_at:strategy.required":          func(s *strategy.SetIndicator) { s.BaselineAt = "" },
			"low:strategy.required":                  func(s *strategy.SetIndicator) { s.Direction = strategy.Range },
			"high:strategy.high_below_low":           func(s *strategy.SetIndicator) { s.Direction, s.Low, s.High = strategy.Range, "5", "4" },
			"codes:strategy.unknown_code":            func(s *strategy.SetIndicator) { s.Codes = []string{"iso:37120"} },
			"owner:strategy.unknown_unit":            func(s *strategy.SetIndicator) { s.Owner = "nobody" },
			"objective:strategy.objective.not_found": func(s *strategy.SetIndicator) { s.Objective = "x" },
		} {
			in := newIndicator(i.Objective)
			edit(&in)
			c.wants(want, failed(c.room.SetIndicator(c.ctx, mission, in)))
		}
		c.wants("value:strategy.target.wrong_way", failed(c.room.SetTarget(c.ctx, mission, i.ID, "2018-12-31", "1200")))
		c.wants("due:strategy.target.before_baseline", failed(c.room.SetTarget(c.ctx, mission, i.ID, "2012-12-31", "900")))
		c.wants("period:strategy.measure.future", failed(c.room.RecordMeasure(c.ctx, mission, strategy.Record{Indicator: i.ID, Period: "2030", Value: "1"})))
		c.wants("evidence:strategy.bad_link", failed(c.room.RecordMeasure(c.ctx, mission, strategy.Record{Indicator: i.ID, Period: "2013", Value: "1", Evidence: "ici"})))
		c.ok(c.room.EndIndicator(c.ctx, mission, i.ID, i.Version, "Remplacé", "fr"))
		c.wants("strategy.indicator.ended", failed(c.room.SetTarget(c.ctx, mission, i.ID, "2018-12-31", "700")))
	})
}

func TestASeriesIsShownBeforeItIsImported(t *testing.T) {
	forEachTown(t, func(c *town) {
		_, i := c.measured()
		c.to("2018-02-01")
		must[strategy.Measure](c)(c.room.RecordMeasure(c.ctx, mission, strategy.Record{Indicator: i.ID, Period: "2014", Value: "900"}))
		must[strategy.Measure](c)(c.room.RecordMeasure(c.ctx, mission, strategy.Record{Indicator: i.ID, Period: "2015", Value: "880"}))
		bad := "Année;Valeur\n2014;neuf cents\n2031;5\n2015;1\n2015;2\n"
		err := failed(c.room.StageSeries(c.ctx, inside, i.ID, strings.NewReader(bad)))
		if keyOf(err) != "tabular.defects" || strings.Count(fieldNames(err), ",") != 2 {
			t.Errorf("%v: %s", err, fieldNames(err))
		}
		p := must[strategy.SeriesPreview](c)(c.room.StageSeries(c.ctx, inside, i.ID, strings.NewReader("Année;Valeur;Source\n2014;900,0;Propreté\n2015;870;Bilan\n2016;850;Bilan\n")))
		if p.Count(strategy.SameMeasure) != 1 || p.Count(strategy.CorrectMeasure) != 1 || p.Count(strategy.AddsMeasure) != 1 {
			t.Errorf("%+v", p.Lines)
		}
		c.wants("why:strategy.required", failed(c.room.ImportSeries(c.ctx, inside, mission, strategy.Import{Series: p.ID, Why: " "})))
		if n := must[int](c)(c.room.ImportSeries(c.ctx, inside, mission, strategy.Import{Series: p.ID, Why: "Un relevé manquait", Lang: "fr"})); n != 2 {
			t.Errorf("%d measures", n)
		}
		c.wants("strategy.series.not_found", failed(c.room.ImportSeries(c.ctx, inside, mission, strategy.Import{Series: p.ID})))
		s := must[strategy.IndicatorSheet](c)(c.room.IndicatorSheet(c.ctx, inside, i.Number))
		if len(s.Measures) != 3 || len(s.Replaced) != 1 || s.Done.RatString() != "3/8" || s.Measures[1].Note != "Un relevé manquait" || s.Measures[2].Note != "" {
			t.Errorf("%d standing, %d replaced, %v", len(s.Measures), len(s.Replaced), s.Done)
		}
	})
}

// What changes only where a measure comes from, or its evidence, corrects it; what the file leaves blank stays as it was.
func TestASeriesCorrectsItsEvidence(t *testing.T) {
	forEachTown(t, func(c *town) {
		_, i := c.measured()
		c.to("2018-02-01")
		must[strategy.Measure](c)(c.room.RecordMeasure(c.ctx, mission, strategy.Record{Indicator: i.ID, Period: "2014", Value: "900", Evidence: "https://data.example/2014"}))
		for file, want := range map[string]strategy.Effect{
			"Année;Valeur\n2014;900\n":                                     strategy.SameMeasure,
			"Année;Valeur;Preuve\n2014;900;https://data.example/2014\n":    strategy.SameMeasure,
			"Année;Valeur;Preuve\n2014;900;https://data.example/2014-v2\n": strategy.CorrectMeasure,
			"Année;Valeur;Remarque\n2014;900;Relu\n":                       strategy.CorrectMeasure,
			"Année;Valeur;Source\n2014;900;Bilan\n":                        strategy.CorrectMeasure,
		} {
			p := must[strategy.SeriesPreview](c)(c.room.StageSeries(c.ctx, inside, i.ID, strings.NewReader(file)))
			if p.Lines[0].Effect != want {
				t.Errorf("%q %s, want %s", file, p.Lines[0].Effect, want)
			}
			if want == strategy.SameMeasure {
				c.wants("strategy.series.nothing_new", failed(c.room.ImportSeries(c.ctx, inside, mission, strategy.Import{Series: p.ID, Why: "x"})))
			}
		}
		p := must[strategy.SeriesPreview](c)(c.room.StageSeries(c.ctx, inside, i.ID, strings.NewReader("Année;Valeur;Source\n2014;900;Bilan\n")))
		must[int](c)(c.room.ImportSeries(c.ctx, inside, mission, strategy.Import{Series: p.ID, Why: "Mauvaise source"}))
		s := must[strategy.IndicatorSheet](c)(c.room.IndicatorSheet(c.ctx, inside, i.Number))
		if m := s.Measures[0]; len(s.Measures) != 1 || m.Source != "Bilan" || m.Evidence != "https://data.example/2014" || m.Note != "Mauvaise source" {
			t.Errorf("%+v", s.Measures)
		}
	})
}

// An indicator has one measure for each of its periods, written as long as that or shorter.
func TestPeriodsFitTheFrequency(t *testing.T) {
	forEachTown(t, func(c *town) {
		_, yearly := c.measured()
		in := newIndicator(yearly.Objective)
		in.Frequency = strategy.Quarterly
		quarterly := must[strategy.Indicator](c)(c.room.SetIndicator(c.ctx, mission, in))
		c.to("2018-02-01")
		record := func(i strategy.Indicator, period calendar.Fuzzy) error {
			return failed(c.room.RecordMeasure(c.ctx, mission, strategy.Record{Indicator: i.ID, Period: period, Value: "900"}))
		}
		c.wants("", record(yearly, "2016-06"))
		for _, twice := range []calendar.Fuzzy{"2016", "2016-Q4", "2016-12-31"} {
			c.wants("strategy.measure.twice", record(yearly, twice))
		}
		c.wants("period:strategy.measure.longer.quarter", record(quarterly, "2016"))
		c.wants("", record(quarterly, "2016-Q1"))
		c.wants("strategy.measure.twice", record(quarterly, "2016-03"))
		for file, want := range map[string]string{
			"Année;Valeur\n2015;1\n2016-Q4;2\n":    "A3:strategy.series.beside",
			"Année;Valeur\n2015;1\n2015-12-31;2\n": "A3:strategy.series.twice",
		} {
			f, _ := errors.AsType[*fault.Error](failed(c.room.StageSeries(c.ctx, inside, yearly.ID, strings.NewReader(file))))
			if f == nil || len(f.Fields) != 1 || f.Fields[0].Name+":"+f.Fields[0].Key != want {
				t.Errorf("%q: %v, want %s", file, f, want)
			}
		}
		f, _ := errors.AsType[*fault.Error](failed(c.room.StageSeries(c.ctx, inside, quarterly.ID, strings.NewReader("Période;Valeur\n2017-Q1;1\n2017;2\n"))))
		if f == nil || len(f.Fields) != 1 || f.Fields[0].Name != "A3" {
			t.Errorf("a year on a quarterly indicator: %v", f)
		}
		// What was measured by the year stays so when the indicator is measured more often, and can be corrected.
		in.ID, in.Version, in.Frequency = yearly.ID, yearly.Version, strategy.Monthly
		c.wants("", record(yearly, "2015"))
		must[strategy.Indicator](c)(c.room.SetIndicator(c.ctx, mission, in))
		p := must[strategy.SeriesPreview](c)(c.room.StageSeries(c.ctx, inside, yearly.ID, strings.NewReader("Année;Valeur\n2015;1\n")))
		must[int](c)(c.room.ImportSeries(c.ctx, inside, mission, strategy.Import{Series: p.ID, Why: "x"}))
		c.wants("period:strategy.measure.longer.month", record(yearly, "2014"))
	})
}

// How a file writes its decimals is said by the file; where it is not, what has two readings is refused at its cell.
func TestTheFileSaysItsDecimalSign(t *testing.T) {
	forEachTown(t, func(c *town) {
		_, i := c.measured()
		c.to("2018-02-01")
		for file, want := range map[string]string{
			"Year,Value\n2015,12.5\n2016,\"1,234\"\n":          "12.5 1234",
			"Year,Value\n2015,\"1,234,567\"\n2016,\"1,234\"\n": "1234567 1234",
			"Année;Valeur\n2015;12\n2016;1,234\n":              "12 1.234",
			"Année,Valeur\n2015,\"0,5\"\n2016,\"1,234\"\n":     "0.5 1.234",
			"Year\tValue\n2015\t12.5\n2016\t1,234\n":           "12.5 1234",
			"Year,Value\n2015,12\n2016,\"1,234\"\n":            "B3:strategy.ambiguous_number",
			"Année;Valeur\n2015;12,5\n2016;1,234\n2017;12.5\n": "B3:strategy.ambiguous_number",
			"Year,Value\n2015,12\n2016,1+2\n":                  "B3:strategy.bad_number",
		} {
			p, err := c.room.StageSeries(c.ctx, inside, i.ID, strings.NewReader(file))
			var read []string
			for _, l := range p.Lines {
				read = append(read, string(l.Value))
			}
			if f, ok := errors.AsType[*fault.Error](err); ok && len(f.Fields) == 1 {
				read = []string{f.Fields[0].Name + ":" + f.Fields[0].Key}
			}
			if got := strings.Join(read, " "); got != want {
				t.Errorf("%q: %q (%v), want %q", file, got, err, want)
			}
		}
	})
}

// A series that nobody made live is forgotten after a day, and not before.
func TestStagedSeriesAreForgotten(t *testing.T) {
	forEachTown(t, func(c *town) {
		_, i := c.measured()
		p := must[strategy.SeriesPreview](c)(c.room.StageSeries(c.ctx, inside, i.ID, strings.NewReader("Année;Valeur;Source\n2013;900,0;Bilan\n")))
		for _, days := range []int{0, 2} {
			c.pass(days)
			if err := c.room.Sweep(c.ctx); err != nil {
				c.Fatal(err)
			}
			if _, err := c.room.PreviewSeries(c.ctx, inside, p.ID); (err == nil) != (days == 0) {
				c.Errorf("after %d days: %v", days, err)
			}
		}
	})
}

func TestContributionsAndGaps(t *testing.T) {
	forEachTown(t, func(c *town) {
		_, i := c.measured()
		served, orphan := c.signal("Collecte"), c.signal("Jardins")
		claim := strategy.Claim{Initiative: served.ID, Objective: i.Objective, Indicator: i.ID, Claim: "Onze pour cent de kilomètres en moins", Amount: "110"}
		c.wants("indicator:strategy.claim.amount_of_what", failed(c.room.ClaimContribution(c.ctx, mission, strategy.Claim{Initiative: served.ID, Objective: i.Objective, Claim: "x", Amount: "1"})))
		c.wants("objective:strategy.objective.not_found", failed(c.room.ClaimContribution(c.ctx, mission, strategy.Claim{Initiative: served.ID, Objective: "x", Claim: "x"})))
		first := must[strategy.Contribution](c)(c.room.ClaimContribution(c.ctx, mission, claim))
		claim.Amount = "120"
		again := must[strategy.Contribution](c)(c.room.ClaimContribution(c.ctx, mission, claim))
		g := must[strategy.Gaps](c)(c.room.Gaps(c.ctx, inside))
		if len(g.Orphans) != 1 || g.Orphans[0].ID != orphan.ID || g.Served != 1 || len(g.Unserved) != 0 {
			t.Errorf("%+v", g)
		}
		if list := must[[]strategy.Serving](c)(c.room.ServedBy(c.ctx, inside, served.ID)); len(list) != 1 || len(list[0].Claims) != 1 || list[0].Claims[0].Amount != "120" || list[0].Node.Code != "VN-1" {
			t.Errorf("%+v", list)
		}
		if list := must[[]strategy.Serving](c)(c.room.ServedBy(c.ctx, anonymous, served.ID)); len(list) != 0 {
			t.Errorf("an internal initiative is shown: %+v", list)
		}
		c.wants("strategy.claim.ended", c.room.EndContribution(c.ctx, mission, first.ID, "x", "fr"))
		c.ok(c.room.EndContribution(c.ctx, mission, again.ID, "Mesure contraire", "fr"))
		if g = must[strategy.Gaps](c)(c.room.Gaps(c.ctx, inside)); len(g.Orphans) != 2 || len(g.Unserved) != 1 {
			t.Errorf("%+v", g)
		}
	})
}
