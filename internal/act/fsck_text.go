package act

import (
	"context"
	"encoding/json"

	"parvis/internal/db"
	"parvis/internal/id"
)

// storedText is a text as its row says.
type storedText struct {
	id       id.ID
	act      id.ID
	name     string
	lang     string
	nonce    []byte
	body     string
	erasedBy id.ID
}

func scanText(r db.Row) (t storedText, err error) {
	err = r.Scan(&t.id, &t.act, &t.name, &t.lang, &t.nonce, &t.body, &t.erasedBy)
	return t, err
}

// checkTexts compares each text with what its act names, and each effacement with the act that made it.
func (f *Fsck) checkTexts(ctx context.Context, q db.Querier) error {
	held, err := heldTexts(ctx, q)
	if err != nil {
		return err
	}
	effaced, err := effacements(ctx, q)
	if err != nil {
		return err
	}
	err = each(ctx, q, scanText, func(t storedText) {
		f.checkText(t, held, effaced)
		delete(held, t.id)
	}, `SELECT id, act, name, lang, nonce, body, erased_by FROM act_text ORDER BY id`)
	for text, h := range held {
		f.found(Defect{Kind: TextGone, Row: Row{"act_text", text}, Act: h.act})
	}
	return err
}

type heldBy struct {
	Held
	act id.ID
}

// heldTexts are the texts that acts name, by id.
func heldTexts(ctx context.Context, q db.Querier) (map[id.ID]heldBy, error) {
	held := map[id.ID]heldBy{}
	err := each(ctx, q, db.Scalar[[]byte], func(payload []byte) {
		var p struct {
			ID    id.ID
			Texts []Held
		}
		if json.Unmarshal(payload, &p) == nil { // an unreadable payload is reported with its act
			for _, t := range p.Texts {
				held[t.ID] = heldBy{t, p.ID}
			}
		}
	}, `SELECT payload FROM act`)
	return held, err
}

// effacements gives the act that effaced each text.
func effacements(ctx context.Context, q db.Querier) (map[id.ID]id.ID, error) {
	by := map[id.ID]id.ID{}
	err := each(ctx, q, func(r db.Row) (pair [2]id.ID, err error) {
		err = r.Scan(&pair[0], &pair[1])
		return pair, err
	}, func(pair [2]id.ID) { by[pair[0]] = pair[1] }, `SELECT object_id, id FROM act WHERE verb = $1`, eraseVerb)
	return by, err
}

func (f *Fsck) checkText(t storedText, held map[id.ID]heldBy, effaced map[id.ID]id.ID) {
	f.Texts++
	f.pace.step(1)
	h, named := held[t.id]
	row := Row{"act_text", t.id}
	switch {
	case !named || h.act != t.act || h.Name != t.name || h.Lang != t.lang:
		f.found(Defect{Kind: TextStray, Row: row, Act: t.act})
	case t.erasedBy != "" && (effaced[t.id] != t.erasedBy || t.body != "" || len(t.nonce) > 0):
		f.found(Defect{Kind: TextEmptied, Row: row, Act: t.act})
	case t.erasedBy != "":
		f.Erased++
	case len(t.nonce) == 0:
		f.found(Defect{Kind: TextEmptied, Row: row, Act: t.act})
	case salted(t.nonce, []byte(t.body)) != h.Digest:
		f.found(Defect{Kind: TextChanged, Row: row, Act: t.act})
	}
}
