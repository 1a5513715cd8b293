package tally

import (
	"errors"
	"io"
	"slices"

	"parvis/internal/fault"
	"parvis/internal/participation/pabulib"
)

// FromPabulib reads the election of a .pb file to its end. change, if not nil, alters the terms that
// the file gives: see Document.Apply. A column "popular" with 1 marks projects of popular districts.
func FromPabulib(r *pabulib.Reader, change func(*Terms) error) (*Election, error) {
	terms, projects, err := terms(r.Header)
	if err != nil {
		return nil, err
	}
	if change != nil {
		if err := change(&terms); err != nil {
			return nil, err
		}
	}
	b, err := NewBuilder(terms, projects)
	if err != nil {
		return nil, err
	}
	var choices []Choice
	for {
		v, err := r.Next()
		if errors.Is(err, io.EOF) {
			return b.Election(), nil
		}
		if err != nil {
			return nil, err
		}
		choices = choices[:0]
		for _, c := range v.Choices {
			choices = append(choices, Choice{Project: int32(c.Project), Points: int32(c.Points)})
		}
		if err := b.Add(choices); err != nil {
			return nil, err
		}
	}
}

// terms translates the header of a file. Amounts become whole numbers of the smallest decimal
// written in it.
func terms(h *pabulib.Header) (Terms, []Project, error) {
	budget, _ := h.Amount("budget")
	places := budget.Places
	for _, p := range h.Projects {
		places = max(places, p.Cost.Places)
	}
	t := Terms{Unit: 1}
	for range places {
		t.Unit *= 10
	}
	var ok bool
	if t.Budget, ok = budget.Scaled(places); !ok {
		return t, nil, fault.New(fault.TooLarge, "tally.overflow")
	}
	if s, ok := h.Int("default_score"); ok && s != 0 {
		return t, nil, fault.New(fault.Invalid, "tally.default_score")
	}
	switch h.Get("vote_type") {
	case "ordinal":
		t.Kind = Ordinal
	case "cumulative", "scoring":
		t.Kind = Points
	}
	if n, ok := h.Int("max_length"); ok && n > 0 && n < int64(len(h.Projects)) {
		t.MaxLength = int(n)
	}
	t.Threshold, _ = h.Int("min_project_score_threshold")
	projects, err := projects(h, places)
	return t, projects, err
}

func projects(h *pabulib.Header, places int) ([]Project, error) {
	list := make([]Project, len(h.Projects))
	for i, p := range h.Projects {
		cost, ok := p.Cost.Scaled(places)
		if !ok {
			return nil, fault.New(fault.TooLarge, "tally.overflow")
		}
		district := h.Field(p, "district")
		if district == "" {
			district = h.Field(p, "neighborhood")
		}
		list[i] = Project{ID: p.ID, Cost: cost, Withdrawn: p.Withdrawn(), Popular: h.Field(p, "popular") == "1", District: district, Category: h.Field(p, "category")}
		if list[i].Withdrawn {
			list[i].Cost = 0
		}
	}
	return list, nil
}

// Declared is the rule that a file declares, under our name.
func Declared(h *pabulib.Header) (Rule, error) {
	kind := h.Get("vote_type")
	shares := "mes_cost"
	switch {
	case kind == "ordinal":
		shares = "mes_borda_city"
	case slices.Contains([]string{"cumulative", "scoring"}, kind):
		shares = "mes_points"
	}
	names := map[string]string{"greedy": "greedy_score", "greedy-no-skip": "greedy_score_no_skip",
		"greedy-threshold": "greedy_score_threshold", "equalshares": shares, "equalshares-comparison": shares + "_comparison",
		"equalshares/add1": shares + "_add1", "equalshares/add1-comparison": shares + "_add1_overspend_comparison"}
	name, ok := names[h.Get("rule")]
	if !ok {
		return Rule{}, fault.New(fault.Invalid, "tally.undeclared_rule", "rule", h.Get("rule"))
	}
	return ParseRule(name)
}
