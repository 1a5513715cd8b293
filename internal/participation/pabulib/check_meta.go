package pabulib

// bounds are the limits that META sets to a vote; a nil bound does not apply.
type bounds struct {
	minLength, maxLength       *int64
	minPoints, maxPoints       *int64
	minSumPoints, maxSumPoints *int64
	minSumCost, maxSumCost     *Decimal
}

// checkMeta looks at META as a whole, once its last line has been read.
func (r *Reader) checkMeta() error {
	for _, key := range metaRequired() {
		if r.Header.Get(key) != "" {
			continue
		}
		repair := ""
		switch key {
		case "budget", "vote_type":
		default:
			repair = "empty"
		}
		r.report.add(r.scan.line, "meta.missing", repair, "a", key)
	}
	r.checkOrder()
	r.bounds = bounds{ // a blank ballot is a ballot, unless the file says otherwise: no default of min_length
		minLength: r.int("min_length"), maxLength: r.int("max_length"),
		minPoints: r.int("min_points"), maxPoints: r.int("max_points"),
		minSumPoints: r.int("min_sum_points"), maxSumPoints: r.int("max_sum_points"),
		minSumCost: r.amount("min_sum_cost"), maxSumCost: r.amount("max_sum_cost"),
	}
	return nil
}

// checkOrder finds bounds that exclude each other and a vote that ends before it begins.
func (r *Reader) checkOrder() {
	for _, pair := range [][2]string{{"min_length", "max_length"}, {"min_points", "max_points"},
		{"min_sum_points", "max_sum_points"}} {
		low, high := r.int(pair[0]), r.int(pair[1])
		if low != nil && high != nil && *low > *high {
			r.report.add(r.lineOf(pair[0]), "meta.order", "kept", "a", pair[0], "b", pair[1])
		}
	}
	from, to := r.Header.Get("date_begin"), r.Header.Get("date_end")
	begin, ok1 := parseDay(from)
	end, ok2 := parseDay(to)
	if len(to) == len("2006") { // the whole year
		end = end.AddDate(1, 0, -1)
	}
	if ok1 && ok2 && end.Before(begin) {
		r.report.add(r.lineOf("date_end"), "meta.order", "kept", "a", "date_begin", "b", "date_end")
	}
	if b, ok := r.Header.Amount("budget"); ok && b.Digits == 0 {
		r.report.add(r.lineOf("budget"), "meta.budget_zero", "")
	}
}

func (r *Reader) lineOf(key string) int {
	for _, f := range r.Header.Meta {
		if f.Key == key {
			return f.Line
		}
	}
	return 1
}

func (r *Reader) int(key string) *int64 {
	if v, ok := r.Header.Int(key); ok {
		return &v
	}
	return nil
}

func (r *Reader) amount(key string) *Decimal {
	if d, ok := r.Header.Amount(key); ok {
		return &d
	}
	return nil
}
