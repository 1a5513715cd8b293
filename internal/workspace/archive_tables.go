package workspace

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"unicode"

	"parvis/internal/act"
	"parvis/internal/identity"
)

// archivedTables are the tables of the archive, room by room: a row that is left out takes along those after it that
// name it. Traffic is not there (sessions, links, drafts of one author, who voted what), nor the seals, which mean
// something to fsck alone: parvis backup keeps both. A test holds the list together with the database.
func archivedTables() []string {
	return strings.Fields(`powers_body powers_competence powers_unit powers_unit_name powers_unit_link powers_change powers_post powers_person
		powers_matricule powers_person_name powers_holder powers_delegation powers_referent powers_profile powers_profile_force account_standing
		portfolio_initiative portfolio_span portfolio_holder portfolio_part portfolio_milestone portfolio_budget portfolio_question portfolio_note
		portfolio_paper portfolio_objective portfolio_arbitration portfolio_asked portfolio_action portfolio_board portfolio_snapshot
		strategy_strategy strategy_node strategy_indicator strategy_target strategy_measure strategy_contribution strategy_paper strategy_dilemma
		strategy_position strategy_grid strategy_criterion strategy_annotation strategy_placement
		passation_handover passation_item passation_story measures_opinion measures_contest measures_result
		council_committee council_member council_meeting council_item council_paper council_call council_list council_attendance council_presence council_interest
		council_ballot council_voice council_decision council_minutes council_template council_circuit council_step council_visa council_formal
		council_deadline council_deadline_met
		council_quiet participation_election participation_lot participation_project participation_file act act_text`)
}

// tables writes each table as JSON lines: one object for one row, by the names of its columns.
func (a *archiving) tables(ctx context.Context) error {
	for _, table := range archivedTables() {
		room, _, _ := strings.Cut(table, "_")
		out, err := a.next(path.Join("tables", room, table+".jsonl"))
		if err != nil {
			return err
		}
		n, err := a.table(ctx, out, table)
		if err != nil {
			return fmt.Errorf("table %s: %w", table, err)
		}
		a.Rows += n
		a.step(1)
	}
	return nil
}

func (a *archiving) table(ctx context.Context, out io.Writer, table string) (n int, err error) {
	var text bytes.Buffer
	return n, a.eachRow(ctx, table, func(columns []string, values []any) error {
		if a.hidden.takes(columns, values) {
			return nil
		}
		reserve(table, columns, values)
		if a.discreet != nil {
			if err := a.discreet(table, columns, values); err != nil {
				return err
			}
		}
		text.Reset()
		if err := writeRow(&text, columns, values); err != nil {
			return err
		}
		n++
		_, err := out.Write(text.Bytes())
		return err
	})
}

// reserve blanks what only those whom it concerns may read: whoever takes the archive is not among them.
func reserve(table string, columns []string, values []any) {
	at := func(column string) *any { return &values[slices.Index(columns, column)] }
	switch table {
	case "council_interest":
		*at("nature"), *at("note") = "", ""
	case "act_text":
		if strings.HasPrefix(textOf(*at("name")), act.Reserved) {
			*at("nonce"), *at("body") = []byte{}, "" // the nonce with them: it would let a guess be tried against the digest
		}
	}
}

// writeRow writes a row as one JSON object. Bytes are in base64.
func writeRow(out *bytes.Buffer, columns []string, values []any) error {
	for i, name := range columns {
		value, err := json.Marshal(values[i])
		if err != nil {
			return err
		}
		out.WriteByte("{,"[min(i, 1)])
		fmt.Fprintf(out, "%q:", name)
		out.Write(value)
	}
	out.WriteString("}\n")
	return nil
}

// hidden are the ids of what is kept from a visitor.
type hidden map[string]bool

// hiddenFrom lists the matters from which a visitor is recused, with all that hangs on them, and the récits that their
// authors keep.
func (w *Workspace) hiddenFrom(ctx context.Context, v identity.Visitor) (hidden, error) {
	h := hidden{}
	if w.Council != nil {
		refs, err := w.Council.WithheldRefs(ctx, v)
		if err != nil {
			return nil, err
		}
		for r := range refs {
			h[string(r.ID)] = true
		}
	}
	kept, err := w.keptStories(ctx)
	for _, s := range kept {
		h[string(s)] = true
	}
	return h, err
}

// takes tells whether a row is hidden, or names something that is, anywhere in its texts; it is then hidden itself.
func (h hidden) takes(columns []string, values []any) bool {
	if len(h) == 0 {
		return false
	}
	for _, v := range values {
		text := ""
		switch v := v.(type) {
		case string:
			text = v
		case []byte:
			text = string(v)
		}
		for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			if h[word] {
				if columns[0] == "id" {
					h[fmt.Sprint(values[0])] = true
				}
				return true
			}
		}
	}
	return false
}
