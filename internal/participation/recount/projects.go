package recount

import (
	"bytes"
	"io"
	"strconv"
	"strings"

	"parvis/internal/fault"
	"parvis/internal/participation/pabulib"
	"parvis/internal/participation/tally"
)

// projectColumns are what is published of a project. Who proposed it is not.
func projectColumns() []string {
	return []string{"project_id", "cost", "name", "category", "district", "neighborhood", "beneficiaries", "popular", "latitude", "longitude"}
}

// candidates brings the projects of a file to their published form.
func candidates(h *pabulib.Header) *pabulib.Header {
	out := &pabulib.Header{}
	for _, c := range projectColumns() {
		for i, p := range h.Projects {
			if i == 0 && (c == "project_id" || c == "cost") || h.Field(p, c) != "" {
				out.ProjectColumns = append(out.ProjectColumns, c)
				break
			}
		}
	}
	for _, p := range h.Projects {
		values := map[string]string{}
		for _, c := range out.ProjectColumns {
			values[c] = clean(h.Field(p, c))
		}
		values["project_id"], values["cost"] = p.ID, p.Cost.String()
		out.Projects = append(out.Projects, pabulib.NewProject(out, values))
	}
	return out
}

// clean turns control characters to spaces, so that every row is a line.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, s)
}

// csv writes projects.csv.
func csv(h *pabulib.Header) []byte {
	var out bytes.Buffer
	out.WriteString(pabulib.Line(h.ProjectColumns...) + "\n")
	for _, p := range h.Projects {
		out.WriteString(pabulib.Line(p.Fields...) + "\n")
	}
	return out.Bytes()
}

// readCandidates reads projects.csv: it is the middle of a .pb file.
func readCandidates(csv []byte) (*pabulib.Header, error) {
	head := "META\nkey;value\ndescription;-\ncountry;-\nunit;-\ninstance;-\nnum_projects;" + strconv.Itoa(max(0, bytes.Count(csv, []byte("\n"))-1)) +
		"\nnum_votes;0\nbudget;" + strconv.FormatInt(1<<53, 10) + "\nvote_type;approval\nrule;unknown\ndate_begin;2000\ndate_end;2000\nPROJECTS\n"
	r, err := pabulib.Open(io.MultiReader(strings.NewReader(head), bytes.NewReader(csv), strings.NewReader("VOTES\nvoter_id;vote\n")), pabulib.Options{})
	if err != nil {
		return nil, err
	}
	return candidates(r.Header), nil
}

// tallied gives the projects to the count, with costs in minor units.
func tallied(h *pabulib.Header, decimals int) ([]tally.Project, error) {
	list := make([]tally.Project, len(h.Projects))
	for i, p := range h.Projects {
		district := h.Field(p, "district")
		if district == "" {
			district = h.Field(p, "neighborhood")
		}
		list[i] = tally.Project{ID: p.ID, Withdrawn: p.Withdrawn(), Popular: h.Field(p, "popular") == "1", District: district, Category: h.Field(p, "category")}
		if p.Withdrawn() {
			continue
		}
		var ok bool
		if list[i].Cost, ok = p.Cost.Scaled(decimals); !ok {
			return nil, fault.New(fault.Invalid, "recount.decimals", "project", p.ID, "cost", p.Cost.String(), "decimals", decimals)
		}
	}
	return list, nil
}
