package council_test

import (
	"testing"

	"parvis/internal/council"
	"parvis/internal/db"
	"parvis/internal/fault"
)

// token is the secret of the letter to whoever holds a post.
func (c *chancery) token(v council.VisaLine, code string) string {
	c.Helper()
	var token string
	c.ok(c.db.Writer.Traffic(c.ctx, func(tx *db.Tx) (err error) {
		token, err = c.room.VisaTokenIn(tx, v.ID, c.city.Holders[code])
		return err
	}))
	return token
}

func TestTheLinkOfALetterAnswersOnce(t *testing.T) {
	inChancery(t, func(c *chancery) {
		p := c.paper("", false)
		c.open(p.ID)
		old := c.token(c.asked("DIR-DPE")[0], "DIR-DPE")
		c.pass(1)
		c.paper(p.Thread, false)
		_, err := c.room.ActByToken(c.ctx, old, council.VisaAgreed, "")
		c.wants("council.visa.closed", err)
		token := c.token(c.asked("DIR-DPE")[0], "DIR-DPE")
		for range 2 {
			l, err := c.room.ReadVisaLetter(c.ctx, token)
			if c.ok(err); !l.Waits() || l.Stale || l.Paper.Edition != 2 {
				c.Fatalf("reading a letter changes nothing: %+v", l)
			}
		}
		_, err = c.room.ActByToken(c.ctx, token, council.VisaRefused, "")
		c.wants("council.visa.why.refused", err)
		v, err := c.room.ActByToken(c.ctx, token, council.VisaReserved, "À revoir avec la voirie.")
		if c.ok(err); v.Status != council.VisaReserved || v.Holder != c.city.Holders["DIR-DPE"] {
			c.Errorf("%+v", v)
		}
		_, err = c.room.ActByToken(c.ctx, token, council.VisaAgreed, "")
		c.wants("council.token.used", err)
		_, err = c.room.ActByToken(c.ctx, "0"+token[1:], council.VisaAgreed, "")
		c.wants("council.token.unknown", err)
	})
}

func TestALinkDiesWithTheAffectationAndWithTime(t *testing.T) {
	inChancery(t, func(c *chancery) {
		c.open(c.paper("", false).ID)
		v := c.asked("DIR-DPE")[0]
		late, gone := c.token(v, "DIR-DPE"), c.token(v, "DIR-DPE")
		c.leave("DIR-DPE")
		_, err := c.room.ActByToken(c.ctx, gone, council.VisaAgreed, "")
		c.wants("council.token.post_left", err)
		c.appoint("DIR-DPE", "AG-DPE") // somebody else holds the post: the letter was not theirs
		_, err = c.room.ActByToken(c.ctx, gone, council.VisaAgreed, "")
		if fault.KindOf(err) != fault.Denied {
			c.Errorf("the letter of a predecessor signed: %v", err)
		}
		c.pass(31)
		_, err = c.room.ActByToken(c.ctx, late, council.VisaAgreed, "")
		c.wants("council.token.expired", err)
	})
}
