package council_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/council"
	"parvis/internal/db"
	"parvis/internal/id"
)

// TestEffacedBehindMasks: minutes published with a name hidden keep neither the rest of the sentence, nor the name in
// the mask that hid it.
func TestEffacedBehindMasks(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.committee()
		m := c.prepare(tb, "2018-01-22")
		i := c.item(m, "Plan vélo", council.ForInfo)
		c.open(tb, m)
		const said = "Mme Untel habite au 12 rue du Port."
		c.ok(errOf(c.room.TakeNote(c.ctx, secretary, i.ID, c.stored(i).Version, said)))
		c.pass(time.Minute)
		c.stepped(c.room.CloseMeeting(c.ctx, secretary, m.ID, c.meeting(m).Version))
		p := must(c, func() (council.Minutes, error) { return c.room.DraftMinutes(c.ctx, secretary, m.ID, c.words("fr")) })
		key := p.Blocks[slices.IndexFunc(p.Blocks, func(b council.Block) bool { return strings.Contains(b.Text, said) })].Key
		p = must(c, func() (council.Minutes, error) { return c.room.ApproveMinutes(c.ctx, secretary, m.ID, p.Version) })
		p = must(c, func() (council.Minutes, error) {
			return c.room.MaskMinutes(c.ctx, secretary, m.ID, p.Version, []council.Mask{{Key: key, Passage: "Mme Untel"}})
		})
		c.ok(errOf(c.room.PublishMinutes(c.ctx, secretary, m.ID, p.Version, true)))
		kept := func() string {
			return must(c, func() (string, error) {
				return db.One(c.ctx, c.db.Readers, db.Scalar[string], `SELECT blocks || masks || published FROM council_minutes WHERE id = $1`, p.ID)
			})
		}
		if before := kept(); strings.Count(before, "Untel") != 2 || strings.Count(before, "rue du Port") != 2 {
			c.Fatalf("this test would see nothing: %s", before)
		}
		text := must(c, func() (id.ID, error) {
			return db.One(c.ctx, c.db.Readers, db.Scalar[id.ID], `SELECT id FROM act_text WHERE body = $1`, said)
		})
		c.ok(errOf(act.EraseText(c.ctx, c.log, mission, act.Erasure{Text: text, Copies: []act.Copies{c.room.EffaceCopies}})))
		if left := kept(); strings.Contains(left, "Untel") || strings.Contains(left, "rue du Port") {
			c.Errorf("the text is still there: %s", left)
		}
		acttest.Clean(t, c.db)
	})
}
