package uitest

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"parvis/internal/i18n"
	"parvis/internal/ui"
)

// Frame makes a frame for rendering components alone. Links are "/fr/name/arg".
func Frame(t testing.TB, lang string, catalogues ...fs.FS) *ui.Frame {
	t.Helper()
	catalog, err := i18n.Load(append([]fs.FS{ui.Messages}, catalogues...)...)
	if err != nil {
		t.Fatal(err)
	}
	assets, err := ui.NewAssets()
	if err != nil {
		t.Fatal(err)
	}
	return &ui.Frame{
		P: catalog.Printer(lang), Lang: lang, City: ui.City{Name: "Valmont"}, Home: "/" + lang + "/",
		Path: "/" + lang + "/", ThemeAction: "/" + lang + "/theme", Assets: assets,
		Link: func(lang, name string, args ...any) string {
			return strings.TrimSuffix("/"+lang+"/"+name+"/"+strings.Trim(fmt.Sprint(args...), "[]"), "/")
		},
	}
}

// Render renders a component within a frame.
func Render(t testing.TB, f *ui.Frame, c templ.Component) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := c.Render(ui.WithFrame(context.Background(), f), &out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
