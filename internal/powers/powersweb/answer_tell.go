package powersweb

import (
	"parvis/internal/act"
	"parvis/internal/powers"
	"parvis/internal/ui"
)

func (t *teller) tell(ask act.Ask) *answerView {
	a := t.answer
	v := &answerView{Answer: a, Firm: a.Established(), Question: t.question(ask)}
	if a.Profile != nil {
		v.Profile = a.Profile.Name.In(t.p.Lang())
	}
	for _, d := range a.Deciders {
		v.Deciders = append(v.Deciders, t.decider(d))
	}
	for _, w := range a.Joint {
		v.Joint = append(v.Joint, t.joint(w))
	}
	v.Opinions, v.Visas, v.Informed = t.claims(a.Opinions), t.claims(a.Visas), t.claims(a.Informed)
	for _, place := range a.Vacant {
		v.Vacant = append(v.Vacant, t.place(place))
	}
	if a.Outside != nil {
		v.Outside = in(t.ctx, a.Outside.Name, a.Outside.NameEN)
	}
	v.Sentence, v.More = t.sentence(v)
	return v
}

// question repeats what was asked, so that the page can be read by itself.
func (t *teller) question(ask act.Ask) string {
	text := verb(t.ctx, ask.Verb)
	if !ask.Amount.IsZero() {
		text = t.p.T("powersweb.who.for_amount", "what", text, "amount", ask.Amount)
	}
	return t.p.T("powersweb.who.on", "what", text, "day", t.answer.Day)
}

// sentence is the answer in one sentence, and a second one with what the reader must know at once.
func (t *teller) sentence(v *answerView) (first, more string) {
	var own, delegated, missing []string
	for _, d := range v.Deciders {
		if d.Delegated {
			delegated = append(delegated, d.Title)
		} else {
			own = append(own, d.Title)
		}
	}
	for _, j := range v.Joint {
		for _, s := range j.Seats {
			if s.Missing {
				missing = append(missing, s.Label)
			}
		}
	}
	if len(delegated) > 0 {
		more = t.p.T("powersweb.who.by_delegation", "posts", t.p.ListOr(unique(delegated)))
	}
	switch own = unique(own); {
	case t.answer.Profile == nil:
		return t.p.T("powersweb.who.no_profile", "day", t.answer.Day), ""
	case len(v.Groups) > 0:
		return t.p.T("powersweb.who.group." + v.Groups[0]), more
	case len(own) > 0 && t.chaired(v):
		return t.p.T("powersweb.who.committee", "committee", t.committee(v)), more
	case len(own) > 0:
		return t.p.N("powersweb.who.decides", int64(len(own)), "posts", t.p.ListOr(own)), more
	case len(delegated) > 0:
		return more, ""
	case len(v.Joint) > 0 && len(missing) > 0:
		return t.p.T("powersweb.who.nobody_alone"), t.p.N("powersweb.who.missing", int64(len(missing)), "seats", missing)
	case len(v.Joint) > 0:
		return t.p.T("powersweb.who.nobody_alone"), t.p.T("powersweb.who.all_there")
	case len(v.Vacant) > 0:
		return t.p.T("powersweb.who.vacant", "post", v.Vacant[0].Title), ""
	}
	return t.p.T("powersweb.who.nobody"), ""
}

func (t *teller) chaired(v *answerView) bool {
	form, _ := splitRole(v.Answer.Deciders[0].Rule.Role.Text)
	return form == "committee"
}

func (t *teller) committee(v *answerView) string {
	_, code := splitRole(v.Answer.Deciders[0].Rule.Role.Text)
	if name := t.groups[code]; name != "" {
		return name
	}
	return code
}

func unique(list []string) []string {
	seen, out := map[string]bool{}, []string{}
	for _, s := range list {
		if !seen[s] {
			seen[s], out = true, append(out, s)
		}
	}
	return out
}

func (t *teller) place(p powers.Place) placeView {
	v := placeView{Title: in(t.ctx, p.Title, p.TitleEN), URL: postURL(t.ctx, p.Post, t.answer.Day)}
	if l := t.labels[p.Unit]; l.Name != "" {
		v.Unit = in(t.ctx, l.Name, l.NameEN)
	}
	v.Name = t.people[p.Person].Name()
	switch {
	case p.Holder == "":
		v.Note = t.p.T("powersweb.vacant")
	case p.Interim:
		v.Note = t.p.T("powersweb.interim")
	}
	return v
}

func (t *teller) decider(d powers.Decider) deciderView {
	v := deciderView{placeView: t.place(d.Place)}
	for _, s := range d.Steps {
		v.Delegated = v.Delegated || s.Kind == "delegation"
		v.Steps = append(v.Steps, t.step(d.Rule, s))
	}
	return v
}

// step says one reason of a chain.
func (t *teller) step(rule *powers.Rule, s act.Link) stepView {
	switch s.Kind {
	case "rule":
		text := t.p.T("powersweb.step.rule", "role", t.role(rule.Role.Text), "basis", rule.Basis)
		if when := t.when(rule); when != "" {
			text = t.p.T("powersweb.step.rule_when", "role", t.role(rule.Role.Text), "when", when, "basis", rule.Basis)
		}
		return stepView{Text: text}
	case "post":
		l := t.labels[s.ID]
		return stepView{Text: t.p.T("powersweb.step.post", "post", in(t.ctx, l.Name, l.NameEN)), URL: postURL(t.ctx, s.ID, t.answer.Day)}
	case "delegation":
		return stepView{Text: t.p.T("powersweb.step.delegation", "number", s.Ref), URL: ui.Link(t.ctx, "powers.delegations") + "?date=" + string(t.answer.Day) + "#d-" + string(s.ID)}
	}
	if s.Ref == "" {
		return stepView{Text: t.p.T("powersweb.step.late_holder")}
	}
	return stepView{Text: t.p.T("powersweb.step.late"), Late: true}
}

func (t *teller) joint(w powers.JointWay) jointView {
	v := jointView{Basis: w.Rule.Basis}
	for _, s := range w.Seats {
		seat := seatView{Label: t.role(s.Role), Missing: s.Missing, Agreed: s.Agreed}
		if l := t.labels[s.Unit]; l.Name != "" {
			seat.Label = t.p.T("powersweb.seat.silo", "unit", in(t.ctx, l.Name, l.NameEN))
		}
		for _, p := range s.Places {
			seat.Places = append(seat.Places, t.place(p))
		}
		v.Seats = append(v.Seats, seat)
	}
	return v
}

func (t *teller) claims(list []powers.Claim) []claimView {
	var out []claimView
	for _, c := range list {
		v := claimView{Label: t.role(c.Rule.Role.Text), Basis: c.Rule.Basis}
		if c.Rule.Mode == powers.Decides {
			_, code := splitRole(c.Rule.Role.Text)
			v.Label = t.role("members:" + code)
		}
		for _, p := range c.Places {
			v.Places = append(v.Places, t.place(p))
		}
		out = append(out, v)
	}
	return out
}
