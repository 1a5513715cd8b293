package mail_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	parvismail "parvis/internal/mail"
)

// server is an SMTP server of one conversation at a time (RFC 5321, STARTTLS of RFC 3207).
type server struct {
	listener net.Listener
	tls      *tls.Config // nil: no STARTTLS is offered
	refuse   string      // the answer to RCPT, "" to accept
	received chan string
}

func (s *server) serve() {
	for {
		c, err := s.listener.Accept()
		if err != nil {
			return
		}
		s.talk(c)
	}
}

func (s *server) talk(c net.Conn) {
	defer func() { c.Close() }()
	secure := false
	r := bufio.NewReader(c)
	say := func(line string) { c.Write([]byte(line + "\r\n")) }
	say("220 test")
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return
		}
		switch command, _, _ := strings.Cut(strings.ToUpper(strings.TrimSpace(line)), " "); {
		case command == "EHLO" && s.tls != nil && !secure:
			say("250-test\r\n250 STARTTLS")
		case command == "STARTTLS":
			say("220 go")
			c, secure = tls.Server(c, s.tls), true
			r = bufio.NewReader(c)
		case command == "RCPT" && s.refuse != "":
			say(s.refuse)
		case command == "DATA":
			say("354 go")
			s.received <- data(r)
			say("250 ok")
		case command == "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

func data(r *bufio.Reader) string {
	var b strings.Builder
	for {
		line, err := r.ReadString('\n')
		if err != nil || line == ".\r\n" {
			return b.String()
		}
		b.WriteString(line)
	}
}

func start(t *testing.T, withTLS bool, refuse string) (*server, parvismail.SMTP) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	s := &server{listener: l, refuse: refuse, received: make(chan string, 1)}
	_, portText, _ := net.SplitHostPort(l.Addr().String())
	port, _ := strconv.Atoi(portText)
	way := parvismail.SMTP{Host: "127.0.0.1", Port: port}
	if withTLS {
		borrowed := httptest.NewTLSServer(nil) // for its certificate
		t.Cleanup(borrowed.Close)
		s.tls = &tls.Config{Certificates: borrowed.TLS.Certificates}
		pool := x509.NewCertPool()
		pool.AddCert(borrowed.Certificate())
		way.TLS = &tls.Config{RootCAs: pool, ServerName: "example.com", MinVersion: tls.VersionTLS12}
	}
	go s.serve()
	return s, way
}

func letter(t *testing.T) parvismail.Envelope {
	t.Helper()
	e, err := mailer(t).Preview(offer())
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestSMTPDeliversOverTLS(t *testing.T) {
	s, way := start(t, true, "")
	if err := way.Send(context.Background(), letter(t)); err != nil {
		t.Fatal(err)
	}
	if got := <-s.received; !strings.Contains(got, "Auto-Submitted: auto-generated") {
		t.Errorf("received:\n%s", got)
	}
}

func TestSMTPSendsNothingInClearOverANetwork(t *testing.T) {
	_, way := start(t, false, "")
	if err := way.Send(context.Background(), letter(t)); err == nil {
		t.Error("a server without TLS was used")
	}
	_, way = start(t, true, "")
	way.TLS = &tls.Config{ServerName: "example.com"}
	if err := way.Send(context.Background(), letter(t)); err == nil {
		t.Error("a certificate that nobody vouches for was accepted")
	}
	if err := (parvismail.SMTP{Host: "mail.example.org", Security: parvismail.Plain}).Check(); err == nil {
		t.Error("plain mail to another machine was accepted")
	}
	s, way := start(t, false, "")
	way.Security = parvismail.Plain
	if err := way.Send(context.Background(), letter(t)); err != nil {
		t.Errorf("plain mail to this machine: %v", err)
	}
	<-s.received
}

func TestSMTPTellsARefusalForGoodFromADelay(t *testing.T) {
	for answer, forGood := range map[string]bool{"550 no such mailbox": true, "450 try later": false} {
		_, way := start(t, true, answer)
		err := way.Send(context.Background(), letter(t))
		if err == nil || errors.Is(err, parvismail.ErrRefused) != forGood {
			t.Errorf("%s: %v", answer, err)
		}
	}
}
