package app

import "strings"

// ofCircuits gives the placeholders of the pages of visas and formal acts: what the meeting that sits and the
// consultation of the tests made.
func (s things) ofCircuits(route, name string) (string, bool) {
	if name == "token" && route != "council.visa.letter" {
		return "0", true // the secret of an agenda, that nobody has
	}
	item, inQuestion := s.circuits["item"], strings.HasPrefix(route, "council.circuits")
	if name == "item" && inQuestion {
		return item, true
	}
	if name == "meeting" && route == "council.hold" {
		return heldAgenda, true
	}
	value, ok := s.circuits[name]
	return value, ok && name != "item"
}

// consulted is what stands behind the pages of visas, formal acts and returns. The return was staged by the mission.
func (w *town) consulted() map[string]string {
	return map[string]string{"visa": w.asked(),
		"item":    one[string](w, `SELECT item FROM council_circuit WHERE question = $1`, askedFor),
		"circuit": one[string](w, `SELECT id FROM council_circuit WHERE question = $1`, askedFor),
		"formal":  one[string](w, `SELECT id FROM council_formal WHERE ref = $1`, sentAct),
		"ref":     sentAct, "staged": w.staged(), "token": w.visaLetter()}
}

// asked is the opinion that the consultation of the tests waits for.
func (w *town) asked() string {
	return one[string](w, `SELECT v.id FROM council_visa v JOIN council_circuit c ON c.id = v.circuit WHERE c.question = $1 AND v.status = 'asked'`, askedFor)
}

// circuitForms are the forms of circuits, visas, formal acts, calendars and the pre-election period.
func circuitForms(w *town, s things) map[string][]sent {
	decision := one[string](w, `SELECT id FROM council_decision WHERE result = 'adopted' ORDER BY year, seq LIMIT 1`)
	visa, version := s.circuits["visa"], w.version("council_visa", s.circuits["visa"])
	circuit := []string{"circuit=" + s.circuits["circuit"], "version=" + w.version("council_circuit", s.circuits["circuit"])}
	formal := "version=" + w.version("council_formal", s.circuits["formal"])
	about := []string{"title=Registre des capteurs", "matter_code=8.8", "matter_name=Domaines de compétences par thèmes/environnement", "transmit=true"}
	return map[string][]sent{
		"council.visas": {{"confirm", fill("step=confirm", "visa="+visa+" "+version)}},
		"council.visa": {{"agree", fill("version="+version, "answer=agreed")}, {"reserve", fill("version="+version, "answer=reserved", "text=Si le budget suit")},
			{"refuse", fill("version="+version, "answer=refused", "text=Le budget manque")}},
		"council.visa.letter": {{"", fill("answer=agreed")}},
		"council.circuits": {{"open", fill("do=open", "code=dossier", "unit="+s.unit)}, {"consult", fill("do=consult", "unit="+s.unit, "question=Qu’en dites-vous ?", "days=10")},
			{"resume", fill(append(circuit, "do=resume", "note=Voici")...)}, {"withdraw", fill(append(circuit, "do=withdraw", "note=Sans objet")...)}},
		"council.formals": {{"", fill(append(about, "decision="+decision, "kind=deliberation")...)}},
		"council.formal": {{"revise", fill(append(about, "do=revise", "kind=deliberation", formal)...)}, {"send", fill("do=send", formal)}, {"mask", fill("do=mask", formal, "masks=Monsieur Durand")},
			{"publish", fill("do=publish", formal, "reviewed=true")}, {"withdraw", fill("do=withdraw", formal, "reason=Sans objet")}},
		"council.return":     {{"", fill("@file=retour.csv\nref;digest;number;signed_on\n" + sentAct + ";" + one[string](w, `SELECT digest FROM council_formal WHERE ref = $1`, sentAct) + ";12;2018-03-12")}},
		"council.return.see": {{"", fill()}},
		"council.subscribe":  {{"", fill("do=make")}},
		"council.quiet":      {{"", fill("do=set", "election=Municipales", "ballot=2020-03-15")}},
	}
}
