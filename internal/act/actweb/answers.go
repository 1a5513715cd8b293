package actweb

import (
	"cmp"
	"context"
	"strings"

	"parvis/internal/act"
	"parvis/internal/id"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// line is an act on a page.
type line struct {
	ui.Act
	entry act.Entry
	who   string
}

// lines turns entries into what the pages show.
func (p *Pages) lines(ctx context.Context, v *web.Visit, entries []act.Entry) ([]line, error) {
	entries, err := p.readable(ctx, v, entries)
	if err != nil {
		return nil, err
	}
	w, err := p.words(ctx, v, entries)
	if err != nil {
		return nil, err
	}
	out := make([]line, len(entries))
	for i, e := range entries {
		out[i] = line{entry: e, who: w.who(e), Act: ui.Act{Sentence: w.sentence(e), When: v.P.Time(e.RecordedAt),
			Instant: instant(e.RecordedAt), URL: v.URL("log.act", e.ID), Six: w.six(e)}}
	}
	return out, nil
}

// six answers the six questions; a question without answer is left nil and shown as such.
func (w *words) six(e act.Entry) ui.Six {
	return ui.Six{
		Who:  answer(w.whoParts(e)),
		What: answer(w.whatParts(e)),
		Whom: answer(w.whomParts(e)),
		Why:  why(w.whyParts(e), e.Texts),
		When: answer(w.whenParts(e)),
		How:  answer(w.howParts(e)),
	}
}

func (w *words) whoParts(e act.Entry) []Label {
	parts := []Label{{Text: w.who(e)}}
	if e.Who.Post != "" {
		parts[0] = w.label(act.Ref{Type: "post", ID: e.Who.Post})
	}
	if e.Who.OnBehalf != "" {
		parts = append(parts, Label{Text: w.p.T("actweb.who.on_behalf", "of", w.either(e.Who.OnBehalf, "unit", "post").Text)})
	}
	if e.Who.Deputising != "" {
		parts = append(parts, Label{Text: w.p.T("actweb.who.deputising", "for", w.label(act.Ref{Type: "post", ID: e.Who.Deputising}).Text)})
	}
	return parts
}

// either names a thing that may be of one type or another.
func (w *words) either(i id.ID, kinds ...string) Label {
	for _, k := range kinds {
		if l, ok := w.names[act.Ref{Type: k, ID: i}]; ok {
			return l
		}
	}
	return w.label(act.Ref{Type: kinds[0], ID: i})
}

func (w *words) whatParts(e act.Entry) []Label {
	parts := []Label{w.label(e.What.Ref)}
	if e.Subject != e.What.Ref {
		parts = append(parts, w.label(e.Subject))
	}
	if e.What.Version > 0 {
		parts = append(parts, Label{Text: w.p.T("actweb.version", "n", e.What.Version)})
	}
	return parts
}

func (w *words) whomParts(e act.Entry) []Label {
	if e.For == nil {
		return nil
	}
	var parts []Label
	for _, s := range e.For.Segments {
		parts = append(parts, w.word("act.segment.", s))
	}
	for _, u := range e.For.Units {
		parts = append(parts, w.label(act.Ref{Type: "unit", ID: u}))
	}
	for _, t := range e.For.Territory {
		parts = append(parts, w.coded("place", t))
	}
	if e.For.Promise != "" {
		parts = append(parts, w.word("act.promise.", e.For.Promise))
	}
	return parts
}

// word is a code said by the catalogue, or the code itself.
func (w *words) word(prefix, code string) Label {
	if w.p.Has(prefix + code) {
		return Label{Text: w.p.T(prefix + code)}
	}
	return Label{Text: code}
}

// coded is a thing whose id is a code that people know.
func (w *words) coded(kind, code string) Label {
	l := w.names[act.Ref{Type: kind, ID: id.ID(code)}]
	l.Text = cmp.Or(l.Text, code)
	return l
}

func (w *words) whyParts(e act.Entry) []Label {
	if e.Why == nil {
		return nil
	}
	var parts []Label
	for _, o := range e.Why.Objectives {
		parts = append(parts, w.label(act.Ref{Type: "objective", ID: o}))
	}
	for _, r := range []*act.Ref{e.Why.Solicitation, e.Why.Question} {
		if r != nil {
			parts = append(parts, w.label(*r))
		}
	}
	for _, b := range e.Why.Basis {
		parts = append(parts, Label{Text: b})
	}
	for _, ev := range e.Why.Evidence {
		l := Label{Text: ev}
		if strings.HasPrefix(ev, "https://") {
			l.URL = ev
		}
		parts = append(parts, l)
	}
	return parts
}

func (w *words) whenParts(e act.Entry) []Label {
	var parts []Label
	if e.When.Effective != "" {
		parts = append(parts, Label{Text: w.p.T("actweb.when.effective", "day", e.When.Effective)})
	}
	if e.When.Until != "" {
		parts = append(parts, Label{Text: w.p.T("actweb.when.until", "day", e.When.Until)})
	}
	if e.When.Done != "" {
		parts = append(parts, Label{Text: w.p.T("actweb.when.done", "day", e.When.Done)})
	}
	return append(parts, Label{Text: w.p.T("actweb.when.recorded", "at", e.RecordedAt)})
}

func (w *words) howParts(e act.Entry) []Label {
	var parts []Label
	if e.How.Procedure != "" {
		parts = append(parts, w.word("act.procedure.", e.How.Procedure))
	}
	for _, r := range []*act.Ref{e.How.Meeting, e.How.Step} {
		if r != nil {
			parts = append(parts, w.label(*r))
		}
	}
	for _, text := range []string{e.How.Instrument, e.How.BudgetLine} {
		if text != "" {
			parts = append(parts, Label{Text: text})
		}
	}
	if e.How.Basis != "" {
		parts = append(parts, w.word("act.basis.", e.How.Basis))
	}
	if e.How.Channel != "" {
		parts = append(parts, w.word("act.channel.", e.How.Channel))
	}
	return append(parts, w.chain(e.How.Chain)...)
}

// chain tells by which reasons the author had the power, or that none was established.
func (w *words) chain(c act.Chain) []Label {
	var parts []Label
	for _, l := range c.Steps {
		parts = append(parts, w.reason("actweb.chain.", l))
	}
	for _, l := range c.Missing {
		parts = append(parts, w.reason("actweb.missing.", l))
	}
	if c.Lacking {
		parts = append(parts, Label{Text: w.p.T("actweb.chain.lacking")})
	}
	return parts
}

func (w *words) reason(prefix string, l act.Link) Label {
	name := Label{Text: l.Ref}
	if known, ok := w.names[act.Ref{Type: l.Kind, ID: l.ID}]; ok && l.ID != "" {
		name = known
		if l.Ref != "" {
			name.Text += " (" + l.Ref + ")"
		}
	}
	if name.Text == "" {
		name = w.label(act.Ref{Type: l.Kind, ID: l.ID})
	}
	key := prefix + l.Kind
	if !w.p.Has(key) {
		key = prefix + "other"
	}
	return Label{Text: w.p.T(key, "name", name.Text), URL: name.URL}
}
