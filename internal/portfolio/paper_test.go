package portfolio_test

import (
	"io"
	"net/http/httptest"
	"testing"

	"parvis/internal/act"
	"parvis/internal/blob"
	"parvis/internal/blob/blobtest"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
)

func (c *town) hand(i portfolio.Initiative, p blob.Paper) (portfolio.Paper, error) {
	return c.room.AttachPaper(c.ctx, mission, portfolio.Attach{Initiative: i.ID, Paper: p})
}

func TestPapersThatCannotBe(t *testing.T) {
	forEachTown(t, func(c *town) {
		i, other := c.publish(c.led("Collecte")), c.led("Autre")
		for want, p := range blobtest.Refused() {
			c.wants(want, second(c.hand(i, p)))
		}
		for name, file := range blobtest.Unaccepted() {
			c.wants("blob.media", second(c.hand(i, blob.Paper{Title: name, File: file})))
		}
		first := must(c, func() (portfolio.Paper, error) {
			return c.hand(i, blob.Paper{Title: "../../etc/passwd", File: blobtest.PDF("un")})
		})
		c.wants("file:blob.paper.same", second(c.hand(i, blob.Paper{Title: "Note", Thread: first.Thread, File: blobtest.PDF("un")})))
		c.wants("thread:portfolio.paper.elsewhere", second(c.hand(other, blob.Paper{Title: "Note", Thread: first.Thread, File: blobtest.PDF("deux")})))
		c.wants("portfolio.paper.not_found", second(c.hand(i, blob.Paper{Title: "Note", Thread: "nulle-part", File: blobtest.PDF("deux")})))
		if papers := c.sheet(inside("p-dsi"), i).Papers; len(papers) != 1 {
			t.Errorf("of all that, one stands: %+v", papers)
		}
		a := c.ask(i)
		p := must(c, func() (portfolio.Paper, error) {
			return c.room.AttachPaper(c.ctx, mission, portfolio.Attach{Initiative: i.ID, Arbitration: a.ID, Paper: blob.Paper{Title: "Bilan", Link: "https://ged.example/2"}})
		})
		c.wants("portfolio.paper.preparatory", c.room.PublishPaper(c.ctx, mission, p.ID))
		c.ok(second(c.decide(a)))
		c.ok(c.room.PublishPaper(c.ctx, mission, p.ID))
	})
}

// Editions stand beside each other; a reader outside has those that were published, and nobody has one that was removed.
func TestEditionsOfAPaper(t *testing.T) {
	forEachTown(t, func(c *town) {
		i := c.publish(c.led("Collecte"))
		one := must(c, func() (portfolio.Paper, error) {
			return c.hand(i, blob.Paper{Title: "Note de cadrage", File: blobtest.PDF("un")})
		})
		two := must(c, func() (portfolio.Paper, error) {
			return c.hand(i, blob.Paper{Title: "Note de cadrage", Thread: one.Thread, File: blobtest.PDF("deux")})
		})
		if two.Edition != 2 || two.Thread != one.ID || two.Digest == one.Digest || two.Media != blob.PDF {
			t.Errorf("%+v after %+v", two, one)
		}
		if force := blob.Latest(c.sheet(inside("p-dsi"), i).Papers); len(force) != 1 || force[0].ID != two.ID {
			t.Errorf("in force: %+v", force)
		}
		c.reads(two, map[string]identity.Visitor{"": inside("p-dsi"), "portfolio.paper.not_found": anonymous})
		c.ok(c.room.PublishPaper(c.ctx, mission, two.ID))
		c.reads(two, map[string]identity.Visitor{"": anonymous})
		c.reads(one, map[string]identity.Visitor{"portfolio.paper.not_found": anonymous})
		var told []id.ID
		c.ok(c.room.EachPaper(c.ctx, anonymous, func(l portfolio.PaperLine) error { told = append(told, l.ID); return nil }))
		if len(told) != 1 || told[0] != two.ID {
			t.Errorf("exported outside: %v", told)
		}
		c.serves(two, "deux")
		c.ok(c.room.RemovePaper(c.ctx, mission, two.ID))
		c.reads(two, map[string]identity.Visitor{"portfolio.paper.removed": inside("p-dsi")})
		if force := blob.Latest(c.sheet(inside("p-dsi"), i).Papers); len(force) != 1 || force[0].ID != one.ID {
			t.Errorf("the first edition is in force again: %+v", force)
		}
	})
}

// reads says what each visitor is told of a paper; "" for nothing against it.
func (c *town) reads(p portfolio.Paper, by map[string]identity.Visitor) {
	c.Helper()
	for want, v := range by {
		_, err := c.room.PaperFor(c.ctx, v, p.ID)
		if want == "" {
			c.ok(err)
		} else {
			c.wants(want, err)
		}
	}
}

func (c *town) serves(p portfolio.Paper, text string) {
	c.Helper()
	found, err := c.room.PaperFor(c.ctx, anonymous, p.ID)
	c.ok(err)
	w := httptest.NewRecorder()
	c.ok(c.room.ServePaper(w, httptest.NewRequest("GET", "/", nil), found))
	want, _ := io.ReadAll(blobtest.PDF(text))
	if h := w.Header(); w.Body.String() != string(want) || h.Get("Content-Disposition") != `attachment; filename="Note de cadrage.pdf"` || h.Get("X-Content-Type-Options") != "nosniff" {
		c.Errorf("served %q with %v", w.Body, h)
	}
}

// raw changes a row behind the log's back.
func (c *town) raw(statement string, args ...any) {
	c.Helper()
	c.ok(c.db.Writer.Civic(c.ctx, func(tx *db.Tx) error { return tx.Exec(statement, args...) }))
}

// A row written before there were editions is the first edition of its own document.
func TestPapersOfBefore(t *testing.T) {
	forEachTown(t, func(c *town) {
		i := c.publish(c.led("Collecte"))
		old := must(c, func() (portfolio.Paper, error) {
			return c.hand(i, blob.Paper{Title: "Note", Link: "https://ged.example/1"})
		})
		c.raw(`UPDATE portfolio_paper SET thread = NULL, edition = NULL WHERE id = $1`, old.ID)
		next := must(c, func() (portfolio.Paper, error) {
			return c.hand(i, blob.Paper{Title: "Note", Thread: old.ID, File: blobtest.PDF("un")})
		})
		if next.Edition != 2 || next.Thread != old.ID || next.Visibility != act.Internal {
			t.Errorf("%+v", next)
		}
		if p, err := c.room.PaperFor(c.ctx, inside("p-dsi"), old.ID); err != nil || p.Edition != 1 || p.Thread != old.ID {
			t.Errorf("%+v %v", p, err)
		}
		c.raw(`UPDATE portfolio_paper SET thread = $1, edition = 1 WHERE id = $1`, old.ID) // as sealed
	})
}
