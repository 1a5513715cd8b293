package council

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/identity"
)

const interestColumns columns = "id, version, post, holder, root, initiative, arbitration, nature, note, status, status_on, cleared_by, declared_on"

func scanInterest(r db.Row) (i Interest, err error) {
	return i, r.Scan(&i.ID, &i.Version, &i.Post, &i.Holder, &i.Root, &i.Initiative, &i.Arbitration, &i.Nature, &i.Note, &i.Status,
		&i.StatusOn, &i.ClearedBy, &i.DeclaredOn)
}

func putInterest(tx *act.Tx, i Interest) error {
	return putRow(tx, "council_interest", interestColumns, i.ID, i.Version, i.Post, i.Holder, i.Root, i.Initiative, i.Arbitration,
		string(i.Nature), i.Note, string(i.Status), string(i.StatusOn), i.ClearedBy, string(i.DeclaredOn))
}

// recusalsOf reads the recusals of the posts that a visitor holds, as far as they were the visitor's own.
func recusalsOf(ctx context.Context, q db.Querier, v identity.Visitor) ([]Interest, error) {
	posts := make([]id.ID, len(v.Posts))
	holders := map[id.ID]id.ID{}
	for n, p := range v.Posts {
		posts[n], holders[p.ID] = p.ID, p.Holder
	}
	all, err := db.All(ctx, q, scanInterest, `SELECT `+string(interestColumns)+` FROM council_interest
		WHERE status = 'recused' AND post IN (`+in(1, len(posts))+`) ORDER BY declared_on, id`, anys(posts)...)
	var own []Interest
	for _, i := range all {
		if i.Holder == "" || holders[i.Post] == "" || i.Holder == holders[i.Post] {
			own = append(own, i)
		}
	}
	return own, err
}
