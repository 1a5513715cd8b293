package council_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/blob"
	"parvis/internal/calendar"
	"parvis/internal/clock"
	"parvis/internal/council"
	"parvis/internal/council/councilweb"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
)

// town is a small city with committees. Posts are named p-…, elected posts e-…, units u-….
type town struct {
	testing.TB
	ctx       context.Context
	db        *db.DB
	log       *act.Log
	clock     *clock.Set
	portfolio *portfolio.Room
	room      *council.Room
	left      map[id.ID]calendar.Day // posts that nobody holds from that day on
	next      map[id.ID]bool         // posts that somebody else holds now
	codes     map[string]id.ID       // posts that the city knows by a code
	people    map[id.ID][]id.ID      // posts by who holds them, where somebody says so
	blobs     string                 // folder of the files of papers
	tops      map[id.ID]id.ID        // the post above another
}

const firstDay calendar.Day = "2018-01-08"

func forEachTown(t *testing.T, test func(*town)) {
	at := clock.At(firstDay.Clock(9, 0))
	dbtest.EachAt(t, at, func(t *testing.T, d *db.DB) {
		at.Move(firstDay.Clock(9, 0))
		test(newTown(t, d, at))
		acttest.Clean(t, d)
	})
}

func newTown(t testing.TB, d *db.DB, at *clock.Set) *town {
	c := &town{TB: t, ctx: context.Background(), db: d, clock: at, left: map[id.ID]calendar.Day{}, next: map[id.ID]bool{}, people: map[id.ID][]id.ID{}, codes: map[string]id.ID{}, tops: map[id.ID]id.ID{}}
	log := acttest.Log(t, d, portfolio.Verbs(), council.Verbs())
	c.log = log
	c.portfolio = portfolio.New(portfolio.Config{Log: log, Reads: d.Readers, Writer: d.Writer, Clock: at, Directory: c.directory(),
		Unbound:   func(tx *act.Tx, question id.ID) error { return c.room.Unbound(tx, question) },
		Published: func(tx *act.Tx, question, cause id.ID) error { return c.room.FollowPublished(tx, question, cause) },
		Barred:    func(tx *act.Tx, matter act.Ref) error { return c.room.Barred(tx, matter) },
		Bureau:    func(tx *act.Tx, committee id.ID) ([]id.ID, error) { return c.room.Bureau(tx, committee) },
		Withheld: func(ctx context.Context, v identity.Visitor) (map[id.ID]bool, error) {
			return c.room.WithheldMatters(ctx, v)
		}})
	c.blobs = t.TempDir()
	blobs, err := blob.Open(c.blobs)
	c.ok(err)
	c.room = council.New(council.Config{Log: log, Reads: d.Readers, Writer: d.Writer, Portfolio: c.portfolio, Directory: c.directory(),
		Blobs: blobs, Clock: at, Seats: council.Seats{Superior: func(_ context.Context, _ db.Querier, post id.ID, _ calendar.Day) (id.ID, error) {
			return c.tops[post], nil
		}}})
	return c
}

// holder is the holding through which a post is held; another one once somebody succeeded.
func (c *town) holder(post id.ID) id.ID {
	if c.next[post] {
		return "aff2-" + post
	}
	return "aff-" + post
}

// person is who holds a post, where somebody says so.
func (c *town) person(post id.ID) id.ID {
	for person, posts := range c.people {
		if slices.Contains(posts, post) {
			return person
		}
	}
	return ""
}

func (c *town) directory() portfolio.Directory {
	return portfolio.Directory{
		Posts: func(_ context.Context, _ db.Querier, posts []id.ID, day calendar.Day) (map[id.ID]portfolio.Post, error) {
			out := map[id.ID]portfolio.Post{}
			for _, p := range posts {
				if strings.HasPrefix(string(p), "p-") || strings.HasPrefix(string(p), "e-") {
					end, left := c.left[p]
					out[p] = portfolio.Post{ID: p, Code: string(p), Title: "Fonction " + string(p[2:]), Unit: "u-mission",
						Elected: p[0] == 'e', Held: !left || day.Before(end), Holder: c.holder(p), Person: c.person(p)}
				}
			}
			return out, nil
		},
		PostByCode: func(_ context.Context, _ db.Querier, code string, _ calendar.Day) (id.ID, error) {
			return c.codes[code], nil
		},
		HeldBy: func(_ context.Context, _ db.Querier, person id.ID, _ calendar.Day) ([]id.ID, error) {
			return c.people[person], nil
		},
		Units: func(_ context.Context, _ db.Querier, list []id.ID, _ calendar.Day) (map[id.ID]portfolio.Unit, error) {
			out := map[id.ID]portfolio.Unit{}
			for _, u := range list {
				if strings.HasPrefix(string(u), "u-") {
					out[u] = portfolio.Unit{ID: u, Code: strings.ToUpper(string(u[2:])), Name: "Direction " + string(u[2:])}
				}
			}
			return out, nil
		},
		SpeaksFor: func(context.Context, db.Querier, id.ID, id.ID, calendar.Day) (bool, error) { return true, nil },
	}
}

var (
	mission   = acttest.Agent("p-mission")
	president = acttest.Agent("e-maire")
	secretary = acttest.Agent("p-greffe")
	ann       = acttest.Agent("e-ann")
	ben       = acttest.Agent("e-ben")
	cleo      = acttest.Agent("e-cleo")
	anonymous = identity.Visitor{}
)

func inside(post id.ID) identity.Visitor {
	return identity.Visitor{Kind: identity.Agent, Account: "cpt-" + post, Posts: []identity.PostRef{{ID: post, Holder: "aff-" + post}}}
}

func must[T any](c testing.TB, fn func() (T, error)) T {
	c.Helper()
	v, err := fn()
	if err != nil {
		c.Fatal(err)
	}
	return v
}

func (c *town) ok(err error) {
	c.Helper()
	if err != nil {
		c.Fatal(err)
	}
}

// wants checks that err has the key; "" means no error.
func (c *town) wants(key string, err error) {
	c.Helper()
	if got := keyOf(err); got != key {
		c.Errorf("got %q (%v), want %q", got, err, key)
	}
}

func keyOf(err error) string {
	if err == nil {
		return ""
	}
	f, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return err.Error()
	}
	if f.Key == "council.form" && len(f.Fields) > 0 {
		return f.Fields[0].Name + ":" + f.Fields[0].Key
	}
	return f.Key
}

func errOf[T any](_ T, err error) error { return err }

// table is a committee with its seats, by post.
type table struct {
	council.Committee
	seats map[id.ID]council.Member
}

func rules() council.CommitteeForm {
	return council.CommitteeForm{Code: "COPIL", Kind: council.Copil, NameFR: "Comité de pilotage", NameEN: "Steering committee",
		Rules:  council.Rules{Quorum: council.HalfQuorum, Voting: council.Majority, Casting: true, Method: council.Show, PowersMax: 1, Notice: 7, LockDays: 3},
		Public: true}
}

// committee founds a committee with a president, three members, a deputy of Ann unless it is a council, a secretary and an
// advisory voice.
func (c *town) committee(edit ...func(*council.CommitteeForm)) table {
	c.Helper()
	f := rules()
	for _, e := range edit {
		e(&f)
	}
	t := table{must(c, func() (council.Committee, error) { return c.room.FoundCommittee(c.ctx, mission, f) }), map[id.ID]council.Member{}}
	c.seat(&t, "e-maire", council.President, "")
	c.seat(&t, "e-ann", council.Titular, "")
	c.seat(&t, "e-ben", council.Titular, "")
	c.seat(&t, "e-cleo", council.Titular, "")
	if f.Kind.Deputised() {
		c.seat(&t, "p-dep", council.Deputy, t.seats["e-ann"].ID)
	}
	c.seat(&t, "p-greffe", council.Secretary, "")
	c.seat(&t, "p-expert", council.Advisory, "")
	return t
}

func (c *town) seat(t *table, post id.ID, role council.Role, standsIn id.ID) {
	c.Helper()
	t.seats[post] = must(c, func() (council.Member, error) {
		return c.room.SeatMember(c.ctx, mission, council.SeatForm{Committee: t.ID, Post: post, Role: role, StandsIn: standsIn})
	})
}

func (c *town) prepare(t table, day calendar.Day) council.Meeting {
	c.Helper()
	return must(c, func() (council.Meeting, error) {
		return c.room.PrepareMeeting(c.ctx, mission, t.ID, council.MeetingForm{Day: day, Clock: "14:30", Place: "Salle du conseil"})
	})
}

func (c *town) item(m council.Meeting, title string, nature council.Nature) council.Item {
	c.Helper()
	return must(c, func() (council.Item, error) {
		return c.room.AddItem(c.ctx, secretary, m.ID, council.ItemForm{Nature: nature, Title: title, Summary: "Le dossier secret de " + title, OpenDoors: true})
	})
}

// convene calls a meeting and moves the clock to its hour.
func (c *town) convene(m council.Meeting) {
	c.Helper()
	c.stepped(c.room.ConveneMeeting(c.ctx, secretary, m.ID, c.meeting(m).Version, ""))
	c.clock.Move(m.Starts())
}

func (c *town) stepped(_ council.Meeting, err error) { c.Helper(); c.ok(err) }

func (c *town) meeting(m council.Meeting) council.Meeting {
	c.Helper()
	return must(c, func() (council.Meeting, error) { return c.room.Meeting(c.ctx, inside("p-mission"), string(m.ID)) })
}

func (c *town) arrive(t table, m council.Meeting, posts ...id.ID) {
	c.Helper()
	c.ok(c.room.Arrive(c.ctx, secretary, council.ArriveForm{Meeting: m.ID, Members: t.ids(posts...)}))
}

func (t table) ids(posts ...id.ID) []id.ID {
	var out []id.ID
	for _, p := range posts {
		out = append(out, t.seats[p].ID)
	}
	return out
}

// open convenes a meeting and opens it with everybody in the room.
func (c *town) open(t table, m council.Meeting, posts ...id.ID) {
	c.Helper()
	c.convene(m)
	if len(posts) == 0 {
		posts = []id.ID{"e-maire", "e-ann", "e-ben", "e-cleo", "p-greffe"}
	}
	c.arrive(t, m, posts...)
	c.begin(t, m)
}

// begin opens a meeting under the president of the committee; the secretary of a council is a member.
func (c *town) begin(t table, m council.Meeting) {
	c.Helper()
	keeps := id.ID("")
	if t.Kind == council.Council {
		keeps = "e-ben"
	}
	c.stepped(c.room.OpenMeeting(c.ctx, secretary, m.ID, c.meeting(m).Version, "", keeps))
}

func (c *town) file(v identity.Visitor, m council.Meeting) council.File {
	c.Helper()
	return must(c, func() (council.File, error) { return c.room.File(c.ctx, v, string(m.ID)) })
}

func (c *town) stored(i council.Item) council.ItemFile {
	c.Helper()
	f, ok := c.file(inside("p-mission"), council.Meeting{ID: i.Meeting}).Item(i.ID)
	if !ok {
		c.Fatal("the item is not in its meeting")
	}
	return f
}

func (c *town) vote(t table, i council.Item, choices map[id.ID]council.Choice) council.Ballot {
	c.Helper()
	return c.voteOn(t, i, "Adopter", choices)
}

func (c *town) voteOn(t table, i council.Item, motion string, choices map[id.ID]council.Choice) council.Ballot {
	c.Helper()
	b := must(c, func() (council.Ballot, error) {
		return c.room.OpenBallot(c.ctx, secretary, council.BallotForm{Item: i.ID, Motion: motion})
	})
	return must(c, func() (council.Ballot, error) {
		return c.room.CloseBallot(c.ctx, secretary, council.CloseForm{Ballot: b.ID, Voices: t.by(choices)})
	})
}

func (t table) by(choices map[id.ID]council.Choice) map[id.ID]council.Choice {
	out := map[id.ID]council.Choice{}
	for post, choice := range choices {
		out[t.seats[post].ID] = choice
	}
	return out
}

func answers() portfolio.Answers {
	return portfolio.Answers{Segments: []string{"residents"}, Places: []string{"centre"}, Motive: "Les essais ont réussi.", Basis: []string{"Règlement du comité"}}
}

// question is a question of the portfolio that waits.
func (c *town) question(edit ...func(*portfolio.AskForm)) portfolio.Arbitration {
	c.Helper()
	i := must(c, func() (portfolio.Initiative, error) {
		return c.portfolio.SignalInitiative(c.ctx, mission, portfolio.Signal{Brief: portfolio.Brief{Title: "Collecte guidée par capteurs",
			Problem: "Les corbeilles débordent.", Sufferer: "Les riverains", Origin: portfolio.Supply, OriginNote: "Une offre", Matter: "proprete", Places: []string{"centre"}}})
	})
	f := portfolio.AskForm{Initiative: i.ID, Case: portfolio.Case{Question: "Généraliser à toute la ville ?",
		Context: "Le contexte confidentiel.", Options: []portfolio.Option{{Label: "Généraliser"}, {Label: "Arrêter"}},
		Asked: []portfolio.AskedPost{{Post: "e-maire", Capacity: portfolio.Decides}}}}
	for _, e := range edit {
		e(&f)
	}
	return must(c, func() (portfolio.Arbitration, error) { return c.portfolio.AskArbitration(c.ctx, mission, f) })
}

func (c *town) words(lang string) *i18n.Printer {
	c.Helper()
	catalog := must(c, func() (*i18n.Catalog, error) { return i18n.Load(councilweb.Messages) })
	return catalog.Printer(lang)
}

func (c *town) pass(d time.Duration) { c.clock.Advance(d) }

// slowChecks is how many cases a property tries on PostgreSQL, where each takes ten times as long.
const slowChecks = "20"

func acttestAgent(post id.ID) act.Actor { return acttest.Agent(post) }
