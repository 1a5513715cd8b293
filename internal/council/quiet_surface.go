package council

// Surface is something that the public sees, with what becomes of it before a vote. The test of the whole program asks
// each of them; one that is added here without its test fails it.
type Surface struct {
	Key    string // of its words
	Route  string // of its page; "" when it has none
	Frozen bool
	Law    string
}

// The texts that freeze. L52-1, second paragraph: no campaign that promotes the achievements or the management of a
// city in the six months before the month of the vote. L52-8: no legal person gives a candidate anything.
const (
	noPromotion = "Code électoral L52-1"
	noGift      = "Code électoral L52-1, L52-8"
)

// Surfaces lists what a période préélectorale freezes, and what stays because the law wants it published or because
// residents need it whoever governs.
func Surfaces() []Surface {
	return []Surface{
		{Key: "home", Route: "home", Frozen: true, Law: noPromotion},
		{Key: "names", Route: "portfolio.list", Frozen: true, Law: noPromotion},
		{Key: "stories", Route: "passation.stories", Frozen: true, Law: noPromotion},
		{Key: "progress", Route: "strategy", Frozen: true, Law: noPromotion},
		{Key: "followers", Frozen: true, Law: noGift},
		{Key: "feed", Route: "portfolio.list.atom", Frozen: true, Law: noPromotion},
		{Key: "formals", Route: "council.formals", Law: "CGCT L2131-1"},
		{Key: "deliberations", Route: "council.open.scdl", Law: "CRPA L312-1-1"},
		{Key: "meetings", Route: "council.committees", Law: "CGCT L2121-15, L2121-25"},
		{Key: "decisions", Route: "council.open.decisions.atom", Law: "CRPA L312-1"},
		{Key: "news", Law: "CRPA L312-1"},
		{Key: "projects", Route: "portfolio.list", Law: "CRPA L312-1"},
		{Key: "data", Route: "portfolio.list.csv", Law: "CRPA L312-1-1"},
		{Key: "measures", Route: "strategy.csv", Law: "CRPA L312-1-1"},
		{Key: "votes", Route: "participation.list", Law: "CRPA L131-1"},
		{Key: "organisation", Route: "powers.organigram", Law: "CGCT L2122-18"},
		{Key: "journal", Route: "log", Law: "CRPA L300-2"},
	}
}
