package demo

import "parvis/internal/council"

// deadlineScenes tell the deadlines that the steering committee sets itself, and those of January that were met.
func deadlineScenes() []scene {
	return []scene{
		{"2018-01-08 11:00", "the steering committee sets its deadlines", tellDeadlines},
		{"2018-01-17 16:00", "the papers are in", met("papers", "CHEF-MVI")},
		{"2018-01-19 11:00", "the conference was held", met("conference", "SGV")},
	}
}

func tellDeadlines(t *teller) error {
	t.sessions.deadlines = map[string]council.Deadline{}
	for _, one := range []struct {
		name string
		form council.DeadlineForm
	}{
		{"papers", council.DeadlineForm{NameFR: "Pièces déposées et relues", NameEN: "Papers handed in and read again", Days: 8, Counting: council.CalendarDays}},
		{"conference", council.DeadlineForm{NameFR: "Conférence préparatoire", NameEN: "Preparatory conference", Days: 4, Counting: council.WorkingDays, Post: t.posts["SGV"]}},
		{"record", council.DeadlineForm{NameFR: "Compte rendu arrêté", NameEN: "Record approved", Days: 8, After: true, Counting: council.CalendarDays, Settled: council.OnApproval}},
	} {
		d, err := t.Council.AddDeadline(t.ctx, t.as("CHEF-MVI"), t.sessions.copil.ID, one.form)
		if err != nil {
			return err
		}
		t.sessions.deadlines[one.name] = d
	}
	return nil
}

func met(name, post string) func(*teller) error {
	return func(t *teller) error {
		return t.Council.MeetDeadline(t.ctx, t.as(post), t.sessions.held.ID, t.sessions.deadlines[name].Thread, true)
	}
}
