package i18n_test

import (
	"errors"
	"math"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/money"

	"github.com/google/go-cmp/cmp"
)

func files(fr, en string) fstest.MapFS {
	return fstest.MapFS{"messages/fr.toml": {Data: []byte(fr)}, "messages/en.toml": {Data: []byte(en)}}
}

func load(t *testing.T, fr, en string) *i18n.Catalog {
	t.Helper()
	c, err := i18n.Load(files(fr, en))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func both(t *testing.T) (fr, en *i18n.Printer) {
	c := load(t, "", "")
	return c.Printer("fr"), c.Printer("en")
}

func equal(t *testing.T, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestFoundationsAreComplete(t *testing.T) {
	if found := i18n.Check(i18n.Messages); len(found) > 0 {
		t.Error(strings.Join(found, "\n"))
	}
}

func TestMessages(t *testing.T) {
	c := load(t, `
a.offer = "{unit} propose une part à {body} : {n} jours, {money}, {{tel quel}}"
a.late.one = "{n} part en retard"
a.late.many = "{n} de parts en retard"
a.late.other = "{n} parts en retard pour {unit}"
a.kind = "Genre : {kind}"
"kind.idea" = "idée"
a.why = "Pourquoi ? « Parce que »"`, `
a.offer = "{unit} offers a part"
a.kind = "{kind}"
kind.idea = "idea"`)
	p := c.Printer("fr-FR")
	equal(t, p.T("a.offer", "unit", "DVD", "body", "DASCO", "n", 12345, "money", money.Euros(1000)),
		"DVD propose une part à DASCO\u00a0: 12\u202f345 jours, 1\u202f000\u00a0€, {tel quel}")
	equal(t, p.N("a.late", 0), "0 part en retard")
	equal(t, p.N("a.late", 1), "1 part en retard")
	equal(t, p.N("a.late", 2, "unit", "DVD"), "2 parts en retard pour DVD")
	equal(t, p.N("a.late", 3_000_000), "3\u202f000\u202f000 de parts en retard")
	equal(t, p.T("a.kind", "kind", i18n.Key("kind.idea")), "Genre\u00a0: idée")
	equal(t, p.T("a.why"), "Pourquoi\u202f? «\u00a0Parce que\u00a0»")
	equal(t, p.T("a.none"), "⟦a.none⟧")
	equal(t, p.T("a.kind"), "Genre\u00a0: ⟦kind⟧")
	equal(t, p.N("a.none", 2), "⟦a.none.other⟧")
	equal(t, c.Printer("de").Lang(), "fr")
	if !p.Has("a.why") || c.Printer("en").Has("a.why") {
		t.Error("Has")
	}
}

func TestLoadRefuses(t *testing.T) {
	for name, fr := range map[string]string{
		"toml": "a =", "number": "a = 1", "open brace": `a = "{b"`, "closing brace": `a = "b}"`, "empty name": `a = "{}"`,
		"foundation key": `"fault.denied" = "x"`, "twice": "\"a.b\" = 'x'\n[a]\nb = 'y'",
	} {
		if _, err := i18n.Load(files(fr, "")); err == nil {
			t.Errorf("%s: loaded", name)
		}
	}
	if _, err := i18n.Load(files("a = 'x'", ""), files("a = 'y'", "")); err == nil {
		t.Error("a key of two packages: loaded")
	}
}

func TestCheckReports(t *testing.T) {
	got := i18n.Check(files(`
missing = "x"
names = "{a} {b}"
plural.one = "1"
plural.other = "{n}"
lonely.one = "x"
empty = " "
reason.other = "autre"
`, `
extra = "x"
names = "{a} {c}"
plural.one = "1"
plural.many = "m"
plural.other = "{n}"
lonely = "x"
empty = "x"
reason.other = "other"
`))
	want := []string{
		`en: missing: missing`, `en: plural: this language has no plural form "many"`, `fr: empty: empty`,
		`fr: extra: missing`, `fr: lonely: no plural form "other"`, `lonely: plural in one language only`,
		`names: placeholders differ: fr {a, b}, en {a, c}`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestNumbersAndMoney(t *testing.T) {
	fr, en := both(t)
	for _, c := range []struct{ got, want string }{
		{fr.Number(180000), "180\u202f000"}, {en.Number(180000), "180,000"}, {fr.Number(-1234567), "−1\u202f234\u202f567"},
		{fr.Number(999), "999"}, {fr.Number(1000), "1\u202f000"}, {fr.Number(-5), "−5"},
		{en.Number(math.MinInt64), "−9,223,372,036,854,775,808"},
		{fr.Money(money.Euros(180000)), "180\u202f000\u00a0€"}, {en.Money(money.Euros(180000)), "€180,000"},
		{fr.Money(money.Cents(123450)), "1\u202f234,50\u00a0€"}, {en.Money(money.Cents(-123405)), "−€1,234.05"},
		{fr.Money(money.Cents(-5)), "−0,05\u00a0€"}, {fr.MoneyExact(money.Euros(12)), "12,00\u00a0€"},
		{en.Money(money.Amount{Cents: 100, Currency: "CHF"}), "CHF\u00a01"}, {fr.Money(money.Amount{}), "0"},
		{fr.MoneyShort(money.Euros(180000)), "180\u00a0k€"}, {fr.MoneyShort(money.Euros(1_200_000)), "1,2\u00a0M€"},
		{en.MoneyShort(money.Euros(1_200_000)), "€1.2m"}, {fr.MoneyShort(money.Euros(9_994)), "9\u202f994\u00a0€"},
		{fr.MoneyShort(money.Euros(999_499)), "999\u00a0k€"}, {fr.MoneyShort(money.Euros(999_500)), "1\u00a0M€"},
		{fr.MoneyShort(money.Euros(-2_500_000_000)), "−2,5\u00a0Md€"},
		{fr.Percent(0.125, 1), "12,5\u202f%"}, {en.Percent(1, 0), "100%"}, {fr.Decimal(1234.5, -1), "1\u202f234,5"},
		{fr.Decimal(2, -1), "2"}, {fr.Decimal(math.NaN(), 2), "–"}, {fr.Bytes(1_234_567), "1,2\u00a0Mo"}, {en.Bytes(512), "512\u00a0B"},
	} {
		equal(t, c.got, c.want)
	}
}

func TestDates(t *testing.T) {
	fr, en := both(t)
	at := calendar.Day("2014-04-05").Clock(14, 5)
	for _, c := range []struct{ got, want string }{
		{fr.Day("2014-04-05"), "5 avril 2014"}, {en.Day("2014-04-05"), "5 April 2014"}, {fr.Day("2014-05-01"), "1er mai 2014"},
		{en.Day("2014-05-01"), "1 May 2014"}, {fr.Day(""), "date inconnue"}, {fr.Day(calendar.Forever), "sans date de fin"},
		{fr.DayShort("2014-04-05"), "05/04/2014"}, {fr.Weekday("2014-04-05"), "samedi 5 avril 2014"},
		{fr.Time(at), "5 avril 2014 à 14\u00a0h\u00a005"}, {en.Time(at), "5 April 2014 at 14:05"}, {fr.Time(time.Time{}), "date inconnue"},
		{fr.Value(calendar.Hour("09:00")), "9\u00a0h\u00a000"}, {en.Value(calendar.Hour("00:30")), "0:30"}, {fr.Value(calendar.Hour("")), ""},
		{fr.Fuzzy("2014"), "2014"}, {fr.Fuzzy("2014-Q2"), "2e trimestre 2014"}, {en.Fuzzy("2014-05"), "May 2014"}, {fr.Fuzzy("2014-05-06"), "6 mai 2014"},
		{fr.Period(calendar.Through("2014-04-01", "2014-06-30")), "du 1er avril au 30 juin 2014"},
		{fr.Period(calendar.Through("2014-04-05", "2014-04-06")), "du 5 au 6 avril 2014"},
		{en.Period(calendar.Through("2013-12-31", "2014-04-06")), "from 31 December 2013 to 6 April 2014"},
		{fr.Period(calendar.Since("2014-04-05")), "depuis le 5 avril 2014"}, {fr.Period(calendar.On("2014-04-05")), "le 5 avril 2014"},
		{fr.Period(calendar.Period{To: "2014-04-06"}), "jusqu’au 5 avril 2014"}, {fr.Period(calendar.Period{}), "sans limite de date"},
	} {
		equal(t, c.got, c.want)
	}
}

func TestAges(t *testing.T) {
	fr, en := both(t)
	for _, c := range []struct {
		a, b     calendar.Day
		inFrench string
	}{
		{"2014-04-05", "2016-03-05", "1 an et 11 mois"}, {"2014-04-05", "2014-04-08", "3 jours"}, {"2014-04-05", "2014-04-06", "1 jour"},
		{"2014-04-05", "2016-04-08", "2 ans"}, {"2014-04-05", "2014-06-07", "2 mois et 2 jours"},
		{"2014-04-05", "2015-05-20", "1 an et 1 mois"}, {"2014-04-05", "2014-04-05", "aujourd’hui"},
	} {
		equal(t, fr.Age(c.a, c.b), c.inFrench)
	}
	now := calendar.Day("2016-03-05").Clock(12, 0)
	equal(t, fr.Ago(calendar.Day("2014-04-05").Clock(12, 0), now), "1 an et 11 mois")
	equal(t, en.Ago(now.Add(-90*time.Minute), now), "1 hour")
	equal(t, fr.Ago(now.Add(-2*time.Minute), now), "2 minutes")
	equal(t, fr.Ago(now.Add(time.Hour), now), "moins d’une minute")
	equal(t, fr.List([]string{"a", "b", "c"}), "a, b et c")
	equal(t, en.ListOr([]string{"a", "b"}), "a or b")
	equal(t, fr.List(nil), "")
}

func TestErrorsTellPeopleOnlyWhatTheyMayKnow(t *testing.T) {
	fr, _ := both(t)
	equal(t, fr.Error(errors.New("dial tcp: secret")), fr.T("fault.internal"))
	equal(t, fr.Error(fault.New(fault.Invalid, "money.too_large")), "Ce montant est trop grand.")
	equal(t, fr.Field(fault.Field{Key: "calendar.day.impossible", Args: []any{"value", "31/02/2014"}}), "Le 31/02/2014 n’existe pas dans le calendrier.")
}

func TestPrintersAreSafeForConcurrentUse(t *testing.T) {
	fr, _ := both(t)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 100 {
				if fr.N("i18n.age.day", 3) != "3 jours" || fr.Day("2014-04-05") != "5 avril 2014" {
					t.Error("wrong under concurrency")
				}
			}
		})
	}
	wg.Wait()
}

func BenchmarkT(b *testing.B) {
	c, _ := i18n.Load()
	p := c.Printer("fr")
	b.ReportAllocs()
	for b.Loop() {
		p.T("i18n.list.and")
		p.T("money.currency_mismatch", "one", "EUR", "other", "CHF")
	}
}

func BenchmarkDay(b *testing.B) {
	c, _ := i18n.Load()
	p := c.Printer("fr")
	b.ReportAllocs()
	for b.Loop() {
		p.Day("2014-04-05")
	}
}
