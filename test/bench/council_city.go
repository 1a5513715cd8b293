package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"parvis/internal/blob"
	"parvis/internal/clock"
	"parvis/internal/council"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

// assemblies is the size of a city that sits in committees.
type assemblies struct {
	Initiatives, Papers int
	Items               int // points at a meeting
	Meetings            int
}

const (
	filePapers = 10       // one paper in ten is a file, the others are links
	fileSize   = 64 << 10 // bytes
)

// bigTables and smallTable are the two sizes at which the whole export is weighed; the first meeting of either is
// the COPIL whose file is asked for.
func bigTables() assemblies {
	return assemblies{Initiatives: cityInitiatives, Papers: 20_000, Items: 60, Meetings: 50}
}

func smallTables() assemblies {
	return assemblies{Initiatives: cityInitiatives / 10, Papers: 2000, Items: 60, Meetings: 5}
}

// tables is what must be known of such a city.
type tables struct {
	memo
	Size   assemblies
	Number string  // of the first meeting
	Items  []id.ID // of all meetings
}

// councilCity opens the memo of a city with committees, and makes it first if it is not there.
func councilCity(dir string, size assemblies) (tables, error) {
	var m tables
	if b, err := os.ReadFile(memoFile(dir)); err == nil {
		err := json.Unmarshal(b, &m)
		if err != nil || m.Size == size {
			return m, err
		}
	}
	if err := os.RemoveAll(dir); err != nil {
		return m, err
	}
	b := newTables(dir, size)
	fmt.Fprintf(os.Stderr, "making a city of %d initiatives and %d papers in %s\n", size.Initiatives, size.Papers, dir)
	began := time.Now()
	if err := b.build(); err != nil {
		return m, err
	}
	b.tables.memo = b.memo
	b.tables.Took = time.Since(began).Round(time.Second).String()
	body, err := json.Marshal(b.tables)
	if err != nil {
		return m, err
	}
	return b.tables, os.WriteFile(memoFile(dir), body, 0o600)
}

// tablesBuilder makes a city whose story is that of its committees.
type tablesBuilder struct {
	*builder
	council *council.Room
	tables  tables
}

func newTables(dir string, size assemblies) *tablesBuilder {
	return &tablesBuilder{builder: &builder{dir: dir, clock: clock.At(time.Now().UTC()), rnd: rand.New(rand.NewPCG(citySeed, citySeed))},
		tables: tables{Size: size}}
}

func (b *tablesBuilder) build() error {
	if err := b.sit(); err != nil {
		return err
	}
	return b.open()
}

// sit founds the city and lays the tables of its COPIL: the database stays open.
func (b *tablesBuilder) sit() error {
	if err := b.found(); err != nil {
		return err
	}
	for u := range 600 {
		b.memo.Units = append(b.memo.Units, b.city.Units[unitCode(u)])
	}
	blobs, err := blob.Open(filepath.Join(b.dir, "blobs"))
	if err != nil {
		return err
	}
	b.council = council.New(council.Config{Log: b.city.Log, Reads: b.db.Readers, Writer: b.db.Writer, Portfolio: b.room, Blobs: blobs, Clock: b.clock,
		Directory: portfolio.PowersDirectory(b.city.Engine, b.clock), Seats: council.PowersSeats(b.city.Engine, b.clock)})
	var brought []portfolio.Brought
	for first := 0; first < b.tables.Size.Initiatives; first += cityChunk {
		more, err := b.bring(first)
		if err != nil {
			return err
		}
		brought = append(brought, more...)
	}
	return b.meet(brought)
}

// meet founds a COPIL of twenty and prepares its meetings, a week apart, the first in ten days.
func (b *tablesBuilder) meet(brought []portfolio.Brought) error {
	ctx, mission, size := context.Background(), b.city.Agent("MISSION"), b.tables.Size
	k, err := b.council.FoundCommittee(ctx, b.city.Agent("SG"), council.CommitteeForm{Code: "COPIL", Kind: council.Copil, NameFR: "Comité de pilotage",
		Rules: council.Rules{Quorum: council.HalfQuorum, Voting: council.Majority, Casting: true, Method: council.Show, Notice: 7, LockDays: 2}})
	if err != nil {
		return err
	}
	if err := b.seatAll(k.ID); err != nil {
		return err
	}
	for n := range size.Meetings {
		m, err := b.council.PrepareMeeting(ctx, mission, k.ID, council.MeetingForm{Day: b.council.Today().AddDays(10 + 7*n), Clock: "14:00", Place: "Salle du conseil"})
		if err != nil {
			return err
		}
		if n == 0 {
			b.tables.Number = m.Number
		}
		for i := range size.Items {
			f := council.ItemForm{Nature: council.ForDecision, Title: fmt.Sprintf("Point %d de la séance %d", i+1, n+1), Summary: whys[i%len(whys)], Minutes: 5}
			if len(brought) > 0 {
				f.Initiative = brought[(n*size.Items+i)%len(brought)].ID
			}
			item, err := b.council.AddItem(ctx, mission, m.ID, f)
			if err != nil {
				return err
			}
			b.tables.Items = append(b.tables.Items, item.ID)
		}
	}
	return each(size.Papers, b.paper)
}

func (b *tablesBuilder) seatAll(committee id.ID) error {
	seats := map[id.ID]council.Role{b.city.Posts["SG"]: council.President, b.city.Posts["MISSION"]: council.Secretary}
	for n := range 18 {
		seats[b.city.Posts[postCode(n, 0)]] = council.Titular
	}
	for post, role := range seats {
		_, err := b.council.SeatMember(context.Background(), b.city.Agent("SG"), council.SeatForm{Committee: committee, Post: post, Role: role})
		if err != nil {
			return err
		}
	}
	return nil
}

// paper hands in the n-th paper: 400 of them at each meeting, spread over its items.
func (b *tablesBuilder) paper(n int) error {
	size := b.tables.Size
	each := size.Papers / size.Meetings
	f := council.PaperForm{Item: b.tables.Items[min(n/each, size.Meetings-1)*size.Items+n%size.Items], Kind: council.Report, Title: fmt.Sprintf("Rapport n° %d", n+1)}
	if n%filePapers == 0 {
		f.File = bytes.NewReader(fmt.Appendf(bytes.Repeat([]byte("Un rapport de la mission.\n"), fileSize/26), "n° %d\n", n))
	} else {
		f.Link, f.Digest = fmt.Sprintf("https://ged.banc.example/%d", n), council.DigestOf(fmt.Sprint(n))
	}
	_, err := b.council.AddPaper(context.Background(), b.city.Agent("MISSION"), f)
	if err != nil {
		return errors.Join(fmt.Errorf("paper %d", n), err)
	}
	return nil
}
