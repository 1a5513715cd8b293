package demo

import (
	"bytes"
	"math/rand/v2"

	"parvis/internal/id"
	"parvis/internal/participation"
	"parvis/internal/participation/tally"
)

// voteScenes tells two votes on the participatory budget: their ballots are handed in, their rules frozen,
// counted, published.
func voteScenes() []scene {
	return []scene{
		{"2016-10-03 09:30", "the vote of 2016 is counted", func(t *teller) error {
			return t.holdVote("2016", "Budget participatif 2016", "12.09.2016", "25.09.2016", vote2016, "jugement_majoritaire", true)
		}},
		{"2017-02-10 11:00", "a winner becomes an initiative", tellBecame},
		{"2017-10-05 09:30", "the vote of 2017 is counted", func(t *teller) error {
			return t.holdVote("2017", "Budget participatif 2017", "11.09.2017", "30.09.2017", vote2017, "parts_egales", true)
		}},
		{"2018-03-08 16:30", "a vote is counted and waits for whoever publishes it", func(t *teller) error {
			return t.holdVote("2018", "Budget des collégiens 2018", "26.02.2018", "02.03.2018", vote2018, "plus_de_voix", false)
		}},
	}
}

func (t *teller) holdVote(vote, title, begin, end string, lots []ballotLot, preset string, publish bool) error {
	d := drawing{vote, title, begin, end, preset == "jugement_majoritaire", rand.New(rand.NewPCG(uint64(len(lots)), 2018))}
	var staged id.ID
	for _, l := range lots {
		file, err := d.file(l)
		if err != nil {
			return err
		}
		s, err := t.Participation.Stage(t.ctx, t.insider(), participation.Bring{Import: staged, File: l.name + ".pb", Strict: true, In: bytes.NewReader(file)})
		if err != nil {
			return err
		}
		staged = s.ID
	}
	e, err := t.Participation.ImportElection(t.ctx, t.insider(), t.as("CM-PART"), participation.Import{Staged: staged, Title: title, Lang: "fr",
		Source: "Tirage au sort de la démonstration : aucun de ces bulletins n’a été déposé par une personne.", Invented: true})
	if err != nil {
		return err
	}
	if err := t.countVote(e, preset); err != nil || !publish {
		return err
	}
	s, err := t.Participation.Sheet(t.ctx, t.insider(), e.Number)
	if err != nil {
		return err
	}
	_, err = t.Participation.PublishResult(t.ctx, t.as("CHEF-MVI"), s.ID, s.Version)
	return err
}

func (t *teller) countVote(e participation.Election, preset string) error {
	s, err := t.Participation.Sheet(t.ctx, t.insider(), e.Number)
	if err != nil {
		return err
	}
	rules, err := t.Participation.ProposeRules(t.ctx, s.Election, s.Lots, preset)
	if err != nil {
		return err
	}
	rules.Publish = tally.Publication{Ballots: true, Totals: true, WhatIf: true}
	if _, err := t.Participation.FreezeRules(t.ctx, t.as("CM-PART"), participation.Freeze{Election: e.ID, Version: e.Version, Rules: string(rules.Canonical())}); err != nil {
		return err
	}
	return t.Participation.CountElection(t.ctx, e.ID)
}

// tellBecame ties the winner of 2016 to the initiative that carries it out.
func tellBecame(t *teller) error {
	s, err := t.Participation.Sheet(t.ctx, t.insider(), "V-2016-1")
	if err != nil {
		return err
	}
	l, err := t.Participation.LotSheet(t.ctx, s, "")
	if err != nil {
		return err
	}
	p, err := l.Project(number(0))
	if err != nil {
		return err
	}
	return t.Participation.LinkProject(t.ctx, t.as("CM-PART"), p.ID, t.initiatives["chaleur"].ID)
}
