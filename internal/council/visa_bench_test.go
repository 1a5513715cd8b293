package council_test

import (
	"fmt"
	"testing"
	"time"

	"parvis/internal/calendar"
	"parvis/internal/clock"
	"parvis/internal/council"
	"parvis/internal/db/dbtest"
)

// BenchmarkActByToken measures one visa acted from the link of a letter, after another.
func BenchmarkActByToken(b *testing.B) {
	at := clock.At(calendar.Day("2018-03-12").Clock(9, 0))
	c := newChancery(b, dbtest.SQLite(b, at), at)
	var tokens []string
	for n := range b.N {
		_, err := c.room.Consult(c.ctx, c.city.Agent("MISSION"), council.ConsultForm{Item: c.item.ID, Post: c.city.Posts["DIR-DPE"], Question: fmt.Sprint("Point ", n)})
		c.ok(err)
		at.Advance(time.Millisecond)
	}
	for _, v := range c.asked("DIR-DPE") {
		tokens = append(tokens, c.token(v, "DIR-DPE"))
	}
	b.ResetTimer()
	for n := range b.N {
		_, err := c.room.ActByToken(c.ctx, tokens[n], council.VisaAgreed, "")
		c.ok(err)
	}
}
