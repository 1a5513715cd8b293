package app

// first is the first value that a question finds, "0" when there is none.
func first(w *town, sql string, args ...any) string {
	if found := all(w, sql, args...); len(found) > 0 {
		return found[0]
	}
	return "0"
}

// versioned are an id and the field that carries the version of its row.
func versioned(w *town, table, id string) string {
	return "version=" + first(w, `SELECT CAST(version AS TEXT) FROM `+table+` WHERE id = $1`, id)
}

// strategyForms are the forms of the strategy, its indicators, its positions and the reading grid.
func strategyForms(w *town, s things) map[string][]sent {
	strategy := first(w, `SELECT id FROM strategy_strategy WHERE number = 'S-2018-1'`)
	node := first(w, `SELECT id FROM strategy_node WHERE strategy = $1 AND removed_on = '' ORDER BY rank, id`, strategy)
	objective := first(w, `SELECT objective FROM strategy_node WHERE removed_on = '' ORDER BY strategy, rank, id`)
	indicator := first(w, `SELECT id FROM strategy_indicator WHERE number = 'I-2015-2'`)
	measure := first(w, `SELECT id FROM strategy_measure WHERE indicator = $1 ORDER BY last_day DESC, id`, indicator)
	words := []string{"title=Une ville lisible", "purpose=Dire ce que la Ville mesure", "kind=schema_numerique", "from=2018-06-01", "last=2022-12-31"}
	asked := []string{"objective=" + objective, "title=Capteurs inscrits", "unit=capteurs", "direction=up", "baseline=10", "baseline_at=2017", "method=Compter", "source=Registre", "frequency=year", "owner=" + s.post}
	answers := []string{"why=Le conseil a délibéré.", "for=residents", "basis=CGCT L2121-29", "when=2018-03-12", "how=deliberation", "instrument=DEL-2018-9"}
	of := versioned(w, "strategy_strategy", strategy)
	return map[string][]sent{
		"strategy.new": {{"", fill(words...)}},
		"strategy.edit": deeds(append([]string{"write", of}, words...), []string{"node", "title=Un objectif", "code=9", "kind=outcome", "weight=1", "rank=9"},
			[]string{"remove-node." + node, versioned(w, "strategy_node", node)}, []string{"paper", "title=Délibération", "link=https://ville.example/9", "public=true"},
			[]string{"publish", of}, append([]string{"adopt", of}, answers...)),
		"strategy.gaps":             deeds([]string{"claim", "initiative=" + s.id, "objective=" + objective, "claim=Moins de camions", "evidence=https://ville.example/8"}, []string{"end-claim." + first(w, `SELECT id FROM strategy_contribution WHERE ended_on = '' ORDER BY id`), "why=Fini"}),
		"strategy.positions":        deeds([]string{"usual"}, append([]string{"take." + first(w, `SELECT id FROM strategy_dilemma ORDER BY rank, id`), "lean=1"}, answers...)),
		"strategy.indicator.new":    {{"", fill(asked...)}},
		"strategy.indicator.edit":   deeds(append([]string{"set", versioned(w, "strategy_indicator", indicator)}, asked...), []string{"target", "value=50", "due=2020-12-31"}, []string{"measure", "period=2018-02", "value=40", "source=Registre", "evidence=https://ville.example/7"}, []string{"correct." + measure, "value=41", "why=Compté deux fois", "source=Registre"}, []string{"end", versioned(w, "strategy_indicator", indicator), "why=Remplacé"}),
		"strategy.indicator.series": {{"", fill("do=apply")}},
		"strategy.grid.edition":     deeds([]string{"annotate", "kind=question", "body=Et les enfants ?", "voice=resident", "name=Une habitante"}),
		"strategy.grid.write":       deeds([]string{"grid", "version=0", "title=Référentiel 3", "intro=Lire les projets", "changes=Un critère de plus"}, []string{"criterion", "code=essai", "name=Essai", "question=Essai ?", "rank=9", "levels=peu\nbeaucoup"}),
		"strategy.grid.annotations": deeds([]string{"show." + first(w, `SELECT id FROM strategy_annotation ORDER BY id`), versioned(w, "strategy_annotation", first(w, `SELECT id FROM strategy_annotation ORDER BY id`))}),
		"strategy.placement":        deeds([]string{"place." + first(w, `SELECT c.code FROM strategy_criterion c JOIN strategy_grid g ON g.id = c.grid WHERE g.visibility = 'public' ORDER BY g.edition DESC, c.rank, c.id`), "level=1", "reason=On le voit à l’usage"}),
	}
}
