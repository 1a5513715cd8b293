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
	SealForeign     DefectKind = "seal_foreign"     // a seal is not what the last act on its row says
	ActUnreadable   DefectKind = "act_unreadable"   // the payload of an act does not read
	ActColumns      DefectKind = "act_columns"      // the columns of an act are not those of its payload
	ActUnlogged     DefectKind = "act_unlogged"     // an act that its leaf does not commit to
	TextChanged     DefectKind = "text_changed"     // a text is not the one that its act names
	TextGone        DefectKind = "text_gone"        // a text that an act names is no more
	TextStray       DefectKind = "text_stray"       // a text that no act names
	TextEmptied     DefectKind = "text_emptied"     // a text was emptied without an act of effacement
	LeafGap         DefectKind = "leaf_gap"         // the leaves are not numbered without a gap
	LeafUnopened    DefectKind = "leaf_unopened"    // a leaf that no act or batch explains
	BatchChanged    DefectKind = "batch_changed"    // a batch is not the one of its leaf, or not of its acts
	TileChanged     DefectKind = "tile_changed"     // a tile is not what the leaves give
	HeadChanged     DefectKind = "head_changed"     // a checkpoint is not of this tree, or not signed by the log
)

// Defect is one thing that is not as the log says.
type Defect struct {
	Kind DefectKind
	Row  Row   // of a defect in the state
	Act  id.ID // of a defect in an act
	Leaf int64 // of a defect in the log: number of the leaf, size of the checkpoint
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
