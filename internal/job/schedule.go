package job

import (
	"time"

	"parvis/internal/calendar"
)

// Schedule gives the next turn of a periodic job, strictly after now.
type Schedule func(now time.Time) time.Time

// Each is a turn after every interval.
func Each(interval time.Duration) Schedule {
	return func(now time.Time) time.Time { return now.Add(interval) }
}

// Daily is a turn every day at that time of Paris, whatever the season.
func Daily(hour, minute int) Schedule {
	return func(now time.Time) time.Time {
		day := calendar.DayOf(now)
		for {
			if at := day.Clock(hour, minute); at.After(now) {
				return at
			}
			day = day.AddDays(1)
		}
	}
}

// Weekly is a turn every week on that day at that time of Paris.
func Weekly(on time.Weekday, hour, minute int) Schedule {
	daily := Daily(hour, minute)
	return func(now time.Time) time.Time {
		for {
			now = daily(now)
			if calendar.DayOf(now).Weekday() == on {
				return now
			}
		}
	}
}
