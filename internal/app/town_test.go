package app

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/demo"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// home is the address of the towns of these tests; as a secure one it gets the strictest headers.
const home = "https://parvis.test"

// The people of the demonstration, by the beginning of the names that the sign-in page shows.
const (
	anonymous     = ""
	resident      = "Aminata Sow"
	mission       = "Sabine Lenoir"
	elsewhere     = "Sandrine Leclerc" // leads a directorate to which the parts of the tests were not offered
	stranger      = "Karim Saadi"      // leads a directorate that has nothing to do with the initiatives of the tests
	partner       = "Gilles Ferrand"   // leads the directorate that has not answered yet
	elected       = "Nadia Belkacem"
	administrator = "Claire Delmas"
	ethics        = "Agnès Thibault" // the ethics officer, whose opinion alone ends a recusal
)

// told keeps the folder of Valmont, told once for all the tests of this package.
var told = sync.OnceValues(func() (string, error) {
	folder, err := os.MkdirTemp(memory(), "parvis-app-test-")
	if err != nil {
		return "", err
	}
	dir := filepath.Join(folder, "valmont")
	a, err := Demonstrate(context.Background(), Demonstration{Dir: dir, City: "valmont", Listen: "parvis.test"}, quiet())
	if err != nil {
		return folder, err
	}
	return folder, errors.Join(keepSecrets(a), admit(a, stranger), sit(a), ready(a), a.Close())
})

// memory is the folder of files kept in memory, where a machine has one: these tests open a city hundreds of times, and
// what a disk keeps is proven elsewhere (test/loss).
func memory() string {
	const folder = "/dev/shm"
	if i, err := os.Stat(folder); err != nil || !i.IsDir() {
		return ""
	}
	return folder
}

// admit opens an account for somebody of the organisation whom the demonstration does not show.
func admit(a *App, name string) error {
	person, err := text(a, `SELECT id FROM powers_person_name WHERE given || ' ' || family = $1`, name)
	if err != nil {
		return err
	}
	_, err = a.Identity.Open(context.Background(), identity.NewAccount{Kind: identity.AgentAccount, Email: "karim.saadi@valmont.example",
		Name: name, Person: id.ID(person), Lang: "fr", Demo: true})
	return err
}

// texts are read once for all the cities of this package.
var texts = sync.OnceValues(func() (*i18n.Catalog, error) { return i18n.Load(Catalogues()...) })

func TestMain(m *testing.M) {
	code := m.Run()
	if folder, _ := told(); folder != "" {
		os.RemoveAll(folder)
	}
	os.Exit(code)
}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

// town is a city of a test's own, running in this process.
type town struct {
	*App
	t     testing.TB
	dir   string
	clock *clock.Set
	once  sync.Once
}

// close ends the city and removes it, before the test ends if it needs many.
func (w *town) close() {
	w.once.Do(func() {
		if err := errors.Join(w.Close(), os.RemoveAll(w.dir)); err != nil {
			w.t.Error(err)
		}
	})
}

// rest ends the city and leaves its folder to be copied.
func (w *town) rest() {
	w.t.Helper()
	w.once.Do(func() {
		if err := w.Close(); err != nil {
			w.t.Fatal(err)
		}
	})
}

// openValmont copies the demonstration city and opens it, at the moment where visitors arrive.
func openValmont(t testing.TB, edit ...func(*Config)) *town {
	t.Helper()
	folder, err := told()
	if err != nil {
		t.Fatal(err)
	}
	return openCopy(t, filepath.Join(folder, "valmont"), edit...)
}

// openCopy copies the city that is in a folder, which nothing has open, and opens the copy.
func openCopy(t testing.TB, from string, edit ...func(*Config)) *town {
	t.Helper()
	dir, err := os.MkdirTemp(filepath.Dir(from), "copy-")
	if err != nil {
		t.Fatal(err)
	}
	if err := copyTree(from, filepath.Join(dir, "city"), &meter{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return reopen(t, filepath.Join(dir, "city"), edit...)
}

// reopen opens the city that is in a folder.
func reopen(t testing.TB, dir string, edit ...func(*Config)) *town {
	t.Helper()
	c, err := ReadConfig(dir)
	if err != nil {
		t.Fatal(err)
	}
	hand := clock.At(demo.Opening())
	c.Demo, c.Origin, c.Clock = "valmont", home, hand
	for _, e := range edit {
		e(&c)
	}
	if c.catalog, err = texts(); err != nil {
		t.Fatal(err)
	}
	a, err := Open(context.Background(), c, quiet())
	if err != nil {
		t.Fatal(err)
	}
	w := &town{App: a, t: t, dir: dir, clock: hand}
	t.Cleanup(w.close)
	return w
}

// acts counts what is recorded.
func (w *town) acts() int64 {
	w.t.Helper()
	return one[int64](w, `SELECT COUNT(*) FROM act`)
}

// one reads one value.
func one[T any](w *town, sql string, args ...any) T {
	w.t.Helper()
	v, err := db.One(context.Background(), w.DB.Readers, db.Scalar[T], sql, args...)
	if err != nil {
		w.t.Fatalf("%s: %v", sql, err)
	}
	return v
}

// all reads one column.
func all(w *town, sql string, args ...any) []string {
	w.t.Helper()
	list, err := db.All(context.Background(), w.DB.Readers, db.Scalar[string], sql, args...)
	if err != nil {
		w.t.Fatalf("%s: %v", sql, err)
	}
	return list
}

// deliver carries facts to their consumers and letters into the folder mail/.
func (w *town) deliver() {
	w.t.Helper()
	if _, err := w.relay.Deliver(context.Background()); err != nil {
		w.t.Fatal(err)
	}
	for {
		n, err := w.workers.Work(context.Background())
		if err != nil {
			w.t.Fatal(err)
		}
		if n == 0 {
			return
		}
	}
}

// guest is somebody with a browser of their own.
type guest struct {
	town   *town
	client http.Client
}

// answer is what came back.
type answer struct {
	Status int
	Header http.Header
	Body   string
}

// holed tells whether a text is missing from the catalogues. A file of other bytes may hold the mark by chance.
func (a answer) holed() bool { return utf8.ValidString(a.Body) && strings.Contains(a.Body, "⟦") }

// leads is the address that an answer leads to.
func (a answer) leads() string { return a.Header.Get("Location") }

// handled lets a client speak to a handler without a network.
type handled struct{ http.Handler }

func (h handled) RoundTrip(r *http.Request) (*http.Response, error) {
	body := r.Body
	if body == nil {
		body = http.NoBody
	}
	in := httptest.NewRequest(r.Method, r.URL.String(), body)
	in.Header = r.Header
	in.RequestURI = r.URL.RequestURI()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, in)
	return w.Result(), nil
}

// visitor is somebody who has just arrived.
func (w *town) visitor() *guest {
	jar, _ := cookiejar.New(nil)
	return &guest{w, http.Client{Jar: jar, Transport: handled{w.Handler()},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

var entrance = regexp.MustCompile(`<button type="submit" name="account" value="([^"]+)"[^>]*>([^<]*)<`)

// enter signs in through the page on which visitors of the demonstration choose who they are.
func (w *town) enter(name string) *guest {
	w.t.Helper()
	g := w.visitor()
	if name == anonymous {
		return g
	}
	page := g.get("/fr/demonstration")
	for _, b := range entrance.FindAllStringSubmatch(page.Body, -1) {
		if strings.Contains(b[2], name) {
			if in := g.post("/fr/demonstration", url.Values{"account": {b[1]}}); in.Status != http.StatusSeeOther {
				w.t.Fatalf("%s cannot enter: %d %s", name, in.Status, in.Body)
			}
			return g
		}
	}
	w.t.Fatalf("the sign-in page does not show %s: %s", name, page.Body)
	return nil
}

var letterLink = regexp.MustCompile(`https://parvis\.test(/fr/connexion/lien\?token=[A-Za-z0-9_-]+)`)

// enterByLink signs in by the link of a letter alone, as an agent without a passkey does.
func (w *town) enterByLink(email string) *guest {
	w.t.Helper()
	g := w.visitor()
	g.post("/fr/connexion", url.Values{"email": {email}})
	w.deliver()
	for _, letter := range w.letters() {
		m := letterLink.FindStringSubmatch(letter)
		if m == nil || !strings.Contains(letter, email) {
			continue
		}
		address, _ := url.Parse(m[1])
		in := g.post(address.Path, address.Query())
		if in.Status != http.StatusSeeOther {
			w.t.Fatalf("the link of %s does not open: %d %s", email, in.Status, in.Body)
		}
		return g
	}
	w.t.Fatalf("no letter with a link was sent to %s", email)
	return nil
}

// get asks for a page. Time passes: nobody reads more pages a minute than the site lets them.
func (g *guest) get(path string) answer {
	g.town.clock.Advance(60 * time.Millisecond)
	return g.do(http.MethodGet, path, nil)
}

// post sends a form. A second passes: people do not send two at once.
func (g *guest) post(path string, form url.Values) answer {
	g.town.clock.Advance(time.Second)
	return g.do(http.MethodPost, path, form)
}

func (g *guest) do(method, path string, form url.Values) answer {
	t := g.town.t
	t.Helper()
	body, kind := encode(form)
	r, err := http.NewRequest(method, home+path, body)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	r.Header.Set("Accept", "text/html")
	if method == http.MethodPost {
		r.Header.Set("Content-Type", kind)
		r.Header.Set("Origin", home)
	}
	back, err := g.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	page, err := io.ReadAll(back.Body)
	if err != nil {
		t.Fatal(err)
	}
	if back.StatusCode == http.StatusTooManyRequests {
		t.Fatalf("%s: the test asks too often to see anything", path)
	}
	return answer{back.StatusCode, back.Header, string(page)}
}

// encode writes a form. A field "@name" is a file: its name on the first line, then what is in it.
func encode(form url.Values) (body io.Reader, kind string) {
	var b bytes.Buffer
	parts := multipart.NewWriter(&b)
	files := false
	for field, values := range form {
		if name, ok := strings.CutPrefix(field, "@"); ok {
			file, content, _ := strings.Cut(values[0], "\n")
			part, _ := parts.CreateFormFile(name, file)
			io.WriteString(part, content)
			files = true
			continue
		}
		for _, value := range values {
			parts.WriteField(field, value)
		}
	}
	if !files {
		return strings.NewReader(form.Encode()), "application/x-www-form-urlencoded"
	}
	parts.Close()
	return &b, parts.FormDataContentType()
}

// as is who holds an account of the demonstration, for the use cases that a test calls itself.
func (a *App) as(name string) (identity.Visitor, error) {
	ctx := context.Background()
	accounts, err := a.Identity.DemoAccounts(ctx)
	if err != nil {
		return identity.Visitor{}, err
	}
	for _, account := range accounts {
		if strings.HasPrefix(account.Name, name) {
			pass, err := a.Identity.EnterDemo(ctx, account.ID, identity.Client{}, "")
			if err != nil {
				return identity.Visitor{}, err
			}
			return a.Identity.Visitor(ctx, pass.Token)
		}
	}
	return identity.Visitor{}, errors.New("nobody is called " + name)
}

// post finds the post of a code.
func (w *town) postOf(code string) id.ID {
	return id.ID(one[string](w, `SELECT DISTINCT thing FROM powers_post WHERE code = $1`, code))
}
