package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// Security is how the connection to the mail server is protected.
type Security string

// The ways. Plain is for a relay on the same machine only.
const (
	StartTLS Security = "starttls" // mandatory: without it nothing is sent
	Implicit Security = "tls"      // TLS from the first byte, usually port 465
	Plain    Security = "plain"
)

// SMTP delivers through the city's mail server.
type SMTP struct {
	Host     string
	Port     int // 0: 587 for StartTLS, 465 for Implicit, 25 for Plain
	Username string
	Password string
	Security Security    // "" is StartTLS
	TLS      *tls.Config // nil: the system's authorities
}

// Check refuses a configuration that would send mails in clear over a network.
func (s SMTP) Check() error {
	if s.Security != Plain {
		return nil
	}
	if a, err := netip.ParseAddr(s.Host); s.Host == "localhost" || err == nil && a.IsLoopback() {
		return nil
	}
	return fmt.Errorf("mail: %s would receive mails in clear; use %s or %s", s.Host, StartTLS, Implicit)
}

// Send hands one message to the server.
func (s SMTP) Send(ctx context.Context, e Envelope) error {
	m, err := e.message()
	if err != nil {
		return err
	}
	c, err := s.client()
	if err != nil {
		return err
	}
	err = c.DialAndSendWithContext(ctx, m)
	if sent, ok := errors.AsType[*gomail.SendError](err); ok && !sent.IsTemp() && sent.ErrorCode() >= 500 {
		return fmt.Errorf("%w: %w", ErrRefused, err)
	}
	return err
}

func (s SMTP) client() (*gomail.Client, error) {
	if err := s.Check(); err != nil {
		return nil, err
	}
	options := []gomail.Option{gomail.WithTimeout(20 * time.Second)}
	port := 587
	switch s.Security {
	case Implicit:
		port = 465
		options = append(options, gomail.WithSSL())
	case Plain:
		port = 25
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	default:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if s.Port != 0 {
		port = s.Port
	}
	options = append(options, gomail.WithPort(port))
	if s.TLS != nil {
		options = append(options, gomail.WithTLSConfig(s.TLS))
	}
	if s.Username != "" {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(s.Username), gomail.WithPassword(s.Password))
	}
	return gomail.NewClient(s.Host, options...)
}

// Folder writes each message as a file "<id>.eml", for demonstrations and tests.
type Folder string

// Send writes one message under its own name, whole or not at all.
func (f Folder) Send(_ context.Context, e Envelope) error {
	b, err := e.Bytes()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(string(f), 0o700); err != nil {
		return err
	}
	name := filepath.Join(string(f), string(e.ID)+".eml")
	if err := os.WriteFile(name+".part", b, 0o600); err != nil {
		return err
	}
	return os.Rename(name+".part", name)
}
