package council

import (
	"context"
	"slices"
	"strings"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

// AddQuestions puts questions of the portfolio on the agenda, as they are: nothing is typed again. Those
// already on it are left alone; it answers those it added.
func (r *Room) AddQuestions(ctx context.Context, by act.Actor, meeting id.ID, nature Nature, questions []id.ID, late string) ([]Item, error) {
	late = strings.TrimSpace(late)
	err := form()
	oneOf(err, "nature", nature, []Nature{ForDecision, ForOpinion})
	if len(questions) == 0 {
		err.At("questions", "council.item.no_question")
	}
	if err := err.OrNil(); err != nil {
		return nil, err
	}
	return do(ctx, r, by, func(tx *act.Tx) ([]Item, error) {
		c, items, err := r.openAgenda(tx, meeting, nature, late)
		if err != nil {
			return nil, err
		}
		var added []Item
		for _, q := range questions {
			if slices.ContainsFunc(items, func(i Item) bool { return i.Arbitration == q && i.Status == Listed }) {
				continue
			}
			i, err := c.fromQuestion(q, nature, late)
			if err != nil {
				return nil, err
			}
			if err := c.add(&i, items); err != nil {
				return nil, err
			}
			items, added = append(items, i), append(added, i)
		}
		if len(added) == 0 {
			return nil, fault.New(fault.Conflict, "council.item.already")
		}
		return added, nil
	})
}

// fromQuestion is the item that carries a question. A matter that was on an agenda before keeps its root,
// so that a recusal follows it.
func (c *change) fromQuestion(question id.ID, nature Nature, late string) (Item, error) {
	a, err := c.r.portfolio.QuestionIn(c.tx.Context(), c.tx, question)
	if err != nil {
		return Item{}, err
	}
	if err := c.r.Barred(c.tx, portfolio.Arbitration{ID: question}.Ref()); err != nil {
		return Item{}, err
	}
	if a.Status == portfolio.Decided || a.Status == portfolio.AskWithdrawn {
		return Item{}, fault.New(fault.Conflict, "council.item.question_over", "number", a.Number)
	}
	i := Item{ID: c.tx.NewID(), Nature: nature, Title: a.Question, Initiative: a.Initiative, Arbitration: a.ID,
		Subject: a.Ref(), Rapporteur: a.AskedBy, Minutes: 10, Late: late}
	i.Root, err = rootOf(c.tx.Context(), c.tx, a.ID)
	return i, err
}
