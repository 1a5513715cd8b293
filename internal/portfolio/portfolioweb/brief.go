package portfolioweb

import (
	"strconv"
	"strings"

	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/portfolio"
	"parvis/internal/web"
)

// briefForm is what people say of an initiative, as typed.
type briefForm struct {
	Version    int64            `form:"version"`
	Title      string           `form:"title,max=200"`
	Problem    string           `form:"problem,max=8000"`
	Sufferer   string           `form:"sufferer,max=8000"`
	Lang       string           `form:"lang,max=2"`
	Origin     portfolio.Origin `form:"origin,max=40"`
	OriginNote string           `form:"origin_note,max=8000"`
	Matter     string           `form:"matter,max=80"`
	Places     []string         `form:"places"`
	Address    string           `form:"address,max=500"`
	Lat        string           `form:"lat,max=20"`
	Lon        string           `form:"lon,max=20"`
	Initials   string           `form:"initials,max=12"`
	Tags       string           `form:"tags,max=1000"` // separated by commas
	Objectives []id.ID          `form:"objectives"`
	Sponsors   []id.ID          `form:"sponsors"`
	Motive     string           `form:"motive,max=8000"`
	Draft      id.ID            `form:"draft,max=64"`
	Do         string           `form:"do,max=20"`
}

func briefOf(i portfolio.Initiative) briefForm {
	f := briefForm{Version: i.Version, Title: i.Title, Problem: i.Problem, Sufferer: i.Sufferer, Lang: i.Lang, Origin: i.Origin,
		OriginNote: i.OriginNote, Matter: i.Matter, Places: i.Places, Address: i.Address, Initials: i.Initials, Tags: strings.Join(i.Tags, ", "), Objectives: i.Objectives}
	if i.Point != nil {
		f.Lat, f.Lon = strconv.FormatFloat(i.Point.Lat, 'f', -1, 64), strconv.FormatFloat(i.Point.Lon, 'f', -1, 64)
	}
	return f
}

// brief is what the room reads. Faults: Invalid when the point cannot be read.
func (f briefForm) brief() (portfolio.Brief, error) {
	b := portfolio.Brief{Title: f.Title, Problem: f.Problem, Sufferer: f.Sufferer, Lang: f.Lang, Origin: f.Origin,
		OriginNote: f.OriginNote, Matter: f.Matter, Places: parted(f.Places), Address: f.Address, Initials: f.Initials, Tags: parted([]string{f.Tags}),
		Objectives: f.Objectives}
	if f.Lat == "" && f.Lon == "" {
		return b, nil
	}
	lat, errLat := degrees(f.Lat)
	lon, errLon := degrees(f.Lon)
	if errLat != nil || errLon != nil {
		return b, fault.New(fault.Invalid, "fault.invalid").At("lat", "portfolio.point.unreadable")
	}
	b.Point = &portfolio.Point{Lat: lat, Lon: lon}
	return b, nil
}

// degrees reads a decimal with a point or a comma.
func degrees(s string) (float64, error) {
	return strconv.ParseFloat(strings.Replace(strings.TrimSpace(s), ",", ".", 1), 64)
}

// parted splits values at commas: a conflict page carries a list as one text.
func parted(values []string) []string {
	var out []string
	for _, v := range values {
		for part := range strings.SplitSeq(v, ",") {
			if part = strings.TrimSpace(part); part != "" {
				out = append(out, part)
			}
		}
	}
	return out
}

// stale lists what differs between a form and what stands now, for the page that keeps both texts.
func (f briefForm) stale(v *web.Visit, now portfolio.Initiative) web.Stale {
	theirs := briefOf(now)
	s := web.Stale{Action: v.URL("portfolio.initiative.revise", now.Number), See: v.URL("portfolio.initiative", now.Number),
		Version: strconv.FormatInt(now.Version, 10), Hidden: map[string]string{"lang": f.Lang, "origin": string(f.Origin),
			"matter": f.Matter, "lat": f.Lat, "lon": f.Lon, "places": strings.Join(f.Places, ","),
			"objectives": joinIDs(f.Objectives), "motive": f.Motive}}
	for _, both := range []web.Both{{Name: "title", Mine: f.Title, Theirs: theirs.Title}, {Name: "problem", Mine: f.Problem, Theirs: theirs.Problem},
		{Name: "sufferer", Mine: f.Sufferer, Theirs: theirs.Sufferer}, {Name: "origin_note", Mine: f.OriginNote, Theirs: theirs.OriginNote},
		{Name: "address", Mine: f.Address, Theirs: theirs.Address}, {Name: "initials", Mine: f.Initials, Theirs: theirs.Initials}, {Name: "tags", Mine: f.Tags, Theirs: theirs.Tags}} {
		if both.Mine == both.Theirs {
			s.Hidden[both.Name] = both.Mine
			continue
		}
		both.Label = v.P.T("portfolio.brief." + both.Name)
		s.Fields = append(s.Fields, both)
	}
	return s
}

func joinIDs(list []id.ID) string {
	texts := make([]string, len(list))
	for i, one := range list {
		texts[i] = string(one)
	}
	return strings.Join(texts, ",")
}

func splitIDs(list []id.ID) []id.ID {
	var out []id.ID
	for _, one := range list {
		for part := range strings.SplitSeq(string(one), ",") {
			if part != "" {
				out = append(out, id.ID(part))
			}
		}
	}
	return out
}
