package portfolio

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

const boardColumns db.Columns = "id, version, name, view, author, closed_on"

func scanBoard(r db.Row) (Board, error) {
	var b Board
	var view string
	if err := r.Scan(&b.ID, &b.Version, &b.Name, &view, &b.Author, &b.ClosedOn); err != nil {
		return b, err
	}
	var err error
	b.View, err = db.FromJSON[View](view)
	return b, err
}

func putBoard(tx *act.Tx, b Board) error {
	return tx.Exec(boardColumns.Upsert("portfolio_board"), b.ID, b.Version, b.Name, db.JSON(b.View), b.Author, string(b.ClosedOn))
}

func loadBoard(ctx context.Context, q db.Querier, board id.ID) (Board, error) {
	b, err := db.One(ctx, q, scanBoard, `SELECT `+string(boardColumns)+` FROM portfolio_board WHERE id = $1`, board)
	if err == nil && b.ClosedOn != "" {
		return b, fault.New(fault.Gone, "portfolio.board.closed", "day", string(b.ClosedOn))
	}
	return b, notFound(err, "portfolio.board.not_found")
}

func openBoards(ctx context.Context, q db.Querier) ([]Board, error) {
	return db.All(ctx, q, scanBoard, `SELECT `+string(boardColumns)+` FROM portfolio_board
		WHERE closed_on = '' ORDER BY name, id`)
}
