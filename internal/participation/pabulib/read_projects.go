package pabulib

import "strings"

// readProjects reads PROJECTS up to the line that opens VOTES.
func (r *Reader) readProjects() error {
	cols, err := r.columns("project_id", "cost")
	if err != nil {
		return err
	}
	r.Header.ProjectColumns = cols
	for {
		fields, err := r.scan.record()
		if err != nil {
			return err
		}
		if section(fields, "VOTES") {
			r.checkProjects()
			return nil
		}
		if len(r.Header.Projects) == r.scan.limits.Projects {
			return r.report.stop(r.scan.line, "projects.too_many", "a", r.scan.limits.Projects)
		}
		r.project(r.row(fields, cols))
	}
}

// row brings a record to the number of columns of its section.
func (r *Reader) row(fields, cols []string) []string {
	row := make([]string, max(len(cols), len(fields)))
	copy(row, fields)
	switch {
	case len(fields) < len(cols):
		r.report.add(r.scan.line, "row.short", "empty", "a", len(fields), "b", len(cols))
	case len(fields) > len(cols) && strings.Join(fields[len(cols):], "") == "":
		r.report.add(r.scan.line, "row.long_empty", "trimmed", "a", len(fields), "b", len(cols))
	case len(fields) > len(cols):
		r.report.add(r.scan.line, "row.long", "", "a", len(fields), "b", len(cols))
	}
	return row[:len(cols)]
}

func (r *Reader) project(row []string) {
	p := Project{Fields: row, Line: r.scan.line}
	p.ID = r.projectID(row)
	p.Cost = r.cost(row, p.ID)
	for i, name := range r.Header.ProjectColumns {
		if cause := projectShape(name).fault(row[i]); cause != "" && !(row[i] == "" && name != "cost") {
			r.report.add(p.Line, "value."+cause, "kept", "a", name, "b", clip(row[i]))
		}
	}
	if first, twice := r.ids[p.ID]; twice {
		r.report.add(p.Line, "project.duplicate", "", "a", clip(p.ID), "b", r.Header.Projects[first].Line)
		return
	}
	r.ids[p.ID] = len(r.Header.Projects)
	r.Header.Projects = append(r.Header.Projects, p)
}

func (r *Reader) projectID(row []string) string {
	id := row[column(r.Header.ProjectColumns, "project_id")]
	if trimmed := strings.TrimSpace(id); trimmed != id {
		r.report.add(r.scan.line, "project.id_spaces", "trimmed", "a", clip(id))
		id = trimmed
	}
	if id == "" {
		r.report.add(r.scan.line, "project.id_empty", "")
	}
	if strings.ContainsRune(id, ',') {
		r.report.add(r.scan.line, "project.id_comma", "", "a", clip(id))
	}
	return id
}

// cost reads a cost. Repairs are those that change no value: spaces and a decimal comma.
func (r *Reader) cost(row []string, id string) Decimal {
	raw := row[column(r.Header.ProjectColumns, "cost")]
	if amountFault(raw) == "" {
		d, _ := ParseDecimal(raw)
		return d
	}
	written := strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "").Replace(raw)
	if strings.Count(written, ",") == 1 && !strings.Contains(written, ".") && len(written)-strings.IndexByte(written, ',') <= 3 {
		written = strings.Replace(written, ",", ".", 1)
	}
	repair := ""
	if amountFault(written) == "" {
		repair = "read_as"
	}
	r.report.add(r.scan.line, "value."+amountFault(raw), repair, "a", "cost", "b", clip(raw), "r", written)
	d, _ := ParseDecimal(written)
	return d
}

// checkProjects compares PROJECTS with META.
func (r *Reader) checkProjects() {
	budget, known := r.Header.Amount("budget")
	for _, p := range r.Header.Projects {
		if p.Cost.Digits == 0 {
			r.report.add(p.Line, "project.cost_zero", "kept", "a", clip(p.ID))
		}
		if known && !p.Withdrawn() && p.Cost.Cmp(budget) > 0 {
			r.report.add(p.Line, "project.over_budget", "kept", "a", clip(p.ID))
		}
	}
	if want, ok := r.Header.Int("num_projects"); ok && want != int64(len(r.Header.Projects)) {
		r.report.add(r.lineOf("num_projects"), "meta.num_projects", "recounted", "a", want, "b", len(r.Header.Projects))
	}
	if len(r.Header.Projects) == 0 {
		r.report.add(r.scan.line, "projects.none", "")
	}
}
