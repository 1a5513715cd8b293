package council

import (
	"fmt"

	"parvis/internal/act"
	"parvis/internal/id"
)

// settleDecision numbers and writes the decision, moves the item and records the act.
func (c *change) settleDecision(d *Decision, i Item, verb string, decided id.ID, f DecideForm) error {
	d.Year, d.Digest, d.DecidedAct, d.Version = c.tx.Today().Year(), DigestOf(d.Text), decided, 1
	var err error
	prefix := decisionPrefix
	if i.Nature == ForOpinion {
		prefix = opinionPrefix
	}
	if d.Seq, err = nextDecision(c.tx.Context(), c.tx, d.Year, prefix); err != nil {
		return err
	}
	d.Number = fmt.Sprintf("%s%d-%d", prefix, d.Year, d.Seq)
	i.Status, i.StatusOn, i.StatusNote = d.Result, c.tx.Today(), ""
	if err := c.saveItem(&i); err != nil {
		return err
	}
	ask := c.ask(verb, d.Ref())
	if i.Arbitration != "" {
		q, err := c.r.portfolio.QuestionIn(c.tx.Context(), c.tx, i.Arbitration)
		if err != nil {
			return err
		}
		ask.Amount, ask.Matter, ask.Territory = q.Amount, q.Matter, q.Place
	}
	g, err := c.tx.Allow(ask)
	if err != nil {
		return err
	}
	// The action items are written before it, so that the row names them; their acts name this one.
	if d.Actions, err = c.follow(*d, i, f); err != nil {
		return err
	}
	if err := c.wrote(d.row(), putDecision(c.tx, *d)); err != nil {
		return err
	}
	c.tell(DecisionAdoptedV1{d.ID, i.ID, c.m.ID, d.Visibility == act.Public})
	_, err = c.record(g, verb, d.act(decided, i))
	return err
}

func (d Decision) act(decided id.ID, i Item) act.Act {
	args := aboutItem(i)
	args["decision"], args["digest"] = d.Number, d.Digest
	a := act.Act{ID: decided, Object: d.Ref(), Version: d.Version, Visibility: d.Visibility, Args: args}
	d.Answers.Into(&a)
	if i.Arbitration != "" {
		question := act.Ref{Type: "arbitration", ID: i.Arbitration}
		a.Why.Question = &question
	}
	step := i.Ref()
	a.How.Step = &step
	a.Texts = append(a.Texts, act.Text{Name: "decision", Body: d.Text}, act.Text{Name: "conditions", Body: d.Conditions})
	return a
}
