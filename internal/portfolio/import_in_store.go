package portfolio

import (
	"context"

	"parvis/internal/db"
)

// initiativeByNumber reads an initiative by what people call it. Faults: NotFound.
func initiativeByNumber(ctx context.Context, q db.Querier, number string) (Initiative, error) {
	return db.One(ctx, q, scanInitiative, `SELECT `+string(initiativeColumns)+` FROM portfolio_initiative WHERE number = $1`, number)
}
