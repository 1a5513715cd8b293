package main

import (
	"context"
	"fmt"
	"time"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/id"
	"parvis/internal/money"
	"parvis/internal/portfolio"
)

var (
	whats = []string{"Capteurs de remplissage", "Éclairage à la demande", "Comptage des vélos", "Arrosage selon la pluie", "Suivi des chantiers",
		"Qualité de l'air des écoles", "Stationnement des livraisons", "Fuites du réseau d'eau", "Température des logements", "Partage de salles",
		"Carte des fraîcheurs", "Signalement des dépôts", "Maquette numérique", "Collecte guidée", "Toilettes publiques ouvertes"}
	wheres = []string{"place du Marché", "quai de la Tournelle", "quartier des Gares", "rue des Tanneurs", "boulevard du Nord", "parc des Buttes",
		"port fluvial", "cité des Fleurs", "faubourg Saint-Jean", "square des Batignolles", "plateau des Écoles", "avenue de la République"}
	whys = []string{"Les habitants ne savent pas quand le service passera.", "Les équipes se déplacent souvent pour rien.",
		"La dépense augmente sans que personne ne sache pourquoi.", "Trois directions tiennent chacune leur propre fichier.",
		"Les commerçants se plaignent des travaux qui se suivent."}
	stages = []portfolio.Stage{portfolio.Signalled, portfolio.Qualified, portfolio.Investigated, portfolio.Tested, portfolio.Operating}
)

const source = "Banc d'essai"

// tell brings the initiatives over eight years, each with its parts, steps, figures, notes and questions,
// and records the movements of the staff between them.
func (b *builder) tell() error {
	for u := range 600 {
		b.memo.Units = append(b.memo.Units, b.city.Units[unitCode(u)])
	}
	for first := 0; first < cityInitiatives; first += cityChunk {
		brought, err := b.bring(first)
		if err != nil {
			return err
		}
		for n, i := range brought {
			b.memo.Numbers = append(b.memo.Numbers, i.Number)
			if isPublic(first + n) {
				b.memo.Public = append(b.memo.Public, i.Number)
			}
		}
		if err := each(len(brought), func(n int) error { return b.live(first+n, brought[n]) }); err != nil {
			return err
		}
		b.clock.Advance(48 * 24 * time.Hour)
		due := cityActs*(first+cityChunk)/cityInitiatives - int(b.acts.Load())
		if err := each(due, b.movement); err != nil {
			return err
		}
	}
	b.memo.Acts = b.acts.Load()
	return nil
}

func (b *builder) incoming(n int) portfolio.Incoming {
	pick := func(list []string) string { return list[b.rnd.IntN(len(list))] }
	in := portfolio.Incoming{Ref: fmt.Sprint(n), At: fmt.Sprintf("Projets!A%d", n+2), Stage: stages[n%len(stages)],
		Brief: portfolio.Brief{Title: fmt.Sprintf("%s, %s (%d)", pick(whats), pick(wheres), n), Problem: pick(whys) + " " + pick(whys),
			Lang: "fr", Origin: portfolio.Origins()[n%3], Matter: []string{"proprete", "voirie"}[n%2], Tags: []string{pick([]string{"capteurs", "données", "voirie", "climat"})}},
		Owners: []id.ID{b.city.Posts[postCode(b.rnd.IntN(20), 0)]},
		Parts:  []portfolio.IncomingPart{{Unit: b.city.Units[unitCode(n%20)], Role: portfolio.Lead}}}
	for k := range 3 {
		in.Sponsors = append(in.Sponsors, b.memo.Elected[(n*(4*k+1)+k)%cityElected])
	}
	for k := range 3 {
		in.Milestones = append(in.Milestones, portfolio.Milestone{Label: fmt.Sprintf("Étape %d", k+1), Planned: calendar.Fuzzy(fmt.Sprint(2018 + n%8 + k))})
		in.Figures = append(in.Figures, portfolio.Figure{Year: 2018 + n%8 + k, Credit: portfolio.CP, Nature: portfolio.Planned, Amount: money.Euros(int64(10_000 * (1 + n%40)))})
	}
	return in
}

// isPublic holds for two initiatives in three.
func isPublic(n int) bool { return n%3 != 0 }

// bring imports a chunk.
func (b *builder) bring(first int) ([]portfolio.Brought, error) {
	in := portfolio.Import{ID: id.New(b.clock.Now()), Source: source}
	for n := range cityChunk {
		in.Rows = append(in.Rows, b.incoming(first+n))
	}
	b.acts.Add(1)
	return act.Do(context.Background(), b.city.Log, b.city.Agent("MISSION"), func(tx *act.Tx) ([]portfolio.Brought, error) {
		return b.room.ImportIn(tx, in)
	})
}

// live is what happens to one initiative.
func (b *builder) live(n int, i portfolio.Brought) error {
	ctx, mission := context.Background(), b.city.Agent("MISSION")
	did := func(err error) error {
		b.acts.Add(1)
		b.clock.Advance(time.Minute)
		return err
	}
	if isPublic(n) {
		if _, err := b.room.PublishInitiative(ctx, mission, portfolio.Publish{Initiative: i.ID, Version: 1}); did(err) != nil {
			return err
		}
	}
	for k := range 3 {
		if err := b.part(n, k, i.ID, did); err != nil {
			return err
		}
	}
	for k := range 6 {
		if err := did(b.room.WriteNote(ctx, mission, i.ID, fmt.Sprintf("Point d'étape %d : le prestataire a répondu.", k))); err != nil {
			return err
		}
	}
	if n%10 == 0 {
		return b.question(n, i.ID, did)
	}
	return nil
}

// part is offered to one of the 20 directorates or of 40 services; most are accepted, some countered or declined, one in eight meets silence.
func (b *builder) part(n, k int, initiative id.ID, did func(error) error) error {
	ctx, unit := context.Background(), (n*7+k*19)%60
	p, err := b.room.OfferPart(ctx, b.city.Agent("MISSION"), portfolio.Offer{Initiative: initiative, Unit: b.city.Units[unitCode(unit)],
		Role: portfolio.Contribute, Effort: "Dix jours d'agent"})
	if did(err) != nil {
		return err
	}
	answer := portfolio.Answer{Part: p.ID, Version: p.Version, Kind: portfolio.Accept}
	switch (n + k) % 8 {
	case 0:
		return nil
	case 1:
		answer.Kind, answer.Text = portfolio.Counter, "Cinq jours d'agent, après l'été"
	case 2:
		answer.Kind, answer.Text = portfolio.Decline, "Le service n'en a pas la charge"
	}
	_, err = b.room.AnswerPart(ctx, b.city.Agent(postCode(unit, 0)), answer)
	return did(err)
}

// question is put to an elected member; half of the questions are answered.
func (b *builder) question(n int, initiative id.ID, did func(error) error) error {
	ctx := context.Background()
	asked := b.memo.Elected[n%cityElected]
	a, err := b.room.AskArbitration(ctx, b.city.Agent("MISSION"), portfolio.AskForm{Initiative: initiative, Case: portfolio.Case{
		Question: "Généraliser à toute la ville ?", Context: "L'essai a réussi dans deux quartiers.", Amount: money.Euros(180_000),
		Options: []portfolio.Option{{Label: "Généraliser"}, {Label: "Arrêter"}}, Recommended: 1,
		Asked: []portfolio.AskedPost{{Post: asked, Capacity: portfolio.Decides}, {Post: b.city.Posts["SG"], Capacity: portfolio.Decides}}}})
	if did(err) != nil || n%20 == 0 {
		return err
	}
	_, err = b.room.DecideArbitration(ctx, b.city.Agent("SG"), portfolio.DecideForm{Arbitration: a.ID, Version: a.Version, Chosen: 1,
		Answers: portfolio.Answers{Motive: "L'essai a réussi et la dépense est prévue.", Basis: []string{"CGCT L2122-18"}, Segments: []string{"residents"}}})
	return did(err)
}

// movement is an appointment somewhere in the staff: the act alone, the tables hold the holders already.
func (b *builder) movement(n int) error {
	unit := n % 600
	holder := act.Ref{Type: "holder", ID: b.city.Holders[postCode(unit, n%91)]}
	post := b.city.Posts[postCode(unit, n%91)]
	b.acts.Add(1)
	return b.city.Try(b.city.Agent(postCode(unit, 0)), func(tx *act.Tx) error {
		const verb = "powers.holder.appoint"
		g, err := tx.Allow(act.Ask{Verb: verb, Object: holder, Roles: map[string][]id.ID{"unit": {b.city.Units[unitCode(unit)]}}})
		if err != nil {
			return err
		}
		tx.Record(g, act.Act{Verb: verb, Object: holder, Subject: act.Ref{Type: "post", ID: post},
			Args: map[string]string{"post": string(post), "holder": string(holder.ID)}})
		return nil
	})
}
