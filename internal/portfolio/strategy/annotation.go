package strategy

import (
	"context"
	"strconv"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// Remark is what an annotation does.
type Remark string

// The kinds of annotations.
const (
	Comment  Remark = "remark"
	Question Remark = "question"
	Contest  Remark = "contest"
)

// Remarks lists the kinds.
func Remarks() []Remark { return []Remark{Comment, Question, Contest} }

// Voice is as whom somebody speaks.
type Voice string

// The voices. A directorate speaks through a post; the others through an account.
const (
	AsResident    Voice = "resident"
	AsAssociation Voice = "association"
	AsFirm        Voice = "firm"
	AsUnit        Voice = "unit"
)

// Voices lists the voices of people outside.
func Voices() []Voice { return []Voice{AsResident, AsAssociation, AsFirm} }

// Moderation is where an annotation stands.
type Moderation string

// The states of an annotation: waiting → shown or refused, with a reason.
const (
	Waiting Moderation = "waiting"
	Shown   Moderation = "shown"
	Refused Moderation = "refused"
)

// Annotation is what somebody says of the grid: an act, moderated and answered. Who a resident is
// stands beside the act, never in it.
type Annotation struct {
	ID         id.ID
	Version    int64
	Grid       id.ID
	Criterion  string // code, "" for the whole
	Kind       Remark
	Body       string
	Lang       string
	As         Voice
	Name       string // of the association or firm, as written
	Post       id.ID  // of who speaks for a unit
	WrittenOn  calendar.Day
	Status     Moderation
	StatusOn   calendar.Day
	StatusWhy  string
	Answer     string
	AnswerLang string
	AnsweredBy id.ID // post
	AnsweredOn calendar.Day
	Visibility act.Visibility
}

const annotationColumns db.Columns = "id, version, grid, criterion, kind, body, lang, speaks_as, name, post, written_on, status, status_on, status_why, answer, answer_lang, answered_by, answered_on, visibility"

func annotationFields(a *Annotation) []any {
	return []any{&a.ID, &a.Version, &a.Grid, &a.Criterion, &a.Kind, &a.Body, &a.Lang, &a.As, &a.Name, &a.Post, &a.WrittenOn,
		&a.Status, &a.StatusOn, &a.StatusWhy, &a.Answer, &a.AnswerLang, &a.AnsweredBy, &a.AnsweredOn, &a.Visibility}
}

// Annotate is the form of an annotation.
type Annotate struct {
	Edition   int
	Criterion string
	Kind      Remark
	Body      string
	Lang      string
	As        Voice
	Name      string
}

// Annotate says something of a published edition. Residents, associations and firms need an account;
// agents speak for their unit. It waits for moderation, and its author is told so.
func (r *Room) Annotate(ctx context.Context, v identity.Visitor, by act.Actor, in Annotate) (Annotation, error) {
	if by.Kind != act.Agent && by.Account == "" {
		return Annotation{}, fault.New(fault.Unauthenticated, "strategy.annotation.account")
	}
	if by.Kind == act.Agent {
		in.As, in.Name = AsUnit, ""
	}
	grid, err := r.Reading(ctx, v, in.Edition)
	if err != nil {
		return Annotation{}, err
	}
	return runAny(ctx, r, by, func(c *change) (Annotation, error) {
		if err := in.check(grid, by.Kind); err != nil {
			return Annotation{}, err
		}
		a := Annotation{ID: c.tx.NewID(), Version: 1, Grid: grid.ID, Criterion: in.Criterion, Kind: in.Kind, Body: in.Body, Lang: in.Lang, As: in.As,
			Name: in.Name, WrittenOn: c.today, Status: Waiting, StatusOn: c.today, Visibility: act.Internal}
		if by.Kind == act.Agent {
			a.Post = by.Post
		}
		if err := c.putAnnotation(&a); err != nil {
			return a, err
		}
		what := a.act(grid.Edition)
		_, err := c.record("annotation.write", said(said(what, "body", a.Lang, a.Body), "name", a.Lang, a.Name))
		return a, err
	})
}

func (in *Annotate) check(grid Reading, kind act.ActorKind) error {
	trim(&in.Body, &in.Name)
	f := newForm()
	f.required("body", in.Body, 4000)
	oneOf(f, "kind", in.Kind, Remarks())
	if _, known := grid.Criterion(in.Criterion); in.Criterion != "" && !known {
		f.At("criterion", "strategy.grid.no_criterion")
	}
	if !grid.Frozen() {
		f.At("body", "strategy.annotation.not_published")
	}
	if kind != act.Agent {
		oneOf(f, "as", in.As, Voices())
		if in.As == AsResident {
			in.Name = ""
		} else {
			f.required("name", in.Name, maxTitle)
		}
	}
	return f.OrNil()
}

func (a Annotation) act(edition int) act.Act {
	return act.Act{Object: act.Ref{Type: "annotation", ID: a.ID}, Subject: act.Ref{Type: "grid", ID: a.Grid}, Version: a.Version, Visibility: a.Visibility,
		Args: map[string]string{"edition": strconv.Itoa(edition), "criterion": a.Criterion, "kind": string(a.Kind)}}
}

// Moderate shows an annotation to everybody, or refuses it with a reason that its author may read.
func (r *Room) Moderate(ctx context.Context, by act.Actor, annotation id.ID, version int64, to Moderation, why, lang string) error {
	return r.onAnnotation(ctx, by, annotation, version, func(c *change, a *Annotation, edition int) error {
		trim(&why)
		f := newForm()
		oneOf(f, "to", to, []Moderation{Shown, Refused})
		if to == Refused {
			f.required("why", why, maxText)
		}
		if err := f.OrNil(); err != nil {
			return err
		}
		if a.Status != Waiting {
			return fault.New(fault.Conflict, "strategy.annotation.moderated")
		}
		a.Status, a.StatusOn, a.StatusWhy = to, c.today, why
		verb := "annotation.refuse"
		if to == Shown {
			a.Visibility, verb = act.Public, "annotation.show"
		}
		return c.recordAnnotation(verb, a, said(a.act(edition), "why", lang, why))
	})
}

// AnswerAnnotation answers an annotation that is shown; a second answer replaces the first.
func (r *Room) AnswerAnnotation(ctx context.Context, by act.Actor, annotation id.ID, version int64, answer, lang string) error {
	return r.onAnnotation(ctx, by, annotation, version, func(c *change, a *Annotation, edition int) error {
		trim(&answer)
		f := newForm()
		f.required("answer", answer, maxText)
		if err := f.OrNil(); err != nil {
			return err
		}
		if a.Status != Shown {
			return fault.New(fault.Conflict, "strategy.annotation.not_shown")
		}
		a.Answer, a.AnswerLang, a.AnsweredBy, a.AnsweredOn = answer, lang, by.Post, c.today
		return c.recordAnnotation("annotation.answer", a, said(a.act(edition), "answer", lang, answer))
	})
}

func (r *Room) onAnnotation(ctx context.Context, by act.Actor, annotation id.ID, version int64, fn func(*change, *Annotation, int) error) error {
	_, err := run(ctx, r, by, func(c *change) (struct{}, error) {
		a, err := loadAnnotation(c.ctx, c.tx, annotation)
		if err != nil {
			return struct{}{}, err
		}
		if err := fresh(version, a.Version); err != nil {
			return struct{}{}, err
		}
		g, err := loadGrid(c.ctx, c.tx, a.Grid)
		if err != nil {
			return struct{}{}, err
		}
		a.Version++
		return struct{}{}, fn(c, &a, g.Edition)
	})
	return err
}

func (c *change) recordAnnotation(verb string, a *Annotation, what act.Act) error {
	if err := c.putAnnotation(a); err != nil {
		return err
	}
	_, err := c.record(verb, what)
	return err
}
