package strategy

import (
	"context"

	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/identity"
)

func (c *change) putNode(n *Node) error { return c.put("strategy_node", nodeColumns, nodeFields(n)) }

func loadNode(ctx context.Context, q db.Querier, node id.ID) (Node, error) {
	n, err := db.One(ctx, q, scan(nodeFields), `SELECT `+string(nodeColumns)+` FROM strategy_node WHERE id = $1 AND removed_on = ''`, node)
	return n, missing(err, "strategy.objective.not_found")
}

// nodesOf reads the tree of a strategy; who may read the strategy may read it.
func nodesOf(ctx context.Context, q db.Querier, strategy id.ID) ([]Node, error) {
	return read(ctx, q, nodeFields, `SELECT `+string(nodeColumns)+` FROM strategy_node WHERE strategy = $1 AND removed_on = '' ORDER BY rank, id`, strategy)
}

// Nodes lists where the objectives of the readable strategies stand.
func (r *Room) Nodes(ctx context.Context, v identity.Visitor) ([]Node, error) {
	return read(ctx, r.reads, nodeFields, `SELECT `+nodeColumns.List("n")+` FROM strategy_node n JOIN strategy_strategy s ON s.id = n.strategy
		WHERE n.removed_on = '' AND `+visible(v, "s")+` ORDER BY s.from_day, s.seq, n.rank, n.id`)
}
