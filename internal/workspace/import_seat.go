package workspace

import (
	"slices"

	"parvis/internal/calendar"
	"parvis/internal/powers"
	"parvis/internal/tabular"
)

// seatRow is a line about a post and whoever holds it: of the sheet of elected members, or of posts.
type seatRow struct {
	rec                   *tabular.Record
	sheet                 string
	code, title, titleEN  string
	unit, layer           string
	head, named, interim  bool
	given, family         string
	matricule, email      string
	legalAct              string
	post, held            calendar.Period
	fromGiven, toGiven    bool
	heldGiven, untilGiven bool
	headGiven, namedGiven bool
}

func (im *importer) readSeat(sheet string, rec *tabular.Record) seatRow {
	s := seatRow{rec: rec, sheet: sheet, code: rec.Text("code"), title: rec.Text("title"), titleEN: rec.Text("title_en"), unit: rec.Text("unit"),
		given: rec.Text("given"), family: rec.Text("family"), matricule: rec.Text("matricule"), email: rec.Text("email"),
		legalAct: rec.Text("legal_act"), head: rec.Boolean("head"), headGiven: rec.Text("head") != "", interim: sheet == sheetPosts && rec.Boolean("interim")}
	s.held, s.heldGiven = life(rec, "held_from", "held_to", im.since())
	s.post, s.fromGiven = life(rec, "from", "to", im.since())
	s.toGiven, s.untilGiven = rec.Text("to") != "", rec.Text("held_to") != ""
	if s.post.To < s.held.To && s.toGiven && !s.untilGiven {
		s.held.To = s.post.To
	}
	s.layer, s.named, s.namedGiven = powers.Elected, true, false
	if sheet == sheetPosts {
		s.readService()
	}
	if s.family == "" && (s.given != "" || s.email != "") {
		rec.Fault("family", "tabular.cell.blank")
	}
	return s
}

func (s *seatRow) readService() {
	s.layer = s.rec.OneOf("layer", layerWords())
	if s.layer == "" {
		s.layer = map[bool]string{true: "haut_fonctionnaire", false: "service"}[s.head]
	}
	s.named, s.namedGiven = s.rec.Boolean("named"), s.rec.Text("named") != ""
	if !s.namedGiven {
		s.named = s.layer == "haut_fonctionnaire" || s.layer == powers.Elected
	}
}

func wherePost() map[string]string {
	return map[string]string{"": "code", "code": "code", "title": "title", "layer": "layer", "from": "from", "to": "to",
		"powers.unit.unknown": "unit", "powers.post.closed": "to"}
}

func whereHolder() map[string]string {
	return map[string]string{"": "family", "from": "held_from", "to": "held_to", "powers.holder.outside_post": "held_from",
		"powers.holder.overlap": "held_from", "powers.holder.twice": "held_from", "powers.holder.ended": "held_to", "matricule": "matricule",
		"family": "family"}
}

// seats makes the posts of both sheets and their holders.
func (im *importer) seats() error {
	for _, sheet := range []string{sheetElected, sheetPosts} {
		for rec := range im.rows(sheet) {
			s := im.readSeat(sheet, rec)
			if !rec.OK() {
				im.broken[s.code] = true
				continue
			}
			if err := im.seat(s); err != nil {
				return err
			}
			im.broken[s.code] = im.broken[s.code] || !rec.OK() || im.posts[s.code] == ""
		}
	}
	return nil
}

// seat makes a post, or finds it unchanged, then whoever holds it.
func (im *importer) seat(s seatRow) error {
	live, err := powers.PostsOf(im.ctx(), im.tx, s.code, im.on(s.post))
	if err != nil {
		return err
	}
	did := false
	switch {
	case len(live) == 0:
		did, err = im.newPost(s)
	case im.carried[s.code]: // a further holder of the post: its first row described it
	default:
		im.posts[s.code] = live[0].ID
		did, err = im.knownPost(s, live)
	}
	im.carried[s.code] = true
	if err != nil || !s.rec.OK() || s.family == "" || im.posts[s.code] == "" {
		if err == nil && s.rec.OK() && !did {
			im.same(s.sheet)
		}
		return err
	}
	held, err := im.hold(s)
	if err == nil && s.rec.OK() && !did && !held {
		im.same(s.sheet)
	}
	return err
}

func (im *importer) newPost(s seatRow) (bool, error) {
	if s.unit == "" {
		s.unit = im.executive()
	}
	if s.unit == "" {
		s.rec.Fault("unit", "workspace.import.no_executive")
		return false, nil
	}
	unit, err := im.unitCalled(s.rec, "unit", s.unit)
	if err != nil || unit == "" {
		return false, err
	}
	post, err := powers.CreatePost(im.tx, powers.NewPost{Unit: unit, Code: s.code, Title: s.title, TitleEN: s.titleEN, Layer: s.layer,
		Head: s.head, Named: s.named, Period: s.post, LegalAct: s.legalAct})
	if err != nil {
		return false, refuse(s.rec, err, wherePost())
	}
	im.posts[s.code] = post
	im.did(s.sheet, s.rec, "code", Created, s.code, s.title)
	return true, nil
}

// executive is the code of the unit of the mayor and deputies, when there is one and no more.
func (im *importer) executive() string {
	all, err := powers.Register(im.ctx(), im.tx, im.now)
	if err != nil {
		return ""
	}
	all = slices.DeleteFunc(all, func(n powers.Node) bool { return n.Kind != "executive" })
	if len(all) != 1 {
		return ""
	}
	return all[0].Code
}

// knownPost closes a post whose last day is given; the rest of a post cannot change by a list.
func (im *importer) knownPost(s seatRow, live []powers.Post) (bool, error) {
	p := live[0]
	end := live[len(live)-1].To
	im.fixed(s, "title", s.title, p.Title)
	if s.titleEN != "" {
		im.fixed(s, "title_en", s.titleEN, p.TitleEN)
	}
	if s.unit != "" {
		unit, err := im.unitCalled(s.rec, "unit", s.unit)
		if err != nil {
			return false, err
		}
		if unit != "" && unit != p.Unit {
			s.rec.Fault("unit", "workspace.import.fixed_unit")
		}
	}
	if s.sheet == sheetElected || s.rec.Text("layer") != "" {
		im.fixed(s, "layer", s.layer, p.Layer)
	}
	if s.headGiven && s.head != p.Head {
		s.rec.Fault("head", "workspace.import.fixed_flag")
	}
	if s.namedGiven && s.named != p.Named {
		s.rec.Fault("named", "workspace.import.fixed_flag")
	}
	if s.fromGiven && s.post.From != p.From {
		s.rec.Fault("from", "workspace.import.fixed_day", "day", p.From)
	}
	if !s.rec.OK() || !s.toGiven || s.post.To == end {
		return false, nil
	}
	return im.closePost(s, p, end)
}

// fixed notes a value that a list cannot change.
func (im *importer) fixed(s seatRow, field, yours, theirs string) {
	if yours != theirs {
		s.rec.Fault(field, "workspace.import.fixed", "value", theirs)
	}
}

func (im *importer) closePost(s seatRow, p powers.Post, end calendar.Day) (bool, error) {
	if !s.post.To.Before(end) {
		s.rec.Fault("to", "workspace.import.not_longer", "day", end.AddDays(-1))
		return false, nil
	}
	if err := powers.ClosePost(im.tx, p.ID, s.post.To, s.legalAct); err != nil {
		return false, refuse(s.rec, err, wherePost())
	}
	im.did(s.sheet, s.rec, "to", Ended, s.code, s.title)
	return true, nil
}
