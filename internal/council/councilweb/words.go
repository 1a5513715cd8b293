package councilweb

import (
	"context"
	"time"

	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/ui"
)

// statusTone colours the state of a meeting; its name says the same.
func statusTone(s council.MeetingStatus) ui.Tone {
	switch s {
	case council.Prepared:
		return ui.Neutral
	case council.Convened:
		return ui.Info
	case council.Opened:
		return ui.Success
	case council.Suspended:
		return ui.Warning
	}
	return ui.Outline
}

func itemTone(s council.ItemStatus) ui.Tone {
	switch s {
	case council.ItemAdopted:
		return ui.Success
	case council.ItemRejected:
		return ui.Error
	case council.ItemPostponed:
		return ui.Warning
	case council.Listed:
		return ui.Neutral
	}
	return ui.Outline
}

// itemStatus says where an item stands: a committee that advises adopts and rejects nothing.
func itemStatus(ctx context.Context, opinion bool, s council.ItemStatus) string {
	if opinion && (s == council.ItemAdopted || s == council.ItemRejected) {
		return ui.T(ctx, "councilweb.opinion.status."+string(s))
	}
	return ui.T(ctx, "councilweb.item.status."+string(s))
}

// spoken is a key of the form that pronounces: of a decision, or of an opinion.
func spoken(i council.ItemFile, name string) string {
	if i.Nature == council.ForOpinion {
		return "councilweb.advise" + name
	}
	return "councilweb.pronounce" + name
}

// quorumText says the rule of quorum in words.
func quorumText(ctx context.Context, r council.Rules) string {
	return ui.T(ctx, "councilweb.quorum.said."+string(r.Quorum), "n", r.QuorumMin)
}

func votingText(ctx context.Context, r council.Rules) string {
	text := ui.T(ctx, "councilweb.voting."+string(r.Voting)) + ", " + ui.T(ctx, "councilweb.method.said."+string(r.Method))
	if r.Casting {
		text += ", " + ui.T(ctx, "councilweb.casting.said")
	}
	return text
}

func noticeText(ctx context.Context, r council.Rules) string {
	key := "councilweb.notice.said"
	if r.ClearDays {
		key = "councilweb.notice.said.clear"
	}
	return ui.N(ctx, key, r.Notice)
}

// when is the day and the hour of a meeting.
func when(ctx context.Context, m council.Meeting) string {
	return ui.T(ctx, "councilweb.when", "day", m.Day, "clock", calendar.Hour(m.Clock))
}

func clock(ctx context.Context, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return ui.P(ctx).Clock(t)
}

// meetingTitle is how a meeting is called: its own title, or that of its committee.
func meetingTitle(c council.Committee, m council.Meeting, lang string) string {
	if m.Title != "" {
		return m.Title
	}
	return c.Name(lang)
}
