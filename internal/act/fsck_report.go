package act

import (
	"embed"
	"fmt"
	"io"

	"parvis/internal/i18n"
)

// Messages are the words of the log's refusals and of fsck.
//
//go:embed messages/*.toml
var Messages embed.FS

// Text writes what was found for the operator.
func (f *Fsck) Text(out io.Writer, p *i18n.Printer) error {
	first := p.T("fsck.clean")
	if !f.OK() {
		first = p.N("fsck.defects", int64(len(f.Defects)))
	}
	if _, err := fmt.Fprintln(out, first); err != nil {
		return err
	}
	for _, d := range f.Defects {
		if _, err := fmt.Fprintf(out, "  - %s\n", d.in(p)); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintln(out, p.T("fsck.summary", "rows", f.Rows, "acts", f.Acts, "texts", f.Texts,
		"erased", f.Erased, "leaves", f.Leaves, "waiting", f.Waiting))
	return err
}

func (d Defect) in(p *i18n.Printer) string {
	what := p.T("fsck." + string(d.Kind))
	switch {
	case d.Row.ID != "" || d.Row.Table != "" && d.Kind != TileChanged:
		return p.T("fsck.at.row", "what", what, "table", d.Row.Table, "id", string(d.Row.ID))
	case d.Act != "":
		return p.T("fsck.at.act", "what", what, "act", string(d.Act))
	default:
		return p.T("fsck.at.leaf", "what", what, "leaf", d.Leaf)
	}
}
