package powersweb

import (
	"net/http"

	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/powers"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// matrixView is who may do what under the profile of a day, or under a given one.
type matrixView struct {
	dated
	Day     calendar.Day
	Profile *powers.Profile
	Rows    []powers.MatrixRow
	Speaker speaker
	Periods []powers.InForce // of this profile
}

func (p *Pages) matrix(w http.ResponseWriter, r *http.Request) error {
	m, d, bad := moment(r)
	view := matrixView{dated: d, Day: m.Day}
	if bad != nil {
		return asked(w, r, bad, matrixPage(view))
	}
	all, err := powers.Profiles(r.Context(), p.Read, m)
	if err != nil {
		return err
	}
	for _, f := range all {
		if f.Period.Contains(m.Day) {
			if err := p.fill(r, &view, f.Digest, m); err != nil {
				return err
			}
		}
	}
	return web.Render(w, r, matrixPage(view))
}

func (p *Pages) fill(r *http.Request, view *matrixView, digest string, m powers.Moment) error {
	profile, err := p.Engine.Profile(r.Context(), p.Read, digest)
	if err != nil {
		return err
	}
	titles, err := p.titles(r.Context(), profile, m)
	if err != nil {
		return err
	}
	view.Profile, view.Rows, view.Speaker = profile, profile.Matrix(), speak(r.Context(), profile, titles)
	all, err := powers.Profiles(r.Context(), p.Read, m)
	for _, f := range all {
		if f.Digest == digest {
			view.Periods = append(view.Periods, f)
		}
	}
	return err
}

// profileLine is a profile during the days on which it is in force.
type profileLine struct {
	powers.InForce
	Name, Summary string
	Mode          string
	Current       bool
}

func (p *Pages) lines(r *http.Request) ([]profileLine, error) {
	m := powers.Now(web.From(r).Now)
	all, err := powers.Profiles(r.Context(), p.Read, m)
	if err != nil {
		return nil, err
	}
	var lines []profileLine
	for _, f := range all {
		profile, err := p.Engine.Profile(r.Context(), p.Read, f.Digest)
		if err != nil {
			return nil, err
		}
		lang := web.From(r).Lang
		lines = append(lines, profileLine{f, profile.Name.In(lang), profile.Summary.In(lang), string(profile.Enforcement), f.Period.Contains(m.Day)})
	}
	return lines, nil
}

func (p *Pages) profiles(w http.ResponseWriter, r *http.Request) error {
	lines, err := p.lines(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, profilesPage(lines))
}

func (p *Pages) profile(w http.ResponseWriter, r *http.Request) error {
	m := powers.Now(web.From(r).Now)
	view := matrixView{Day: m.Day}
	digest := r.PathValue("digest")
	if err := p.fill(r, &view, digest, m); err != nil {
		return err
	}
	if r.URL.Query().Get("as") == "toml" {
		document, err := powers.Document(r.Context(), p.Read, digest)
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", "application/toml; charset=utf-8")
		w.Header().Set("Content-Disposition", `attachment; filename="`+view.Profile.Code+`.toml"`)
		_, _ = w.Write(document) // the reader may have gone
		return nil
	}
	return web.Render(w, r, profilePage(view))
}

// compareView is what differs between two days: the rules, and the organisation.
type compareView struct {
	From, To      calendar.Day
	Today         calendar.Day
	Before, After *powers.Profile
	Was, Is       speaker
	Rules         []powers.RowChange
	Evolution     *powers.Evolution
	Shortcuts     []ui.Item
	Compared      bool
}

type compareForm struct {
	From calendar.Day `form:"from"`
	To   calendar.Day `form:"to"`
}

func (p *Pages) compare(w http.ResponseWriter, r *http.Request) error {
	var form compareForm
	bad := web.Decode(r, &form)
	m := powers.Now(web.From(r).Now)
	view := compareView{From: form.From, To: form.To, Today: m.Day}
	if view.To == "" {
		view.To = m.Day
	}
	lines, err := p.lines(r)
	if err != nil {
		return err
	}
	view.Shortcuts = shortcuts(r, lines)
	if bad == nil && form.From != "" && form.From > view.To {
		bad = fault.New(fault.Invalid, "fault.invalid").At("from", "powersweb.compare.order")
	}
	if bad != nil {
		return asked(w, r, bad, comparePage(view))
	}
	if form.From != "" {
		if err := p.compareDays(r, &view, m); err != nil {
			return err
		}
	}
	return web.Render(w, r, comparePage(view))
}

// shortcuts offers the day before and the day of each change of profile.
func shortcuts(r *http.Request, lines []profileLine) []ui.Item {
	var items []ui.Item
	v := web.From(r)
	for i := 1; i < len(lines); i++ {
		from, to := lines[i-1].From, lines[i].From
		items = append(items, ui.Item{Label: v.P.T("powersweb.compare.shortcut", "before", lines[i-1].Name, "after", lines[i].Name),
			URL: v.URL("powers.compare") + "?from=" + string(from) + "&to=" + string(to)})
	}
	return items
}

func (p *Pages) compareDays(r *http.Request, view *compareView, m powers.Moment) error {
	ctx, before, after := r.Context(), m.On(view.From), m.On(view.To)
	var err error
	if view.Before, view.Was, err = p.profileOn(r, before); err != nil {
		return err
	}
	if view.After, view.Is, err = p.profileOn(r, after); err != nil {
		return err
	}
	view.Rules, view.Compared = powers.Difference(view.Before, view.After), true
	view.Evolution, err = powers.Evolve(ctx, p.Read, before, after, names(r))
	return err
}

func (p *Pages) profileOn(r *http.Request, m powers.Moment) (*powers.Profile, speaker, error) {
	profile, err := p.Engine.ProfileOn(r.Context(), p.Read, m)
	if err != nil {
		return nil, speaker{}, err
	}
	titles, err := p.titles(r.Context(), profile, m)
	return profile, speak(r.Context(), profile, titles), err
}
