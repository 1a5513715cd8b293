package pabulib

// shape says what a field may hold.
type shape int

const (
	text shape = iota
	whole
	amount
	day
	flag // 1 only
	language
	currency
	comment
	voteType
	rule
	selected
	latitude
	longitude
	age
	sex
	method
)

// metaShape gives the shape of a META field; false when the format does not know the field.
// Source: the description of the format on pabulib.org (April 2026).
func metaShape(key string) (shape, bool) {
	switch key {
	case "description", "country", "unit", "instance", "district", "subunit", "edition", "scoring_fn",
		"neighborhoods", "subdistricts", "categories", "acknowledgments", "leftover_budget",
		"budget_per_category", "budget_per_neighborhood", "min_sum_cost_per_category", "max_sum_cost_per_category":
		return text, true
	case "num_projects", "num_votes", "min_length", "max_length", "min_points", "max_points", "min_sum_points",
		"max_sum_points", "default_score", "min_project_score_threshold", "min_length_per_category", "max_length_per_category":
		return whole, true
	case "budget", "min_sum_cost", "max_sum_cost", "min_project_cost", "max_project_cost":
		return amount, true
	}
	return metaCoded(key)
}

func metaCoded(key string) (shape, bool) {
	switch key {
	case "date_begin", "date_end":
		return day, true
	case "vote_type":
		return voteType, true
	case "rule":
		return rule, true
	case "language":
		return language, true
	case "currency":
		return currency, true
	case "comment":
		return comment, true
	case "fully_funded", "experimental":
		return flag, true
	}
	return text, false
}

func metaRequired() []string {
	return []string{"description", "country", "unit", "instance", "num_projects", "num_votes", "budget",
		"vote_type", "rule", "date_begin", "date_end"}
}

func projectShape(column string) shape {
	switch column {
	case "votes", "score":
		return whole
	case "selected":
		return selected
	case "latitude":
		return latitude
	case "longitude":
		return longitude
	}
	return text
}

func voteShape(column string) shape {
	switch column {
	case "age":
		return age
	case "sex":
		return sex
	case "voting_method":
		return method
	}
	return text
}

// VoteTypes lists the kinds of ballot of the format.
func VoteTypes() []string {
	return []string{"approval", "ordinal", "cumulative", "scoring", "choose-1"}
}

// Rules lists the rules a file may declare.
func Rules() []string {
	return []string{"greedy", "greedy-no-skip", "greedy-threshold", "greedy-exclusive", "greedy-custom",
		"equalshares", "equalshares-comparison", "equalshares/add1", "equalshares/add1-comparison", "unknown"}
}
