package council

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/id"
)

// SignedForm says that the president or the secretary of a meeting signed its minutes, on a day.
type SignedForm struct {
	Meeting id.ID
	Version int64
	Who     Role // President or Secretary
	On      calendar.Day
}

// Signatories lists who signs minutes, in the order of forms.
func Signatories() []Role { return []Role{President, Secretary} }

// NoteSignature notes that minutes which are approved were signed (CGCT, art. L2121-15: by the president and the
// secretary of the meeting). Parvis signs nothing: it keeps what a person says of the signed paper. Noted again, the
// last day counts.
func (r *Room) NoteSignature(ctx context.Context, by act.Actor, f SignedForm) (Minutes, error) {
	return do(ctx, r, by, func(tx *act.Tx) (Minutes, error) {
		c, m, err := r.openMinutes(tx, f.Meeting, "sign")
		if err != nil {
			return m, err
		}
		if err := fresh(f.Version, m.Version); err != nil {
			return m, err
		}
		bad := form()
		oneOf(bad, "who", f.Who, Signatories())
		checkDay(bad, "on", f.On)
		if f.On.Before(c.m.Day) || f.On.After(tx.Today()) {
			bad.At("on", "council.minutes.signed_when", "day", c.m.Day)
		}
		if err := bad.OrNil(); err != nil {
			return m, err
		}
		post := c.m.President
		if f.Who == Secretary {
			post, m.SecretarySigned = c.m.Secretary, f.On
		} else {
			m.PresidentSigned = f.On
		}
		if post == "" {
			return m, invalid("who", "council.minutes.no_signatory")
		}
		return m, c.settleMinutes(&m, "minutes.signed", act.Act{When: act.When{Effective: f.On}, Args: map[string]string{"post": string(post), "day": string(f.On)}})
	})
}

// SignedOn is the day on which the president or the secretary signed; "" while nobody said so.
func (m Minutes) SignedOn(who Role) calendar.Day {
	if who == Secretary {
		return m.SecretarySigned
	}
	return m.PresidentSigned
}

// Signatory is the post that signs the minutes of a meeting as its president or its secretary.
func (m Meeting) Signatory(who Role) id.ID {
	if who == Secretary {
		return m.Secretary
	}
	return m.President
}
