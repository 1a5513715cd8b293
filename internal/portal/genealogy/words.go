package genealogy

import (
	"context"
	"strconv"

	"parvis/internal/calendar"
	"parvis/internal/id"
	"parvis/internal/powers"
	"parvis/internal/ui"
)

func yearText(day calendar.Day) string { return strconv.Itoa(day.Year()) }

func postTitle(e Event) string {
	for n := 0; n+1 < len(e.Args); n += 2 {
		if title, is := e.Args[n+1].(string); is && e.Args[n] == "post" {
			return title
		}
	}
	return ""
}

// holderText names who held a post as far as the reader may read it (CRPA L311-6).
func holderText(ctx context.Context, h powers.Held) string {
	switch {
	case h.Who.Name() != "":
		return h.Who.Name()
	case h.Interim:
		return ui.T(ctx, "genealogy.interim")
	}
	return ui.T(ctx, "genealogy.holder")
}

// held tells whether somebody held the post on the day.
func held(v view, post id.ID) bool {
	for _, h := range v.holders(post) {
		if h.Contains(v.Day) {
			return true
		}
	}
	return false
}
