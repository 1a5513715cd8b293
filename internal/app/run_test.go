package app

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// slowBody is a form of which the last byte comes when it is let go.
type slowBody struct {
	first io.Reader
	begun chan struct{}
	last  chan struct{}
	ended bool
}

func (b *slowBody) Read(p []byte) (int, error) {
	if n, err := b.first.Read(p); err != io.EOF {
		return n, nil
	}
	if b.ended {
		return 0, io.EOF
	}
	close(b.begun)
	<-b.last
	b.ended = true
	p[0] = '1'
	return 1, nil
}

// A request under way when the program is told to stop is finished, and what it recorded is in the
// public log before the program ends.
func TestARequestUnderWayIsFinished(t *testing.T) {
	w := openValmont(t)
	s, g := publicThings(w), w.enter(mission)
	before := w.acts()
	l, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- w.Run(ctx, l) }()

	form := "_form=milestone&label=Bilan&planned=2018-Q3&last="
	body := &slowBody{first: bytes.NewReader([]byte(form)), begun: make(chan struct{}), last: make(chan struct{})}
	r, err := http.NewRequest(http.MethodPost, "http://"+l.Addr().String()+"/fr/projets/"+s.initiative+"/dossier", body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", home)
	r.Header.Set("Expect", "100-continue") // so that the form leaves once its handler reads it
	u, _ := url.Parse(home + "/")
	for _, c := range g.client.Jar.Cookies(u) {
		r.AddCookie(c)
	}
	answered := make(chan answer, 1)
	go func() {
		back, err := (&http.Transport{ExpectContinueTimeout: time.Minute}).RoundTrip(r)
		if err != nil {
			t.Error(err)
			answered <- answer{}
			return
		}
		defer back.Body.Close()
		text, _ := io.ReadAll(back.Body)
		answered <- answer{back.StatusCode, back.Header, string(text)}
	}()
	<-body.begun
	stop()
	close(body.last)
	if got := <-answered; got.Status != http.StatusSeeOther {
		t.Fatalf("the request under way got %d %s", got.Status, excerpt(got.Body, "<h1"))
	}
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if got := w.acts(); got != before+1 {
		t.Errorf("%d acts, want %d", got, before+1)
	}
	size := one[int64](w, `SELECT MAX(size) FROM log_checkpoint`)
	if leaf := one[int64](w, `SELECT leaf FROM act WHERE verb = 'portfolio.milestone.set' ORDER BY recorded_at DESC, id DESC LIMIT 1`); leaf < 0 || leaf >= size {
		t.Errorf("the act is leaf %d of %d", leaf, size)
	}
	if leaves := one[int64](w, `SELECT COUNT(*) FROM log_leaf`); leaves != size {
		t.Errorf("the checkpoint covers %d of %d leaves", size, leaves)
	}
	if _, err := http.Get("http://" + l.Addr().String()); err == nil || !strings.Contains(err.Error(), "refused") {
		t.Errorf("it still listens: %v", err)
	}
}
