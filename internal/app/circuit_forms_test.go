package app

// ofCircuits gives the placeholders of the pages of visas and formal acts. In the story nothing stands behind
// them yet, but for what the forms below make: these pages answer that it does not exist.
func ofCircuits(name string) (string, bool) {
	value, ok := map[string]string{"visa": "0", "ref": "AF-2018-1", "staged": "0", "token": "0"}[name]
	return value, ok
}

// circuitForms are the forms of circuits, visas, formal acts, calendars and the pre-election period.
func circuitForms(w *town, s things) map[string][]sent {
	decision := one[string](w, `SELECT id FROM council_decision WHERE result = 'adopted' ORDER BY year, seq LIMIT 1`)
	return map[string][]sent{
		"council.visas":       {{"", fill("step=confirm", "visa=0 1")}},
		"council.visa":        {{"", fill("version=1", "answer=agreed")}},
		"council.visa.letter": {{"", fill("answer=agreed")}},
		"council.circuits":    {{"open", fill("do=open", "code=dossier")}, {"consult", fill("do=consult", "unit="+s.unit, "question=Qu’en dites-vous ?", "days=10")}},
		"council.formals":     {{"", fill("decision="+decision, "kind=deliberation", "title=Registre des capteurs", "matter_code=8.8", "matter_name=Domaines de compétences par thèmes/environnement", "transmit=true")}},
		"council.formal":      {{"send", fill("do=send", "version=1")}},
		"council.return":      {{"", fill("@file=retour.csv\nref;digest")}},
		"council.return.see":  {{"", fill()}},
		"council.subscribe":   {{"", fill("do=make")}},
		"council.quiet":       {{"", fill("do=set", "election=Municipales", "ballot=2020-03-15")}},
	}
}
