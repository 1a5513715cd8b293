package portfolio

import (
	"context"
	"slices"
	"strings"
	"testing"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
)

// structural are the columns in which nobody writes words of their own: codes, days, numbers, ids, digests, names
// of posts and places. A column that is in neither list fails the test: whoever adds one says which it is.
var structural = strings.Fields(`id version initiative arbitration year seq number title_key stage_rank lang origin matter places located lat lon objectives
	stage stage_since visibility author signalled_on published_on withdrawn_on source source_ref kind value post until_day from_day to_day role unit
	status replaces offered_by offered_on answered_by answered_on consent rank planned actual due opened_on closed_on written_at digest media_type
	size added_on removed_on recommended cents currency place normative asked_by asked_on status_on chosen decided_by decided_on capacity stance
	stance_on created_on board taken_on taken_at view saved_at account made_at credit nature stated_on code title_fr title_en sector
	introduced_by thread edition committee meeting item sitting`)

// TestEveryFreeTextIsEffaced holds the list of columns that an effacement reaches to the schema.
func TestEveryFreeTextIsEffaced(t *testing.T) {
	reached := map[string]string{"portfolio_initiative": "title, problem, sufferer, origin_note, address, initials, tags, post_mortem", "portfolio_holder": "",
		"portfolio_budget": "", "portfolio_objective": "", "portfolio_board": "name", "portfolio_snapshot": "title, body", "op_portfolio_import": "body"}
	for _, c := range copied {
		reached[c.table] = string(c.columns)
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for table, columns := range reached {
			rows, err := d.Readers.Query(context.Background(), `SELECT * FROM `+table+` WHERE 1 = 0`)
			if err != nil {
				t.Fatal(err)
			}
			names, err := rows.Columns()
			rows.Close()
			if err != nil {
				t.Fatal(err)
			}
			effaced := strings.Split(columns, ", ")
			for _, name := range names {
				if !slices.Contains(effaced, name) && !slices.Contains(structural, name) {
					t.Errorf("%s.%s: is it a free text? an effacement does not reach it", table, name)
				}
			}
		}
	})
}
