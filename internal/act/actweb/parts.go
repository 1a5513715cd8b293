package actweb

import (
	"context"

	"github.com/a-h/templ"

	"parvis/internal/act"
	"parvis/internal/ui"
)

// answer is nil when there is nothing to say, so that the page shows the question as unanswered.
func answer(parts []Label) templ.Component {
	if len(parts) == 0 {
		return nil
	}
	return labels(parts)
}

func why(parts []Label, texts []act.ReadText) templ.Component {
	if len(parts) == 0 && len(texts) == 0 {
		return nil
	}
	return whyAnswer(parts, texts)
}

// marked is the line of an act with, beside its date, that it is read inside alone.
func (l line) marked(ctx context.Context) ui.Act {
	a := l.Act
	if l.entry.Visibility == act.Internal {
		a.Mark = ui.T(ctx, "actweb.internal")
	}
	return a
}

// textName is what a text of an act is: "motif", "réserve"…
func textName(ctx context.Context, name string) string {
	if key := "act.text." + name; ui.P(ctx).Has(key) {
		return ui.T(ctx, key)
	}
	return name
}
