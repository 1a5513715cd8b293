package portfolioweb_test

import (
	"testing"

	"parvis/internal/i18n"
	"parvis/internal/portfolio/portfolioweb"
	"parvis/internal/web/webtest"
)

func TestMessages(t *testing.T) {
	for _, problem := range i18n.Check(portfolioweb.Messages) {
		t.Error(problem)
	}
}

func TestReading(t *testing.T) {
	tw := newStory(t)
	sheet := "/fr/projets/" + tw.sensors.Number
	var all []webtest.Scenario
	for name, v := range visitors {
		all = append(all,
			webtest.Scenario{Name: "list " + name, URL: "/fr/projets", As: v, Status: 200, Contains: []string{"Collecte guidée par capteurs"}},
			webtest.Scenario{Name: "list in English " + name, URL: "/en/projects", As: v, Status: 200, Contains: []string{"Projects"}},
			webtest.Scenario{Name: "sheet " + name, URL: sheet, As: v, Status: 200, Contains: []string{"Le problème", "A accepté sa part le 10 mars 2016"}},
			webtest.Scenario{Name: "sheet in English " + name, URL: "/en/projects/" + tw.sensors.Number, As: v, Status: 200})
	}
	webtest.Run(t, tw.site, all)
}
