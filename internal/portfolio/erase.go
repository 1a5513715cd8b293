package portfolio

import (
	"bytes"
	"encoding/json"

	"parvis/internal/act"
	"parvis/internal/fact"
	"parvis/internal/id"
)

// EffaceCopies puts act.Effaced in the place of a text wherever the rows of its initiative, the walls kept and the
// drafts say the same words. It is an act.Copies.
func (r *Room) EffaceCopies(tx *act.Tx, f act.Forgotten) ([]act.Row, error) {
	rows, err := effaceDocuments(tx, f.Body)
	if err == nil && f.Subject.Type == "meeting" {
		ordered, err := effaceRows(tx, orderedAt, f.Subject.ID, f.Body)
		return append(rows, ordered...), err
	}
	if err != nil || f.Subject.Type != "initiative" {
		return rows, err
	}
	own, err := effaceInitiative(tx, f.Subject.ID, f.Body)
	if err != nil {
		return nil, err
	}
	for _, c := range copied {
		more, err := effaceRows(tx, c, f.Subject.ID, f.Body)
		if err != nil {
			return nil, err
		}
		own = append(own, more...)
	}
	return append(rows, own...), nil
}

// effaceInitiative also mends what is derived from the text: the order of titles, the index of the wall, what other
// rooms keep.
func effaceInitiative(tx *act.Tx, initiative id.ID, body string) ([]act.Row, error) {
	i, err := anyInitiative(tx.Context(), tx, initiative)
	if err != nil {
		return nil, err
	}
	changed := false
	for _, text := range []*string{&i.Title, &i.Problem, &i.Sufferer, &i.OriginNote, &i.Address, &i.Initials, &i.PostMortem} {
		changed = effaceText(text, body) || changed
	}
	for n := range i.Tags {
		changed = effaceText(&i.Tags[n], body) || changed
	}
	public := i.Public() && i.WithdrawnOn == ""
	if err := fact.Insert(tx, InitiativeChangedV1{Initiative: i.ID, Public: public}); err != nil || !changed {
		return nil, err
	}
	i.Version++
	return []act.Row{i.row()}, putInitiative(tx, i)
}

func effaceText(text *string, body string) bool {
	if *text != body {
		return false
	}
	*text = act.Effaced
	return true
}

// effaced gives the new value of a column: a text, or a JSON document with texts inside.
func effaced(value, body string) (string, bool) {
	if value == body {
		return act.Effaced, true
	}
	if value == "" || value[0] != '{' && value[0] != '[' {
		return value, false
	}
	in := json.NewDecoder(bytes.NewReader([]byte(value)))
	in.UseNumber()
	var document any
	if in.Decode(&document) != nil {
		return value, false
	}
	document, changed := effacedIn(document, body)
	if !changed {
		return value, false
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if e.Encode(document) != nil {
		return value, false
	}
	return string(bytes.TrimSpace(out.Bytes())), true
}

func effacedIn(v any, body string) (any, bool) {
	changed := false
	switch v := v.(type) {
	case string:
		if v == body {
			return act.Effaced, true
		}
	case []any:
		for i, one := range v {
			var did bool
			v[i], did = effacedIn(one, body)
			changed = changed || did
		}
	case map[string]any:
		for key, one := range v {
			var did bool
			v[key], did = effacedIn(one, body)
			changed = changed || did
		}
	}
	return v, changed
}
