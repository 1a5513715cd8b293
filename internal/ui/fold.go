package ui

import (
	"bytes"
	"context"
	"io"

	"github.com/a-h/templ"
)

// Fold is Details of another class. Both are open when a refused form, or a field of one, lies inside: what is wrong
// must be seen.
func Fold(class, summary string) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		if FrameOf(ctx).Attempt == nil {
			return fold(class, summary, false).Render(ctx, w)
		}
		var inside bytes.Buffer
		if err := templ.GetChildren(ctx).Render(templ.ClearChildren(ctx), &inside); err != nil {
			return err
		}
		refused := bytes.Contains(inside.Bytes(), []byte("data-focus")) || bytes.Contains(inside.Bytes(), []byte(`aria-invalid="true"`))
		return fold(class, summary, refused).Render(templ.WithChildren(ctx, templ.Raw(inside.String())), w)
	})
}
