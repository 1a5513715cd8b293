package notify_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/job"
	"parvis/internal/mail"
	"parvis/internal/money"
	"parvis/internal/notify"

	"github.com/google/go-cmp/cmp"
)

// Monday 12 March 2018, 9:00 in Paris.
var monday = time.Date(2018, 3, 12, 8, 0, 0, 0, time.UTC)

var texts = fstest.MapFS{
	"fr.toml": {Data: []byte(strings.Join([]string{
		`"t.offered.subject" = "Une part : {name}"`, `"t.offered.body" = "Une part de {amount}."`, `"t.offered.item" = "Part dans {name}, {amount}"`, `"t.offered.label" = "Les parts proposées"`,
		`"t.news.subject" = "Du nouveau : {name}"`, `"t.news.body" = "Du nouveau dans {name}."`, `"t.news.item" = "Nouveau : {name}"`, `"t.news.label" = "Les nouvelles"`,
		`"t.summons.subject" = "Convocation"`, `"t.summons.body" = "Vous êtes convoquée."`, `"t.summons.item" = "Convocation du {name}"`, `"t.summons.label" = "Les convocations"`,
		`"t.wait" = "Vos parts"`, `"t.wait.item" = "Répondre pour {name}"`}, "\n"))},
	"en.toml": {Data: []byte(strings.Join([]string{
		`"t.offered.subject" = "A part: {name}"`, `"t.offered.body" = "A part of {amount}."`, `"t.offered.item" = "Part in {name}, {amount}"`, `"t.offered.label" = "Parts offered"`,
		`"t.news.subject" = "News: {name}"`, `"t.news.body" = "News in {name}."`, `"t.news.item" = "New: {name}"`, `"t.news.label" = "News"`,
		`"t.summons.subject" = "Summons"`, `"t.summons.body" = "You are summoned."`, `"t.summons.item" = "Summons of {name}"`, `"t.summons.label" = "Summonses"`,
		`"t.wait" = "Your parts"`, `"t.wait.item" = "Answer for {name}"`}, "\n"))},
}

var people = map[id.ID]notify.Person{
	"ada":  {Account: "ada", Name: "Ada", Email: "ada@valmont.example", Lang: "fr", Agent: true},
	"bob":  {Account: "bob", Name: "Bob", Email: "bob@valmont.example", Lang: "en", Agent: true},
	"cleo": {Account: "cleo", Name: "Cléo", Email: "cleo@habitants.example", Lang: "fr"},
	"mute": {Account: "mute", Name: "Sans adresse"},
}

func directory(_ context.Context, _ db.Querier, accounts []id.ID) ([]notify.Person, error) {
	var all []notify.Person
	for _, a := range accounts {
		if p, ok := people[a]; ok {
			all = append(all, p)
		}
	}
	return all, nil
}

// town is a notifier with its workers and a box in which mails arrive.
type town struct {
	t       *testing.T
	db      *db.DB
	clock   *clock.Set
	n       *notify.Notifier
	workers *job.Workers
	awaited []notify.Awaited
}

func each(t *testing.T, test func(t *testing.T, c *town)) {
	now := clock.At(monday)
	dbtest.EachAt(t, now, func(t *testing.T, d *db.DB) {
		now.Move(monday)
		test(t, newTown(t, d, now))
	})
}

func newTown(t *testing.T, d *db.DB, now *clock.Set) *town {
	t.Helper()
	catalog, err := i18n.Load(mail.Messages, notify.Messages, texts)
	if err != nil {
		t.Fatal(err)
	}
	mailer, err := mail.New(mail.Config{From: mail.Address{Email: "m@valmont.example"}, City: "Valmont", Site: "https://p.example"}, catalog)
	if err != nil {
		t.Fatal(err)
	}
	c := &town{t: t, db: d, clock: now}
	address := func(kind string) func(lang, token string) string {
		return func(lang, token string) string { return "https://p.example/" + lang + "/" + kind + "/" + token }
	}
	c.n, err = notify.New(notify.Config{Secret: []byte(strings.Repeat("s", 32)), Directory: directory, Mailer: mailer,
		Kinds: []notify.Kind{{Name: "t.offered", Agents: true, Default: notify.Now}, {Name: "t.news", Default: notify.Daily},
			{Name: "t.summons", Agents: true, Required: true, Default: notify.Now}},
		Links: notify.Links{End: address("end"), Confirm: address("confirm"), Awaited: func(string) string { return "https://p.example/todo" },
			Thing: func(_ string, about act.Ref) string {
				return "https://p.example/id/" + about.Type + "/" + string(about.ID)
			}},
		Sources: []notify.Source{func(context.Context, db.Querier, calendar.Day) ([]notify.Awaited, error) { return c.awaited, nil }},
	})
	if err != nil {
		t.Fatal(err)
	}
	if missing := c.n.Missing(catalog); len(missing) > 0 {
		t.Fatal(missing)
	}
	if c.workers, err = job.NewWorkers(d, now, 1, c.n.Jobs(d)...); err != nil {
		t.Fatal(err)
	}
	c.work() // from now on the periodic jobs have their turns
	return c
}

func (c *town) traffic(fn func(*db.Tx) error) {
	c.t.Helper()
	if err := c.db.Writer.Traffic(context.Background(), fn); err != nil {
		c.t.Fatal(err)
	}
}

func (c *town) tell(n notify.Notice) {
	c.t.Helper()
	c.traffic(func(tx *db.Tx) error { return c.n.Tell(tx, n) })
}

// letter is what a reader received.
type letter struct {
	To                         struct{ Email string } `json:"to"`
	Subject, Text, Unsubscribe string
	Attachments                []struct{ Name string }
}

// work does what is due and empties the box.
func (c *town) work() []letter {
	c.t.Helper()
	if _, err := c.workers.Work(context.Background()); err != nil {
		c.t.Fatal(err)
	}
	all, err := db.All(context.Background(), c.db.Readers, func(r db.Row) (l letter, err error) {
		var content string
		err = errors.Join(r.Scan(&content), json.Unmarshal([]byte(content), &l))
		l.Text = strings.ReplaceAll(l.Text, "\u00a0", " ")
		return l, err
	}, `SELECT content FROM mail_outbox ORDER BY recipient, id`)
	if err != nil {
		c.t.Fatal(err)
	}
	c.traffic(func(tx *db.Tx) error { return tx.Exec(`DELETE FROM mail_outbox`) })
	return all
}

func offered(to ...id.ID) notify.Notice {
	return notify.Notice{Kind: "t.offered", To: to, About: act.Ref{Type: "part", ID: "p1"}, Due: "2018-03-20",
		Args: []any{"name", "Collecte", "amount", money.Amount{Cents: 18000000, Currency: money.EUR}}}
}

func news(name string, to ...id.ID) notify.Notice {
	return notify.Notice{Kind: "t.news", To: to, About: act.Ref{Type: "initiative", ID: id.ID(name)}, Args: []any{"name", name}}
}

func recipients(all []letter) string {
	var names []string
	for _, l := range all {
		name, _, _ := strings.Cut(l.To.Email, "@")
		names = append(names, name)
	}
	return strings.Join(names, " ")
}

func TestAtOnceInTheReadersLanguageToWhomItConcerns(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		c.tell(offered("ada", "bob", "ada", "cleo", "mute", "nobody"))
		got := c.work()
		if recipients(got) != "ada bob" {
			t.Fatalf("told %s", recipients(got))
		}
		if got[0].Subject != "Une part\u00a0: Collecte" || got[1].Subject != "A part: Collecte" || !strings.Contains(got[1].Text, "€180,000") {
			t.Errorf("%+v", got)
		}
		if len(got[0].Attachments) != 1 || got[0].Unsubscribe == "" || !strings.Contains(got[0].Text, "https://p.example/id/part/p1") {
			t.Errorf("%+v", got[0])
		}
		if again := c.work(); len(again) > 0 {
			t.Errorf("told twice: %s", recipients(again))
		}
		inbox, err := c.n.Inbox(context.Background(), c.db.Readers, "ada")
		if err != nil || len(inbox) != 1 || inbox[0].Seen || inbox[0].Args[1] != "Collecte" {
			t.Errorf("inbox %+v, %v", inbox, err)
		}
		c.traffic(func(tx *db.Tx) error { return c.n.Seen(tx, "ada", inbox[0].Made) })
		if inbox, _ = c.n.Inbox(context.Background(), c.db.Readers, "ada"); !inbox[0].Seen {
			t.Error("not seen")
		}
	})
}

func TestGatheredOnceADayOrAWeek(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		c.traffic(func(tx *db.Tx) error { return c.n.Choose(tx, "bob", "t.news", notify.Weekly) })
		for _, name := range []string{"un", "deux", "un"} { // the second « un » stands for both
			c.tell(news(name, "cleo", "bob"))
		}
		c.clock.Advance(20 * time.Hour)
		if got := c.work(); len(got) > 0 {
			t.Errorf("too early: %s", recipients(got))
		}
		c.clock.Advance(3 * time.Hour) // Tuesday 8:00
		got := c.work()
		if recipients(got) != "cleo" || strings.Count(got[0].Text, "Nouveau : un") != 1 || strings.Count(got[0].Text, "Nouveau : deux") != 1 ||
			strings.Count(got[0].Text, "Les nouvelles") != 1 {
			t.Errorf("%+v", got)
		}
		c.clock.Advance(6 * 24 * time.Hour)
		if got := c.work(); recipients(got) != "bob" {
			t.Errorf("next Monday: %s", recipients(got))
		}
	})
}

func TestQuietHours(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		c.clock.Move(time.Date(2018, 3, 16, 20, 30, 0, 0, time.UTC)) // Friday 21:30 in Paris
		c.traffic(func(tx *db.Tx) error { return c.n.SetQuiet(tx, "bob", notify.Quiet{}) })
		c.tell(offered("ada", "bob"))
		if got := c.work(); recipients(got) != "bob" {
			t.Errorf("Friday night: %s", recipients(got))
		}
		c.clock.Move(time.Date(2018, 3, 18, 12, 0, 0, 0, time.UTC))
		if got := c.work(); len(got) > 0 {
			t.Errorf("Sunday: %s", recipients(got))
		}
		c.clock.Move(time.Date(2018, 3, 19, 6, 0, 1, 0, time.UTC)) // Monday 7:00:01
		if got := c.work(); recipients(got) != "ada" {
			t.Errorf("Monday morning: %s", recipients(got))
		}
		for _, bad := range []notify.Quiet{{From: -1}, {To: 24 * 60}} {
			err := c.db.Writer.Traffic(context.Background(), func(tx *db.Tx) error { return c.n.SetQuiet(tx, "bob", bad) })
			if fault.KindOf(err) != fault.Invalid {
				t.Errorf("%+v: %v", bad, err)
			}
		}
		quiet, err := c.n.Quiet(context.Background(), c.db.Readers, "ada", true)
		if err != nil || !quiet.Weekends {
			t.Errorf("%+v, %v", quiet, err)
		}
	})
}

func (c *town) end(token string) error {
	return c.db.Writer.Traffic(context.Background(), func(tx *db.Tx) error { return c.n.End(tx, token) })
}

func token(l letter) string { return l.Unsubscribe[strings.LastIndexByte(l.Unsubscribe, '/')+1:] }

func TestReadingALinkEndsNothingAndTheButtonDoes(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		ctx := context.Background()
		c.tell(offered("ada"))
		link := token(c.work()[0])
		for range 3 {
			if s, err := c.n.Read(ctx, c.db.Readers, link); err != nil || s.Kind != "t.offered" || s.Already {
				t.Fatalf("%+v, %v", s, err)
			}
		}
		c.tell(offered("ada"))
		if got := c.work(); len(got) != 1 {
			t.Fatal("reading ended the subscription")
		}
		for range 2 {
			if err := c.end(link); err != nil {
				t.Fatal(err)
			}
		}
		if s, err := c.n.Read(ctx, c.db.Readers, link); err != nil || !s.Already {
			t.Errorf("%+v, %v", s, err)
		}
		c.tell(offered("ada", "bob"))
		if got := c.work(); recipients(got) != "bob" {
			t.Errorf("told %s", recipients(got))
		}
	})
}

func TestTheLinkOfAGatheredMailEndsWhatIsGathered(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		c.tell(news("un", "ada"))
		c.clock.Advance(24 * time.Hour)
		if err := c.end(token(c.work()[0])); err != nil {
			t.Fatal(err)
		}
		choices, err := c.n.Choices(context.Background(), c.db.Readers, "ada", true)
		want := []notify.Choice{{"notify.waiting", notify.Weekly, notify.Weekly, []notify.Frequency{notify.Weekly, notify.Never}},
			{"t.news", notify.Never, notify.Daily, notify.Frequencies()}, {"t.offered", notify.Now, notify.Now, notify.Frequencies()},
			{"t.summons", notify.Now, notify.Now, []notify.Frequency{notify.Now, notify.Daily, notify.Weekly}}}
		if diff := cmp.Diff(want, choices); diff != "" || err != nil {
			t.Error(diff, err)
		}
		residents, _ := c.n.Choices(context.Background(), c.db.Readers, "cleo", false)
		if len(residents) != 1 || residents[0].Kind != "t.news" {
			t.Errorf("residents choose among %v", residents)
		}
	})
}

func TestNobodyCanMakeALinkForSomebodyElse(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		c.tell(offered("ada"))
		good := token(c.work()[0])
		payload, mac, _ := strings.Cut(good, ".")
		for _, bad := range []string{"", ".", good + "x", payload, payload + ".", "AAAA." + mac, strings.ToUpper(good), payload + "." + strings.Repeat("A", len(mac))} {
			if _, err := c.n.Read(context.Background(), c.db.Readers, bad); fault.KindOf(err) != fault.NotFound {
				t.Errorf("read %q: %v", bad, err)
			}
			if err := c.end(bad); fault.KindOf(err) != fault.NotFound {
				t.Errorf("end %q: %v", bad, err)
			}
		}
		if _, err := c.n.ReadConfirm(context.Background(), c.db.Readers, good); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a link that ends was taken for one that confirms: %v", err)
		}
	})
}

func TestCataloguesAgree(t *testing.T) {
	for _, problem := range i18n.Check(notify.Messages) {
		t.Error(problem)
	}
}
