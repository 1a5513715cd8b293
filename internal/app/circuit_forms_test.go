package app

import (
	"net/url"
	"strings"
)

// ofCircuits gives the placeholders of the pages of visas and formal acts: what the meeting that sits and the
// consultation of the tests made.
func (s things) ofCircuits(route, name string) (string, bool) {
	if name == "token" && route != "council.visa.letter" {
		return "0", true // the secret of an agenda, that nobody has
	}
	if strings.HasPrefix(route, "council.drawing") {
		return map[string]string{"committee": "INVEST", "code": "investissement"}[name], true
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
	stopped := first(w, `SELECT id FROM council_circuit WHERE status = 'returned' ORDER BY id`)
	formal := "version=" + w.version("council_formal", s.circuits["formal"])
	about := []string{"title=Registre des capteurs", "matter_code=8.8", "transmit=true"}
	draft, followed := w.edition("drawn"), w.edition("in_force")
	return map[string][]sent{
		"council.visas": {{name: "confirm", form: fill("step=confirm", "visa="+visa+" "+version)}},
		"council.visa": {{name: "agree", form: fill("version="+version, "answer=agreed")}, {name: "reserve", form: fill("version="+version, "answer=reserved", "text=Si le budget suit")},
			{name: "refuse", form: fill("version="+version, "answer=refused", "text=Le budget manque")}},
		"council.visa.letter": {{name: "", form: fill("answer=agreed")}},
		"council.circuits": {{name: "open", form: fill("do=open", "code=dossier", "unit="+s.unit)}, {name: "consult", form: fill("do=consult", "unit="+s.unit, "question=Qu’en dites-vous ?", "days=10")},
			{name: "resume", form: fill("circuit="+stopped, versioned(w, "council_circuit", stopped), "do=resume", "note=Voici"), at: map[string]string{"item": first(w, `SELECT item FROM council_circuit WHERE id = $1`, stopped)}}, {name: "withdraw", form: fill(append(circuit, "do=withdraw", "note=Sans objet")...)}},
		"council.drawing.new":     {{name: "draw", form: drawn("committee=COPIL", "name_fr=Circuit court", "do=draw")}, {name: "add", form: drawn("committee=COPIL", "do=add")}},
		"council.drawing.edition": {{name: "draw", form: drawn(draft[1], "name_fr=Dossier", "do=draw")}, {name: "add", form: drawn("do=add")}},
		"council.drawing": deeds([]string{"put_in_force." + draft[0], draft[1]}, []string{"give_up." + draft[0], draft[1]},
			[]string{"take_out." + followed[0], followed[1], "reason=Sans objet"}),
		"council.formals": {{name: "", form: fill(append(about, "decision="+decision, "kind=individuel", "signatory=Le maire")...)},
			{name: "send_all", form: fill("do=send_all", "meeting="+first(w, `SELECT meeting FROM council_formal WHERE status = 'prepared' ORDER BY id`))}},
		"council.formal": append(append(on("ref", w.formalIn("prepared"), []sent{{name: "revise", form: fill(append(about, "do=revise", "kind=arrete", "signatory=Le maire", w.formalVersion("prepared"))...)}}),
			on("ref", w.formalIn("returned"), []sent{{name: "mask", form: fill("do=mask", w.formalVersion("returned"), "masks=formel")}, {name: "appeal", form: fill("do=appeal", w.formalVersion("returned"), "received=2018-03-12")}, {name: "publish", form: fill("do=publish", w.formalVersion("returned"), "reviewed=true")}})...),
			sent{name: "send", form: fill("do=send", formal)}, sent{name: "withdraw", form: fill("do=withdraw", formal, "reason=Sans objet")}),
		"council.return":     {{name: "", form: fill("@file=retour.csv\nref;digest;number;signed_on\n" + sentAct + ";" + one[string](w, `SELECT digest FROM council_formal WHERE ref = $1`, sentAct) + ";2018-47;2018-03-12")}},
		"council.return.see": after("council.return", sent{form: fill()}),
		"council.subscribe":  {{name: "", form: fill("do=make")}},
		"council.quiet":      {{name: "", form: fill("do=set", "election=Municipales", "ballot=2020-03-15")}},
	}
}

// drawn is a circuit of one step as its form sends it.
func drawn(lines ...string) url.Values {
	return fill(append([]string{"_form=draw", "count=1", "name1=Visa de la présidence", "kind1=visa", "asked1=chair", "days1=5", "silence1=none"}, lines...)...)
}

// edition is the id of the edition in a state of the circuit of the investment committee, and the field of its version.
func (w *town) edition(status string) [2]string {
	which := first(w, `SELECT id FROM council_template WHERE code = 'investissement' AND status = $1`, status)
	return [2]string{which, versioned(w, "council_template", which)}
}

// formalIn is the formal act that stands in a state, formalVersion the field that carries its version.
func (w *town) formalIn(status string) string {
	return first(w, `SELECT ref FROM council_formal WHERE status = $1 ORDER BY id`, status)
}

func (w *town) formalVersion(status string) string {
	return versioned(w, "council_formal", first(w, `SELECT id FROM council_formal WHERE status = $1 ORDER BY id`, status))
}
