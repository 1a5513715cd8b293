package portfolio

// Waiting is a question in somebody's list.
type Waiting struct {
	Arbitration
	Title    string // of the initiative
	IniNo    string // its number
	Capacity Capacity
	Age      Age
}

// MyArbitrations is what an elected post finds on its page: longest silence first.
type MyArbitrations struct {
	Waiting  []Waiting // asked and not on purpose
	Maturing []Waiting // waiting on purpose: maturing, postponed or sent back
	Decided  []Waiting // the last ones decided, newest first
}

// ToDo is what a post and its unit have to answer.
type ToDo struct {
	Parts     []PartLine // offered to the unit, not answered
	Counters  []PartLine // offered by the post, to which the unit answered with terms of its own
	Questions []QuestionLine
	Actions   []ActionLine
	Returned  []Waiting  // the post's own questions, sent back with one
	Maturing  []SpanLine // deliberate waits whose answer the post owes
}

// PartLine is a part with the initiative it belongs to.
type PartLine struct {
	Part
	Title, Number string
	Silent        int // days
}

// ActionLine is an action item with its initiative.
type ActionLine struct {
	Action
	Title, Number string
	Late          bool
}

// QuestionLine is an open question with its initiative.
type QuestionLine struct {
	OpenQuestion
	Title, Number string
}

// SpanLine is a span with its initiative.
type SpanLine struct {
	Span
	Title, Number string
}
