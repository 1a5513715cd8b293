package workspace

import (
	"slices"

	"parvis/internal/tabular"
)

// pace tells how far an import or an export has come: in rows read for the first time, or in files written.
type pace struct {
	done, total int64
	tell        func(done, total int64)
}

func (w *Workspace) pace(total int) *pace { return &pace{total: int64(total), tell: w.Progress} }

func (p *pace) step(n int) {
	if p.done += int64(n); p.tell != nil {
		p.tell(min(p.done, p.total), p.total)
	}
}

// over counts each sheet when its last row is written.
func (p *pace) over(sheets []tabular.Output) []tabular.Output {
	told := slices.Clone(sheets)
	for i, s := range sheets {
		told[i].Rows = func(yield func([]any) bool) {
			for row := range s.Rows {
				if !yield(row) {
					return
				}
			}
			p.step(1)
		}
	}
	return told
}
