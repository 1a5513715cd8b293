package demo

import (
	"parvis/internal/blob"
	"parvis/internal/portfolio"
	"parvis/internal/portfolio/strategy"
)

// paperScenes hand in what was written about the collection: a report that was written twice, of which the second
// edition is public, and the convention, which stays in the document management.
func paperScenes() []scene {
	return []scene{
		{"2016-03-21 10:00", "the report of the collection", func(t *teller) error {
			return t.report("Note d’étape de la collecte guidée", "Quarante conteneurs suivis pendant trois mois.")
		}},
		{"2016-04-04 10:00", "the report again", func(t *teller) error {
			return t.report("Bilan de l’essai de collecte guidée", "Quarante conteneurs suivis pendant six mois, coûts compris.")
		}},
		{"2016-06-20 10:00", "the report is public", func(t *teller) error {
			return t.Portfolio.PublishPaper(t.ctx, t.as("CHEF-MVI"), t.reports.ID)
		}},
		{"2016-04-05 09:00", "the convention of the collection", func(t *teller) error {
			_, err := t.Portfolio.AttachPaper(t.ctx, t.as("CHEF-MVI"), portfolio.Attach{Initiative: t.initiatives[collection].ID,
				Paper: blob.Paper{Title: "Convention d’essai", Link: "https://ged.valmont.example/conventions/2015-12"}})
			return err
		}},
	}
}

// report hands in the report of the collection, or its next edition.
func (t *teller) report(title, text string) (err error) {
	t.reports, err = t.Portfolio.AttachPaper(t.ctx, t.as("CHEF-MVI"), portfolio.Attach{Initiative: t.initiatives[collection].ID,
		Paper: blob.Paper{Title: title, Thread: t.reports.Thread, File: sample(text)}})
	return err
}

// attachPlan hands in the text of a strategy that was adopted, for everybody.
func (t *teller) attachPlan(by string, s strategy.Strategy) error {
	_, err := t.Strategy.AttachPaper(t.ctx, t.as(by), strategy.Attach{Strategy: s.ID, Public: true,
		Paper: blob.Paper{Title: s.Title.FR, File: sample(s.Title.FR + "\n\n" + s.Purpose.FR)}})
	return err
}
