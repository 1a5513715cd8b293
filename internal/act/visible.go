package act

// VisibleTo is the SQL condition under which a visitor of this kind may read a row that has a column
// visibility: "" is a visitor without account. It is the one place that decides it, for acts and for
// the things of rooms; a draft (visibility "brouillon") passes for nobody here, its author reads it by
// authorship.
//
// CRPA L311-2: preparatory documents are not communicable before the decision.
func VisibleTo(reader ActorKind) string {
	switch reader {
	case Agent, System:
		return "visibility IN ('interne', 'public')"
	default:
		return "visibility = 'public'"
	}
}
