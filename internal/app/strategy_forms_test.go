package app

import "encoding/json"

// first is the first value that a question finds, "0" when there is none.
func first(w *town, sql string, args ...any) string { return firstOr(w, "0", sql, args...) }

func firstOr(w *town, none, sql string, args ...any) string {
	if found := all(w, sql, args...); len(found) > 0 {
		return found[0]
	}
	return none
}

// versioned are an id and the field that carries the version of its row.
func versioned(w *town, table, id string) string {
	return "version=" + first(w, `SELECT CAST(version AS TEXT) FROM `+table+` WHERE id = $1`, id)
}

// strategyForms are the forms of the strategy, its indicators, its positions and the reading grid.
func strategyForms(w *town, s things) map[string][]sent {
	draft := first(w, `SELECT id FROM strategy_strategy WHERE title_fr = $1`, drafted)
	number := first(w, `SELECT number FROM strategy_strategy WHERE id = $1`, draft)
	node := first(w, `SELECT id FROM strategy_node WHERE strategy = $1 AND removed_on = '' ORDER BY rank, id`, draft)
	objective := first(w, `SELECT objective FROM strategy_node WHERE removed_on = '' AND strategy <> $1 ORDER BY strategy, rank, id`, draft)
	words := []string{"title=Une ville lisible", "purpose=Dire ce que la Ville mesure", "kind=schema_numerique", "from=2019-06-01", "last=2022-12-31"}
	answers := []string{"why=Le conseil a délibéré.", "for=residents", "basis=CGCT L2121-29", "when=2018-03-12", "how=deliberation", "instrument=DEL-2018-9"}
	of := versioned(w, "strategy_strategy", draft)
	annotation := first(w, `SELECT id FROM strategy_annotation WHERE status = 'waiting' ORDER BY id`)
	criterion := first(w, `SELECT c.code FROM strategy_criterion c JOIN strategy_grid g ON g.id = c.grid WHERE g.visibility = 'public' ORDER BY g.edition DESC, c.rank, c.id`)
	grid := first(w, `SELECT id FROM strategy_grid WHERE visibility <> 'public' ORDER BY edition DESC`)
	kept := first(w, `SELECT id FROM strategy_position WHERE visibility <> 'public' ORDER BY id`)
	forms := map[string][]sent{
		"strategy.new": deeds(append([]string{"write"}, words...)),
		"strategy.edit": on("number", number, deeds(append([]string{"write", of}, words...), []string{"node", "title=Un objectif", "code=9", "kind=outcome", "weight=1", "rank=9"},
			[]string{"remove-node." + node, versioned(w, "strategy_node", node)}, []string{"paper", "title=Délibération", "link=https://ville.example/9", "public=true"}, []string{"paper", "title=Rapport", "@file=rapport.txt\nLe rapport"},
			[]string{"publish", of}, append([]string{"adopt", of}, answers...))),
		"strategy.gaps":         deeds([]string{"claim", "initiative=" + s.id, "objective=" + objective, "claim=Moins de camions", "evidence=https://ville.example/8"}, []string{"end-claim." + first(w, `SELECT id FROM strategy_contribution WHERE ended_on = '' ORDER BY id`), "why=Fini"}),
		"strategy.positions":    deeds([]string{"dilemma", "code=essai", "name=Essai", "question=Essayer ou décider ?", "left=Essayer", "right=Décider"}, append([]string{"take." + first(w, `SELECT id FROM strategy_dilemma ORDER BY rank, id`), "lean=1"}, answers...), []string{"publish." + kept, versioned(w, "strategy_position", kept), "reviewed=true"}),
		"strategy.grid.edition": deeds([]string{"annotate", "kind=question", "body=Et les enfants ?", "voice=resident"}),
		"strategy.grid.write":   deeds([]string{"grid", versioned(w, "strategy_grid", grid), "title=Référentiel 3", "intro=Lire les projets", "changes=Un critère de plus"}, []string{"criterion", "code=essai", "name=Essai", "question=Essai ?", "rank=9", "levels=peu\nbeaucoup"}),
		"strategy.grid.annotations": deeds([]string{"show." + annotation, versioned(w, "strategy_annotation", annotation)},
			[]string{"refuse." + annotation, versioned(w, "strategy_annotation", annotation), "why=Hors sujet"}),
		"strategy.placement": deeds([]string{"place." + criterion, "level=" + w.level(criterion), "reason=On le voit à l’usage",
			"seen=" + firstOr(w, "", `SELECT p.id FROM strategy_placement p JOIN strategy_grid g ON g.id = p.grid WHERE g.visibility = 'public' AND p.subject_id = $1 AND p.criterion = $2 AND p.replaced_on = '' ORDER BY g.edition DESC`, s.id, criterion)}),
	}
	w.indicatorForms(s, objective, forms)
	return forms
}

// indicatorForms are those of the indicator that the mission keeps.
func (w *town) indicatorForms(s things, objective string, forms map[string][]sent) {
	indicator := first(w, `SELECT id FROM strategy_indicator WHERE title_fr = $1`, measured)
	number := first(w, `SELECT number FROM strategy_indicator WHERE id = $1`, indicator)
	measure := first(w, `SELECT id FROM strategy_measure WHERE indicator = $1 AND replaced_by = '' ORDER BY last_day DESC, id`, indicator)
	of := versioned(w, "strategy_indicator", indicator)
	asked := []string{"objective=" + objective, "title=Capteurs inscrits", "unit=capteurs", "direction=up", "baseline=10", "baseline_at=2017", "method=Compter", "source=Registre", "frequency=year", "owner=" + s.unit}
	forms["strategy.indicator.new"] = deeds(append([]string{"set"}, asked...))
	forms["strategy.indicator.edit"] = on("number", number, deeds([]string{"target", "value=50", "due=2020-12-31"}, append([]string{"set", of}, asked...),
		[]string{"measure", "period=2018-02", "value=40", "source=Registre", "evidence=https://ville.example/7"},
		[]string{"correct." + measure, "period=2017-12", "value=41", "note=Compté deux fois", "source=Registre"}, []string{"publish", of}, []string{"end", of, "why=Remplacé"}))
	paper := first(w, `SELECT id FROM strategy_paper WHERE visibility <> 'public' ORDER BY id`)
	forms["strategy.edit"] = append(forms["strategy.edit"], on("number", "S-2018-1", deeds([]string{"publish-paper." + paper}, []string{"remove-paper." + paper}))...)
	series := on("number", number, after("strategy.indicator.edit", sent{form: fill("_form=import")}))
	series[0].before = fill("_form=series", "pasted=Période;Valeur\n2018-01;33")
	forms["strategy.indicator.series"] = series
}

// level is one of those of a criterion in the edition in force.
func (w *town) level(criterion string) string {
	w.t.Helper()
	found := first(w, `SELECT c.levels FROM strategy_criterion c JOIN strategy_grid g ON g.id = c.grid WHERE g.visibility = 'public' AND c.code = $1 ORDER BY g.edition DESC`, criterion)
	var levels []struct{ Code string }
	if err := json.Unmarshal([]byte(found), &levels); err != nil || len(levels) == 0 {
		w.t.Fatalf("the levels of %s: %s, %v", criterion, found, err)
	}
	return levels[0].Code
}
