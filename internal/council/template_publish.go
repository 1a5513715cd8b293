package council

import (
	"context"
	"strings"

	"parvis/internal/act"
	"parvis/internal/id"
)

// PublishTemplate puts an edition in force: what is opened from now on follows it, circuits that run keep their steps.
// The edition that was in force is replaced.
func (r *Room) PublishTemplate(ctx context.Context, by act.Actor, template id.ID, version int64) (Template, error) {
	return r.moveTemplate(ctx, by, template, version, "publish", func(c *change, t *Template) (act.Act, error) {
		t.PublishedOn, t.ClosedOn = c.tx.Today(), ""
		if err := c.answerable(t.Steps); err != nil {
			return act.Act{}, err
		}
		return act.Act{}, c.replace(*t)
	})
}

// replace ends the edition in force of the circuit of another edition.
func (c *change) replace(by Template) error {
	all, err := loadTemplates(c.tx.Context(), c.tx, c.c.ID)
	if err != nil {
		return err
	}
	for _, t := range all {
		if t.Code != by.Code {
			continue
		}
		if t.Status, err = next(templateStates(), t.Status, "replace"); err != nil {
			return err
		}
		t.ClosedOn = c.tx.Today()
		t.Version++
		if err := c.wrote(t.row(), putTemplate(c.tx, t)); err != nil {
			return err
		}
	}
	return nil
}

// CloseTemplate takes the edition in force of a circuit out of use, with a reason. When the governance profile has a
// circuit of that code, that one is followed again.
func (r *Room) CloseTemplate(ctx context.Context, by act.Actor, template id.ID, version int64, reason string) (Template, error) {
	reason = strings.TrimSpace(reason)
	return r.moveTemplate(ctx, by, template, version, "close", func(*change, *Template) (act.Act, error) {
		if reason == "" {
			return act.Act{}, invalid("reason", "council.required")
		}
		return act.Act{Texts: []act.Text{{Name: "motive", Body: reason}}}, nil
	})
}

// DropTemplate gives up an edition in preparation.
func (r *Room) DropTemplate(ctx context.Context, by act.Actor, template id.ID, version int64) (Template, error) {
	return r.moveTemplate(ctx, by, template, version, "drop", func(*change, *Template) (act.Act, error) { return act.Act{}, nil })
}

// moveTemplate takes an edition through an event of its table; edit completes it and says what the act tells.
func (r *Room) moveTemplate(ctx context.Context, by act.Actor, template id.ID, version int64, event string, edit func(*change, *Template) (act.Act, error)) (Template, error) {
	return do(ctx, r, by, func(tx *act.Tx) (Template, error) {
		t, err := loadTemplate(ctx, tx, template)
		if err != nil {
			return t, err
		}
		c, err := r.openCircuits(tx, t.Committee)
		if err != nil {
			return t, err
		}
		if t.Status, err = next(templateStates(), t.Status, event); err != nil {
			return t, err
		}
		if err := fresh(version, t.Version); err != nil {
			return t, err
		}
		t.ClosedOn = tx.Today()
		a, err := edit(c, &t)
		if err != nil {
			return t, err
		}
		return t, c.settleTemplate("template."+event, &t, a)
	})
}
