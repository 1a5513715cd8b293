package notify

import (
	"fmt"
	"strings"
	"time"

	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/job"
)

// reader is whoever can be told: an account, or a follower known by an address alone.
type reader struct {
	key   string // the account, or "follow:" and an id
	kind  string // under which it chose a frequency
	start Frequency
	quiet Quiet
}

const followPrefix = "follow:"

// Tell notes what people are to be told, in the transaction of a consumer of facts. Whoever was to be
// told the same of the same thing and was not yet, is told once, with the newer words.
func (n *Notifier) Tell(tx db.Transaction, notice Notice) error {
	k, ok := n.kinds[notice.Kind]
	if !ok {
		return fmt.Errorf("notify: unknown kind %q", notice.Kind)
	}
	args, err := encodeArgs(notice.Args)
	if err != nil {
		return err
	}
	readers, err := n.readers(tx, k, notice)
	if err != nil {
		return err
	}
	atOnce := false
	for _, r := range readers {
		now, err := tell(tx, r, notice, args)
		if err != nil {
			return err
		}
		atOnce = atOnce || now
	}
	if !atOnce {
		return nil
	}
	return job.Put(tx, job.Job{Kind: sendKind, Name: sendKind})
}

// readers are the accounts named, the accounts that follow the thing, and its followers without account.
func (n *Notifier) readers(tx db.Transaction, k Kind, notice Notice) ([]reader, error) {
	accounts := append([]id.ID(nil), notice.To...)
	var all []reader
	if notice.Followers {
		followers, err := followersOf(tx.Context(), tx, notice.About)
		if err != nil {
			return nil, err
		}
		for _, f := range followers {
			if f.Account != "" {
				accounts = append(accounts, f.Account)
			} else if !k.Agents { // what is for agents never goes to an address alone
				all = append(all, reader{key: followPrefix + string(f.ID), kind: followed, start: Daily})
			}
		}
	}
	people, err := n.config.Directory(tx.Context(), tx, accounts)
	seen := map[id.ID]bool{}
	for _, p := range people {
		if seen[p.Account] || k.Agents && !p.Agent {
			continue
		}
		seen[p.Account] = true
		r := reader{key: string(p.Account), kind: k.Name, start: k.Default}
		if p.Agent {
			r.quiet = quietAgents
		}
		all = append(all, r)
	}
	return all, err
}

// tell notes one notice for one reader and says whether it is to be sent at once.
func tell(tx db.Transaction, r reader, notice Notice, args string) (atOnce bool, err error) {
	frequency, err := chosen(tx.Context(), tx, r.key, r.kind, r.start)
	if err != nil || frequency == Never {
		return false, err
	}
	quiet, err := quietOf(tx.Context(), tx, r.key, r.quiet)
	if err != nil {
		return false, err
	}
	at := quiet.next(turn(frequency, tx.Now()))
	if !at.After(tx.Now()) {
		at = time.Time{}
	}
	return at.IsZero(), keep(tx, r.key, notice, args, frequency, at)
}

// The hour at which gathered messages leave, Paris time.
const gatherHour, gatherMinute = 7, 30

// turn is when a frequency speaks next.
func turn(f Frequency, now time.Time) time.Time {
	switch f {
	case Daily:
		return job.Daily(gatherHour, gatherMinute)(now)
	case Weekly:
		return job.Weekly(time.Monday, gatherHour, gatherMinute)(now)
	}
	return now
}

func isFollow(reader string) (id.ID, bool) {
	follow, ok := strings.CutPrefix(reader, followPrefix)
	return id.ID(follow), ok
}
