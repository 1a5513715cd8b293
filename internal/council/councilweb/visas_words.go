package councilweb

import (
	"context"
	"strconv"
	"strings"

	"parvis/internal/council"
	"parvis/internal/id"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// cutVersion reads "id version".
func cutVersion(value string) (id.ID, int64) {
	visa, version, _ := strings.Cut(value, " ")
	n, err := strconv.ParseInt(version, 10, 64)
	if err != nil {
		return "", 0
	}
	return id.ID(visa), n
}

func lineValue(l council.VisaLine) string {
	return string(l.ID) + " " + strconv.FormatInt(l.Version, 10)
}

// stepName is what a step is called in the reader's language.
func stepName(ctx context.Context, s council.StepSpec) string { return s.Name(web.Of(ctx).Lang) }

func circuitName(ctx context.Context, l council.VisaLine) string {
	if web.Of(ctx).Lang == "en" && l.NameEN != "" {
		return l.NameEN
	}
	return l.Name
}

func visaTone(s council.VisaStatus) ui.Tone {
	switch s {
	case council.VisaAgreed, council.VisaTacitAgreed:
		return ui.Success
	case council.VisaReserved, council.VisaVacant, council.VisaRaised:
		return ui.Warning
	case council.VisaRefused, council.VisaTacitRefused:
		return ui.Error
	}
	return ui.Neutral
}

func circuitTone(f *council.Flow) ui.Tone {
	switch {
	case f.Alarm() || f.Circuit.Status == council.CircuitReturned:
		return ui.Error
	case f.Circuit.Status == council.CircuitAgreed:
		return ui.Success
	}
	return ui.Neutral
}

// answersOf are the answers that a step takes, in the order of the buttons.
func answersOf(s council.StepSpec) []council.VisaStatus {
	if s.Kind == council.OpinionStep {
		return []council.VisaStatus{council.VisaAgreed, council.VisaReserved, council.VisaRefused, council.VisaAbstained}
	}
	return []council.VisaStatus{council.VisaAgreed, council.VisaReserved, council.VisaRefused}
}

// answerKey is the message of an answer: a visa and an opinion are not said alike.
func answerKey(s council.StepSpec, a council.VisaStatus) string {
	return "council.answer." + string(s.Kind) + "." + string(a)
}

// paperURL is where a paper is read: its address in the GED, or its page here.
func paperURL(ctx context.Context, p council.Paper) string {
	if p.Link != "" {
		return p.Link
	}
	if p.ID != "" && web.Of(ctx).Has("council.paper") {
		return ui.Link(ctx, "council.paper", p.ID)
	}
	return ""
}

// errorText is what is wrong with one answer of a batch, in the reader's language.
func errorText(ctx context.Context, err error) string { return web.Of(ctx).P.Error(err) }

// titleOf is the title of a line of a batch.
func (v visasView) titleOf(visa id.ID) string {
	for _, l := range append(v.Chosen, v.Lines...) {
		if l.ID == visa {
			return l.Title
		}
	}
	return ""
}

func checkedValue(on bool) string {
	if on {
		return "true"
	}
	return ""
}
