package portfolio_test

import (
	"bytes"
	"testing"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/money"
	"parvis/internal/portfolio"
	"parvis/internal/powers"

	"github.com/google/go-cmp/cmp"
)

// controlled puts in force the profile of the city with its powers enforced on what engages it.
func (h *hall) controlled() {
	h.Helper()
	document := powers.Shipped(powers.WithInvestment)
	for before, after := range map[string]string{`enforcement = "indicatif"`: `enforcement = "controle"`, `edition     = 2`: `edition     = 3`} {
		if !bytes.Contains(document, []byte(before)) {
			h.Fatalf("the profile no longer says %s", before)
		}
		document = bytes.ReplaceAll(document, []byte(before), []byte(after))
	}
	h.city.Do(h, h.city.Agent("SG"), func(tx *act.Tx) error {
		_, err := powers.InstallProfile(tx, powers.Installation{Document: document, From: "2018-02-01", LegalAct: "DEL-2018-12",
			Motive: "Les délégations sont à jour.", Basis: []string{"CGCT L2121-29"}})
		return err
	})
	h.clock.Advance(1e9)
}

// cast are the visitors who try, as the web makes actors of them. The directorate of waste leads, that of
// information systems was offered a part, that of streets has none.
func (h *hall) cast() map[string]identity.Visitor {
	as := func(kind identity.Kind, code string) identity.Visitor {
		v := h.visitor(code)
		v.Kind = kind
		return v
	}
	return map[string]identity.Visitor{
		"anonymous":                 {},
		"resident":                  {Kind: identity.Resident, Account: "r"},
		"agent of the lead":         as(identity.Agent, "AG-DPE"),
		"head of the lead":          as(identity.Agent, "DIR-DPE"),
		"head of the asked":         as(identity.Agent, "DIR-DSI"),
		"head of another":           as(identity.Agent, "DIR-DVD"),
		"mission":                   as(identity.Agent, "MISSION"),
		"secretary general":         as(identity.Agent, "SG"),
		"investment committee":      as(identity.Agent, "PRES-INVEST"),
		"elected sponsor":           as(identity.Elected, "ADJ-PROPRETE"),
		"elected, not sponsor":      as(identity.Elected, "ADJ-NUM"),
		"administrator, no post":    {Kind: identity.Admin, Account: "a"},
		"administrator, an agent's": as(identity.Admin|identity.Agent, "AG-DPE"),
	}
}

// stage is a new initiative at work, with a part that waits for its answer and two questions.
type stage struct {
	i            portfolio.Initiative
	part         portfolio.Part
	large, small portfolio.Arbitration
}

func (h *hall) stage() stage {
	h.Helper()
	by := h.city.Agent("MISSION")
	s := stage{i: must(h, func() (portfolio.Initiative, error) {
		return h.room.SignalInitiative(h.ctx, by, portfolio.Signal{Brief: brief("Collecte"), Sponsors: []id.ID{h.city.Posts["ADJ-PROPRETE"]}})
	})}
	offer := func(unit string, role portfolio.PartRole) portfolio.Part {
		return must(h, func() (portfolio.Part, error) {
			return h.room.OfferPart(h.ctx, by, portfolio.Offer{Initiative: s.i.ID, Unit: h.city.Units[unit], Role: role})
		})
	}
	lead := offer("DPE", portfolio.Lead)
	must(h, func() (portfolio.Part, error) {
		return h.room.AnswerPart(h.ctx, h.city.Agent("DIR-DPE"), portfolio.Answer{Part: lead.ID, Version: 1, Kind: portfolio.Accept})
	})
	s.part = offer("DSI", portfolio.Contribute)
	ask := func(euros int64, to string) portfolio.Arbitration {
		return must(h, func() (portfolio.Arbitration, error) {
			return h.room.AskArbitration(h.ctx, by, portfolio.AskForm{Initiative: s.i.ID, Case: portfolio.Case{Question: "Généraliser ?",
				Amount: money.Euros(euros), Matter: "proprete", Asked: []portfolio.AskedPost{{Post: h.city.Posts[to], Capacity: portfolio.Decides}}}})
		})
	}
	s.large, s.small = ask(180_000, "PRES-INVEST"), ask(10_000, "MISSION")
	return s
}

func (h *hall) deeds() map[string]func(stage, act.Actor) error {
	decide := func(a portfolio.Arbitration, by act.Actor) error {
		return second(h.room.DecideArbitration(h.ctx, by, portfolio.DecideForm{Arbitration: a.ID, Version: a.Version, Decision: "Oui", Answers: motive}))
	}
	return map[string]func(stage, act.Actor) error{
		"offer": func(s stage, by act.Actor) error {
			return second(h.room.OfferPart(h.ctx, by, portfolio.Offer{Initiative: s.i.ID, Unit: h.city.Units["DVD"], Role: portfolio.Contribute}))
		},
		"answer": func(s stage, by act.Actor) error {
			return second(h.room.AnswerPart(h.ctx, by, portfolio.Answer{Part: s.part.ID, Version: s.part.Version, Kind: portfolio.Accept}))
		},
		"ask": func(s stage, by act.Actor) error {
			return second(h.room.AskArbitration(h.ctx, by, portfolio.AskForm{Initiative: s.i.ID, Case: portfolio.Case{Question: "Et en hiver ?",
				Asked: []portfolio.AskedPost{{Post: h.city.Posts["SG"], Capacity: portfolio.Decides}}}}))
		},
		"decide 10 000":  func(s stage, by act.Actor) error { return decide(s.small, by) },
		"decide 180 000": func(s stage, by act.Actor) error { return decide(s.large, by) },
		"skip": func(s stage, by act.Actor) error {
			return second(h.room.SkipStage(h.ctx, by, portfolio.Skip{Advance: portfolio.Advance{Initiative: s.i.ID, Version: s.i.Version, To: portfolio.Tested},
				Answers: portfolio.Answers{Places: []string{"centre"}, Motive: "m", Basis: []string{"b"}, Effective: "2018-04-01", Procedure: "direct"}}))
		},
		"publish": func(s stage, by act.Actor) error {
			return second(h.room.PublishInitiative(h.ctx, by, portfolio.Publish{Initiative: s.i.ID, Version: s.i.Version}))
		},
		"withdraw": func(s stage, by act.Actor) error {
			return second(h.room.WithdrawInitiative(h.ctx, by, s.i.ID, s.i.Version, "Doublon"))
		},
	}
}

// lastAct reads the act recorded last, and how many there are.
func (h *hall) lastAct() (act.Payload, int) {
	raw := must(h, func() ([][]byte, error) {
		return db.All(h.ctx, h.city.DB.Readers, db.Scalar[[]byte], `SELECT payload FROM act ORDER BY recorded_at, id`)
	})
	return must(h, func() (act.Payload, error) { return act.Decode(raw[len(raw)-1]) }), len(raw)
}

const (
	may      = "may"     // the profile gives the power
	unlawful = "lacking" // done, and the act says that no power was found: what engages the city nowhere stands so
	outside  = "portfolio.agents_only"
	denied   = "powers.denied.lacking"
	notUnit  = "portfolio.part.not_your_unit"
)

// outcome tries a deed and says how it ended.
func (h *hall) outcome(try func(stage, act.Actor) error, s stage, v identity.Visitor) string {
	_, before := h.lastAct()
	err := try(s, v.Actor(""))
	p, after := h.lastAct()
	switch {
	case err != nil && after != before:
		h.Errorf("refused with %v, and %d acts stand", err, after-before)
		return keyOf(err)
	case err != nil:
		return keyOf(err)
	case p.How.Chain.Lacking:
		return unlawful
	}
	return may
}

// Who may do what under the profile of 2018 with its powers enforced: what engages the city is refused to
// whoever has no power, the rest is done and the act says so; a part is answered by its unit alone.
func TestWhoMayDoWhatWhenPowersAreControlled(t *testing.T) {
	order := []string{"offer", "answer", "ask", "decide 10 000", "decide 180 000", "skip", "publish", "withdraw"}
	none := []string{outside, outside, outside, outside, outside, outside, outside, outside}
	staff := []string{unlawful, notUnit, may, denied, denied, denied, denied, denied} // of a unit that holds a part
	stranger := []string{unlawful, notUnit, unlawful, denied, denied, denied, denied, denied}
	carrier := []string{may, notUnit, may, denied, denied, denied, denied, denied}
	want := map[string][]string{
		"anonymous":                 none,
		"resident":                  none,
		"administrator, no post":    none,
		"administrator, an agent's": staff,
		"agent of the lead":         staff,
		"head of the lead":          carrier,
		"elected sponsor":           carrier,
		"elected, not sponsor":      stranger,
		"head of another":           stranger,
		"head of the asked":         {unlawful, may, may, denied, denied, denied, denied, denied},
		"investment committee":      {unlawful, notUnit, unlawful, denied, may, denied, denied, denied},
		"mission":                   {may, notUnit, may, may, denied, denied, may, may},
		"secretary general":         {may, notUnit, may, denied, denied, may, may, may},
	}
	underEach(t, []string{powers.WithInvestment}, func(h *hall, _ string) {
		h.controlled()
		s := h.stage()
		got := map[string][]string{}
		for who, v := range h.cast() {
			for _, deed := range order {
				end := h.outcome(h.deeds()[deed], s, v)
				got[who] = append(got[who], end)
				if end == may || end == unlawful {
					s = h.stage()
				}
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			h.Errorf("in the order %v:\n%s", order, diff)
		}
	})
}
