package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// From an empty folder to the file of the steering committee, with nothing but the program: what a town hall does on
// its first day (issue, « Must show » 3). test/e2e/firstday.test.mjs prints the same page.
func TestFirstDay(t *testing.T) {
	folder := t.TempDir()
	city, book := filepath.Join(folder, "ville"), filepath.Join(folder, "ville.xlsx")
	origin := "http://" + freeAddress(t)
	parvis(t, "import", "--example", book)
	parvis(t, "init", city, "--name", "Ville d’essai", "--admin", "dsi@ville.example", "--origin", origin)
	if said := parvis(t, "import", "--dir", city, "--yes", book); !regexp.MustCompile(`: 40 à créer`).MatchString(said) {
		t.Errorf("the import says\n%s", said)
	}
	serveCity(t, city, strings.TrimPrefix(origin, "http://"))
	agent := enterByMail(t, city, origin, "agent2@valmont.example") // leads the mission
	page := read(t, agent, origin+"/fr/mur/dossier")
	for n := range 40 {
		if number := fmt.Sprintf("VAL-%02d", n+1); !strings.Contains(page, number) && !strings.Contains(page, exampleTitle(n)) {
			t.Errorf("the file lacks %s, %s", number, exampleTitle(n))
		}
	}
	if !strings.Contains(page, "Ville d’essai") || strings.Contains(page, "⟦") {
		t.Error("the file is not this city’s")
	}
	if outside := read(t, http.DefaultClient, origin+"/fr/mur/dossier"); strings.Contains(outside, exampleTitle(0)) {
		t.Error("whoever is not an agent reads the file")
	}
}

// exampleTitle is what the example calls its nth project.
func exampleTitle(n int) string {
	ideas := []string{"Bacs pleins signalés", "Éclairage à la demande", "Cours d’école fraîches", "Carrefours plus sûrs"}
	units := []string{"DPE", "DVD", "DSI", "DEVE", "DASCO", "DAC", "DJS", "DLH", "DFA", "DRH"}
	return fmt.Sprintf("%s (%s)", ideas[n/10], units[n%10])
}

// parvis runs a command that must succeed and tells what it said.
func parvis(t *testing.T, args ...string) string {
	t.Helper()
	var said strings.Builder
	if code := run(t.Context(), terminal{args, strings.NewReader(""), &said, &said, french}); code != exitDone {
		t.Fatalf("parvis %v ends with %d:\n%s", args, code, said.String())
	}
	return said.String()
}

func french(string) string { return "fr_FR.UTF-8" }

func freeAddress(t *testing.T) string {
	l, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// serveCity runs parvis serve until the test ends, and returns when it answers.
func serveCity(t *testing.T, dir, address string) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	out, said := io.Pipe()
	ended := make(chan int)
	go func() {
		ended <- run(ctx, terminal{[]string{"serve", "--dir", dir, "--addr", address}, strings.NewReader(""), said, io.Discard, french})
		said.Close()
	}()
	t.Cleanup(func() {
		stop()
		if code := <-ended; code != exitDone {
			t.Errorf("parvis serve ends with %d", code)
		}
	})
	line := make([]byte, 4096)
	if n, err := out.Read(line); err != nil || !strings.Contains(string(line[:n]), address) {
		t.Fatalf("parvis serve says %q, %v", line[:n], err)
	}
	go io.Copy(io.Discard, out)
}

var linkInMail = regexp.MustCompile(`/fr/connexion/lien\?token=[A-Za-z0-9_-]+`)

// enterByMail asks for a link, reads the letter that carries it, and presses its button.
func enterByMail(t *testing.T, dir, origin, email string) *http.Client {
	t.Helper()
	jar, _ := cookiejar.New(nil)
	c := &http.Client{Jar: jar}
	send(t, c, origin, "/fr/connexion", url.Values{"email": {email}})
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		letters, _ := filepath.Glob(filepath.Join(dir, "mail", "*.eml"))
		for _, l := range letters {
			raw, err := os.ReadFile(l)
			if err != nil {
				t.Fatal(err)
			}
			text := strings.NewReplacer("=\r\n", "", "=\n", "", "=3D", "=").Replace(string(raw))
			if link := linkInMail.FindString(text); link != "" && strings.Contains(text, email) {
				to, _ := url.Parse(link)
				send(t, c, origin, to.Path, to.Query())
				return c
			}
		}
	}
	t.Fatalf("no letter for %s", email)
	return nil
}

func send(t *testing.T, c *http.Client, origin, path string, form url.Values) {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, origin+path, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", origin)
	got, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	if got.StatusCode != http.StatusOK {
		body, _ := io.ReadAll(got.Body)
		t.Fatalf("%s: %s %s", path, got.Status, body)
	}
}

func read(t *testing.T, c *http.Client, address string) string {
	t.Helper()
	got, err := c.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	body, err := io.ReadAll(got.Body)
	if err != nil || got.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v", address, got.Status, err)
	}
	return string(body)
}
