package web_test

import (
	"context"
	"io"

	"github.com/a-h/templ"

	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/ui"
)

// whole puts a form into a page, as a template would.
func whole(content templ.Component) func(context.Context, io.Writer) error {
	return func(ctx context.Context, w io.Writer) error {
		form := ui.Form(ui.Post{To: "/fr/idees"})
		inner := templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
			return form.Render(templ.WithChildren(ctx, content), w)
		})
		return ui.Page(ui.Head{Title: "Proposer"}).Render(templ.WithChildren(ctx, inner), w)
	}
}

func resolveIdea(_ context.Context, thing id.ID) (string, []any, error) {
	if thing != "7" {
		return "", nil, fault.New(fault.NotFound, "fault.not_found")
	}
	return "idea", []any{thing}, nil
}
