package act

import (
	"context"
	"encoding/hex"

	"parvis/internal/db"
	"parvis/internal/id"
)

// Opening is what a leaf commits to, as it is published: anyone can compute the digest of the leaf
// from it. Payload is the stored text, byte for byte.
type Opening struct {
	Leaf    int64        `json:"leaf"`
	Kind    string       `json:"kind"`
	Nonce   string       `json:"nonce"` // hexadecimal
	Payload string       `json:"payload"`
	Texts   []OpenedText `json:"texts,omitempty"` // the texts of a public act that still exist
}

// OpenedText is a text of an act with the nonce of its digest.
type OpenedText struct {
	ID    id.ID  `json:"id"`
	Nonce string `json:"nonce"` // hexadecimal
	Body  string `json:"body"`
}

// Digest is sha256(nonce ‖ payload), the digest in the leaf.
func (o Opening) Digest() (Digest, error) { return digestOf(o.Nonce, o.Payload) }

// Digest is sha256(nonce ‖ body), the digest in the payload.
func (t OpenedText) Digest() (Digest, error) { return digestOf(t.Nonce, t.Body) }

func digestOf(nonce, body string) (Digest, error) {
	n, err := hex.DecodeString(nonce)
	if err != nil {
		return Digest{}, err
	}
	return salted(n, []byte(body)), nil
}

// Openings gives what each leaf from index from up to to, excluded, commits to. Internal acts never
// appear: their leaf opens to a list of digests.
func Openings(ctx context.Context, q db.Querier, from, to int64) ([]Opening, error) {
	opened, err := db.All(ctx, q, scanOpening, `SELECT leaf, 'acte' AS kind, nonce, payload FROM act
			WHERE leaf >= $1 AND leaf < $2 AND visibility = 'public'
		UNION ALL SELECT leaf, 'interne', nonce, payload FROM log_batch WHERE leaf >= $3 AND leaf < $4
		ORDER BY leaf`, from, to, from, to)
	if err != nil {
		return nil, err
	}
	texts, err := openedTexts(ctx, q, from, to)
	for i, o := range opened {
		opened[i].Texts = texts[o.Leaf]
	}
	return opened, err
}

func scanOpening(r db.Row) (o Opening, err error) {
	var nonce, payload []byte
	err = r.Scan(&o.Leaf, &o.Kind, &nonce, &payload)
	o.Nonce, o.Payload = hex.EncodeToString(nonce), string(payload)
	return o, err
}

func openedTexts(ctx context.Context, q db.Querier, from, to int64) (map[int64][]OpenedText, error) {
	rows, err := q.Query(ctx, `SELECT a.leaf, t.id, t.nonce, t.body FROM act a JOIN act_text t ON t.act = a.id
		WHERE a.leaf >= $1 AND a.leaf < $2 AND a.visibility = 'public' AND t.erased_by = '' ORDER BY a.leaf, t.id`, from, to)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	texts := map[int64][]OpenedText{}
	for rows.Next() {
		var leaf int64
		var nonce []byte
		var t OpenedText
		if err := rows.Scan(&leaf, &t.ID, &nonce, &t.Body); err != nil {
			return nil, err
		}
		t.Nonce = hex.EncodeToString(nonce)
		texts[leaf] = append(texts[leaf], t)
	}
	return texts, rows.Err()
}

// Entries reads the leaves from index from up to to, excluded, as they were stored.
func Entries(ctx context.Context, q db.Querier, from, to int64) ([][]byte, error) {
	leaves, err := leafRange(ctx, q, from, to)
	bodies := make([][]byte, len(leaves))
	for i, l := range leaves {
		bodies[i] = l.body
	}
	return bodies, err
}
