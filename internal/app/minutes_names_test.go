package app

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/id"
	"parvis/internal/powers"
)

// Whoever asks to be forgotten leaves the directory and every page that names posts. The minutes of a council keep who
// sat and who voted what: the law wants them named (CGCT, art. L2121-15), and the right to be forgotten gives way to a
// legal obligation and to public archives (GDPR, art. 17.3 b and d). Nothing breaks: pages answer, rows keep their seals.
func TestTheMinutesOfACouncilKeepTheirNames(t *testing.T) {
	t.Parallel()
	w := openValmont(t)
	const name, minutes, committee = "Béatrice Fontan", "/fr/seances/CM-2018-1/proces-verbal", "/fr/comites/CM"
	s := &sitter{w.App, context.Background(), nil}
	by := s.at("SGV")
	m, err := w.Council.File(s.ctx, w.visitorOf(administrator), "CM-2018-1")
	w.must(err)
	approved, err := w.Council.ApproveMinutes(s.ctx, by, m.Meeting.ID, m.Minutes.Version)
	w.must(err)
	_, err = w.Council.PublishMinutes(s.ctx, by, m.Meeting.ID, approved.Version, true)
	w.must(err)
	inside, outside := w.enter(administrator), w.enter(anonymous)
	if !strings.Contains(inside.get(committee).Body, name) {
		t.Fatalf("this test would see nothing: the committee does not name %s", name)
	}

	person := id.ID(one[string](w, `SELECT id FROM powers_person_name WHERE family = 'Fontan'`))
	_, err = act.Do(s.ctx, w.Log, by, func(tx *act.Tx) (struct{}, error) { return struct{}{}, powers.EraseName(tx, person) })
	w.must(err)
	for path, want := range map[string]bool{minutes: true, committee: false, "/fr/seances/CM-2018-1": false, "/fr/organisation": false} {
		for who, g := range map[string]*guest{"inside": inside, "outside": outside} {
			if a := g.get(path); a.Status != 200 || strings.Contains(a.Body, name) != want {
				t.Errorf("%s, %s: %d, names her: %v, want %v", path, who, a.Status, !want, want)
			}
		}
	}
	var archive bytes.Buffer
	w.must(w.everything(s.ctx, &archive))
	acttest.Clean(t, w.DB)
}
