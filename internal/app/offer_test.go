package app

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"parvis/internal/act"
)

// The pages of a meeting, of its items and of its minutes hold a form out to whoever may send it, and to nobody else: the
// powers are asked beforehand as the deed asks them. Where powers are advisory the pages hold out the same.
func TestPagesOfMeetingsOfferWhatIsTaken(t *testing.T) {
	t.Parallel()
	for _, c := range cast() {
		if !slices.Contains([]string{"agent of the mission", "agent of another directorate", "agent asked for the part", "elected member", "agent by e-mail link"}, c.title) {
			continue
		}
		advised, enforced := map[string]offered{}, map[string]offered{}
		for _, set := range []func(*town) things{publicThings, internalThings} { // a meeting that was held, and one that is prepared
			maps.Copy(advised, offeredTo(t, c, set, act.Indicative))
			maps.Copy(enforced, offeredTo(t, c, set, act.Blocking))
		}
		if secretary := c.title == "agent of the mission"; secretary != enforced["internal council.meeting cancel"].shown && c.title != "elected member" {
			t.Errorf("%s: cancelling a meeting is held out: %v", c.title, !secretary)
		}
		for form, o := range enforced {
			switch {
			case o.shown != advised[form].shown:
				t.Errorf("%s: %s is held out where powers are advisory: %v, where they are enforced: %v", c.title, form, advised[form].shown, o.shown)
			case o.shown && o.status >= 400 && o.status != http.StatusUnprocessableEntity:
				t.Errorf("%s: %s is held out and answered %d", c.title, form, o.status)
			case !o.shown && o.status < 400:
				t.Errorf("%s: %s is taken, %d, and no page holds it out", c.title, form, o.status)
			}
		}
	}
}

// offered is whether a page shows a form, and what is answered to whoever sends it; 0 where powers are advisory.
type offered struct {
	shown  bool
	status int
}

// shows tells whether a page holds a form out: the screen of the sitting about the item at hand, whose interests are
// declared on its own page; and a voice is given in the grid of those who count them.
func (g *guest) shows(path string, form url.Values) bool {
	name := form.Get("_form")
	held := func(page, name string) bool { return strings.Contains(page, `name="_form" value="`+name+`"`) }
	point := form.Get("point")
	if point == "" {
		return held(g.get(path).Body, name)
	}
	page := g.get(path + "?point=" + point).Body
	if name == "interest" {
		page = g.get("/fr/points/" + point).Body
	}
	return held(page, name) || held(page, strings.Replace(name, "cast.", "count.", 1))
}

func offeredTo(t *testing.T, c character, set func(*town) things, mode act.Mode) map[string]offered {
	begin := prepare(t, c, set, mode)
	open := func() scene {
		at := begin.open(t)
		at.town.clock.Move(at.town.clock.Now().Add(time.Minute)) // those who came are in the room
		return at
	}
	at := open()
	out := map[string]offered{}
	for _, route := range at.town.routes() {
		if route.Method == http.MethodGet || !slices.Contains([]string{"council.committee", "council.meeting", "council.item", "council.hold", "council.minutes"}, route.Name) {
			continue
		}
		for _, f := range at.of(at.forms[route.Name]) {
			path := at.reach(route, at.things, f, at.forms)
			o := offered{shown: at.shows(path, f.form)}
			if mode == act.Blocking {
				got := at.ask(route, path, f.form)
				if o.status = got.status; got.acts > 0 {
					at.town.close()
					at = open()
				}
			}
			out[at.kind+" "+route.Name+" "+f.form.Get("_form")] = o
		}
	}
	at.town.close()
	return out
}
