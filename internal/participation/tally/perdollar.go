package tally

func (e *Election) perDollar() (*Outcome, error) { return &Outcome{}, nil }
