package powers

import (
	"slices"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/id"
)

// Post is a post during some days: it may belong to one unit, then to another. Row is the statement.
type Post struct {
	ID, Row id.ID
	Span
	Unit                 id.ID
	Code, Title, TitleEN string
	Layer                string
	Head                 bool // leads its unit
	Named                bool // the public may read the holder's name (CRPA L311-6)
}

// Layers is the closed list of layers of posts, from the elected to those outside.
var Layers = []string{Elected, "cabinet", "haut_fonctionnaire", "service", "terrain", "externe"}

// Elected is the layer of elected members.
const Elected = "elu"

// NewPost is what creating a post says.
type NewPost struct {
	Unit                 id.ID
	Code, Title, TitleEN string
	Layer                string
	Head, Named          bool
	Period               calendar.Period
	LegalAct             string
}

// CreatePost records a post. Faults: Invalid powers.post.invalid with the fields; NotFound
// powers.unit.unknown.
func CreatePost(tx *act.Tx, p NewPost) (id.ID, error) {
	if err := p.check(tx); err != nil {
		return "", err
	}
	post := tx.NewID()
	ref := act.Ref{Type: "post", ID: post}
	e, err := begin(tx, act.Ask{Verb: verbPost, Object: ref, Roles: map[string][]id.ID{"unit": {p.Unit}}})
	if err != nil {
		return "", err
	}
	_, err = e.state(posts, post, p.Period, p.Unit, p.Code, p.Title, p.TitleEN, i18n.Fold(p.Title), p.Layer, p.Head, p.Named)
	if err != nil {
		return "", err
	}
	e.record(act.Act{Verb: verbPost, Object: ref, Version: 1, Subject: act.Ref{Type: "unit", ID: p.Unit},
		When: act.When{Effective: p.Period.From}, How: act.How{Instrument: p.LegalAct},
		Args: map[string]string{"post": string(post), "unit": string(p.Unit), "layer": p.Layer}})
	return post, nil
}

func (p *NewPost) check(tx *act.Tx) error {
	err := fault.New(fault.Invalid, "powers.post.invalid")
	if !slices.Contains(Layers, p.Layer) {
		err.At("layer", "powers.kind_unknown", "value", p.Layer)
	}
	checkCode(err, p.Code)
	checkName(err, "title", p.Title)
	checkPeriod(err, &p.Period)
	if len(err.Fields) > 0 {
		return err
	}
	unit, dberr := unitRow(tx, p.Unit)
	if dberr != nil {
		return dberr
	}
	if !p.Period.Within(unit.Period) {
		err.At("from", "powers.outside_unit", "from", unit.From, "to", unit.To)
	}
	same, dberr := postsOfCode(tx, p.Code)
	if dberr != nil {
		return dberr
	}
	if slices.ContainsFunc(same, func(other Post) bool { return other.Period.Overlaps(p.Period) }) {
		err.At("code", "powers.code_taken", "code", p.Code)
	}
	return err.OrNil()
}

// ClosePost ends a post on a day, with its holders, delegations and referents.
// Faults: NotFound powers.post.unknown; Conflict powers.post.closed.
func ClosePost(tx *act.Tx, post id.ID, day calendar.Day, legalAct string) error {
	rows, err := postRows(tx, post)
	if err != nil {
		return err
	}
	if !day.Valid() || day >= rows[len(rows)-1].To {
		return fault.New(fault.Conflict, "powers.post.closed")
	}
	ref := act.Ref{Type: "post", ID: post}
	e, err := begin(tx, act.Ask{Verb: verbClosePost, Object: ref, Roles: map[string][]id.ID{"unit": {rows[0].Unit}}})
	if err != nil {
		return err
	}
	if err := e.closePost(rows, day, legalAct); err != nil {
		return err
	}
	e.record(act.Act{Verb: verbClosePost, Object: ref, When: act.When{Effective: day}, How: act.How{Instrument: legalAct},
		Args: map[string]string{"post": string(post)}})
	return nil
}

// closePost cuts everything that hangs on a post: nobody holds, gives or answers for what is no more.
func (e *entry) closePost(rows []Post, day calendar.Day, legalAct string) error {
	post := rows[0].ID
	for _, p := range rows {
		if err := e.cutFrom(posts, p.Row, p.Span, day); err != nil {
			return err
		}
	}
	held, err := holdersOf(e.tx, post)
	if err != nil {
		return err
	}
	for _, h := range held {
		if err := e.cutFrom(holders, h.Row, h.Span, day); err != nil {
			return err
		}
	}
	return e.closeDuties(post, day, legalAct)
}

func (e *entry) closeDuties(post id.ID, day calendar.Day, legalAct string) error {
	given, err := delegationsTouching(e.tx, post)
	if err != nil {
		return err
	}
	for _, d := range given {
		if err := e.cutDelegation(d, day, legalAct); err != nil {
			return err
		}
	}
	doors, err := referentsBy(e.tx, post)
	if err != nil {
		return err
	}
	for _, r := range doors {
		if err := e.cutFrom(referents, r.Row, r.Span, day); err != nil {
			return err
		}
	}
	return nil
}

// lifeOf tells whether the statements about a post, taken together, cover every day of p.
func lifeOf(rows []Post, p calendar.Period) bool {
	day := p.From
	for _, r := range rows { // in the order of their first days
		if r.Period.Contains(day) {
			day = r.To
		}
	}
	return day >= p.To
}
