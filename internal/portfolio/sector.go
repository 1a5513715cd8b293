package portfolio

import "slices"

// Sector is where an outside actor comes from. A resident is counted and never told apart: a person is no actor.
type Sector string

// The sectors; "" when nobody said which.
const (
	Firm        Sector = "firm"
	Association Sector = "association"
	Research    Sector = "research"  // universities, laboratories, schools
	Authority   Sector = "authority" // another public authority: State, region, agency
	Residents   Sector = "residents" // a collective of them
	OtherSector Sector = "other"
)

// Sectors lists them in the order of forms.
func Sectors() []Sector {
	return []Sector{Firm, Association, Research, Authority, Residents, OtherSector}
}

func (s Sector) valid() bool { return s == "" || slices.Contains(Sectors(), s) }
