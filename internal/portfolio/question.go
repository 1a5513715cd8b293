package portfolio

import (
	"context"
	"strings"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// OpenForm is the form of something that must be found out.
type OpenForm struct {
	Initiative id.ID
	Kind       OpenKind
	Question   string
	Post       id.ID        // who finds out
	Due        calendar.Day // by when
}

// OpenQuestion opens a legal question (« zone grise ») or notes what is not known yet. A legal
// question is internal until a person publishes it; what is not known is as public as the initiative.
func (r *Room) OpenQuestion(ctx context.Context, by act.Actor, in OpenForm) error {
	in.Question = strings.TrimSpace(in.Question)
	bad := fault.New(fault.Invalid, "portfolio.form")
	required(bad, "question", in.Question, maxText)
	required(bad, "post", string(in.Post), maxText)
	checkDay(bad, "due", in.Due, true)
	if in.Kind != Legal && in.Kind != Unknown {
		bad.At("kind", "portfolio.choose")
	}
	if err := bad.OrNil(); err != nil {
		return err
	}
	return r.edit(ctx, by, in.Initiative, "question.open", func(c *change) (act.Act, error) {
		if _, err := r.post(c.tx, in.Post, "post"); err != nil {
			return act.Act{}, err
		}
		o := OpenQuestion{ID: c.tx.NewID(), Version: 1, Initiative: c.i.ID, Kind: in.Kind, Question: in.Question, Post: in.Post,
			Due: in.Due, OpenedOn: c.tx.Today(), Visibility: act.Public}
		if in.Kind == Legal {
			o.Visibility = act.Internal
		}
		return c.questionAct(o, ""), c.wrote(o.row(), putQuestion(c.tx, o))
	})
}

// AnswerQuestion closes an open question with what was found.
func (r *Room) AnswerQuestion(ctx context.Context, by act.Actor, question id.ID, version int64, answer string) error {
	if answer = strings.TrimSpace(answer); answer == "" {
		return invalid("answer", "portfolio.required")
	}
	return r.editQuestion(ctx, by, question, "question.answer", func(c *change, o *OpenQuestion) error {
		if err := fresh(version, o.Version, Differing{"answer", answer, o.Answer}); err != nil {
			return err
		}
		if o.ClosedOn != "" {
			return fault.New(fault.Conflict, "portfolio.question.closed")
		}
		o.Answer, o.ClosedOn = answer, c.tx.Today()
		return nil
	})
}

// PublishQuestion makes a legal question as public as its initiative.
func (r *Room) PublishQuestion(ctx context.Context, by act.Actor, question id.ID) error {
	return r.editQuestion(ctx, by, question, "question.publish", func(c *change, o *OpenQuestion) error {
		if !c.i.Public() {
			return fault.New(fault.Conflict, "portfolio.initiative.not_public", "number", c.i.Number)
		}
		o.Visibility = act.Public
		return nil
	})
}

func (r *Room) editQuestion(ctx context.Context, by act.Actor, question id.ID, verb string, fn func(*change, *OpenQuestion) error) error {
	o, err := loadQuestion(ctx, r.reads, question)
	if err != nil {
		return err
	}
	return r.edit(ctx, by, o.Initiative, verb, func(c *change) (act.Act, error) {
		if o, err = loadQuestion(c.tx.Context(), c.tx, question); err != nil {
			return act.Act{}, err
		}
		if err := fn(c, &o); err != nil {
			return act.Act{}, err
		}
		o.Version++
		return c.questionAct(o, o.Answer), c.wrote(o.row(), putQuestion(c.tx, o))
	})
}

func (c *change) questionAct(o OpenQuestion, answer string) act.Act {
	a := act.Act{Object: act.Ref{Type: "question", ID: o.ID}, Version: o.Version, Visibility: act.Internal,
		Args:  map[string]string{"kind": string(o.Kind), "post": string(o.Post), "due": string(o.Due)},
		Texts: []act.Text{{Name: "question", Body: o.Question}, {Name: "answer", Body: answer}}}
	if o.Visibility == act.Public {
		a.Visibility = c.shown()
	}
	return a
}
