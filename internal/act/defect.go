package act

import (
	"fmt"
	"strings"

	"parvis/internal/id"
)

// DefectKind is what fsck found wrong; its name is also the end of its message key, "fsck.<kind>".
type DefectKind string

// What fsck finds.
const (
	RowChanged      DefectKind = "row_changed"      // a civic row is not as its last act left it
	RowUnsealed     DefectKind = "row_unsealed"     // a civic row that no act lists
	RowGone         DefectKind = "row_gone"         // a sealed row is no more
	TableUnknown    DefectKind = "table_unknown"    // a seal names a table that is not civic
	TableUnsealable DefectKind = "table_unsealable" // a civic table has no id column
)

// Defect is one thing that is not as the log says.
type Defect struct {
	Kind DefectKind
	Row  Row   // of a defect in the state
	Act  id.ID // of a defect in an act
	Leaf int64 // of a defect in the log
}

// String is for tests and the operator's log.
func (d Defect) String() string {
	var b strings.Builder
	b.WriteString(string(d.Kind))
	if d.Row.Table != "" {
		fmt.Fprintf(&b, " %s/%s", d.Row.Table, d.Row.ID)
	}
	if d.Act != "" {
		fmt.Fprintf(&b, " act %s", d.Act)
	}
	if d.Leaf > 0 {
		fmt.Fprintf(&b, " leaf %d", d.Leaf)
	}
	return b.String()
}
