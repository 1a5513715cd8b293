package mail

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"parvis/internal/id"
)

// Envelope is a message with everything a transport needs.
type Envelope struct {
	letter
	ID     id.ID
	From   Address
	At     time.Time
	domain string
}

// Recipient is the mailbox it goes to.
func (e Envelope) Recipient() Address { return e.To }

// message makes the MIME message (RFC 5322, 2045): alternatives of text and HTML, then attachments.
func (e Envelope) message() (*gomail.Msg, error) {
	m := gomail.NewMsg()
	if err := m.FromFormat(e.From.Name, e.From.Email); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	if err := m.AddToFormat(e.To.Name, e.To.Email); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	if e.ReplyTo != "" {
		if err := m.ReplyTo(e.ReplyTo); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrRefused, err)
		}
	}
	m.Subject(e.Subject)
	m.SetDateWithValue(e.At)
	m.SetMessageIDWithValue(string(e.ID) + "@" + e.domain)
	e.headers(m)
	m.SetBodyString(gomail.TypeTextPlain, e.Text)
	m.AddAlternativeString(gomail.TypeTextHTML, e.HTML)
	return m, e.attach(m)
}

// headers tell machines what this is: no automatic answer (RFC 3834), how to end it (RFC 2369, and
// RFC 8058: mail programs POST to that address), which thread it belongs to.
func (e Envelope) headers(m *gomail.Msg) {
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	m.SetGenHeader(gomail.HeaderXAutoResponseSuppress, "All")
	m.SetGenHeader(gomail.HeaderContentLang, e.Lang)
	if e.Unsubscribe != "" {
		m.SetGenHeaderPreformatted(gomail.HeaderListUnsubscribe, "<"+e.Unsubscribe+">")
		if strings.HasPrefix(e.Unsubscribe, "https:") {
			m.SetGenHeaderPreformatted(gomail.HeaderListUnsubscribePost, "List-Unsubscribe=One-Click")
		}
	}
	if e.Thread != "" {
		root := "<" + threadID(e.Thread) + "@" + e.domain + ">"
		m.SetGenHeaderPreformatted(gomail.HeaderReferences, root)
		m.SetGenHeaderPreformatted(gomail.HeaderInReplyTo, root)
	}
}

// threadID keeps of a thread's name what a Message-ID may hold.
func threadID(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '.' {
			return r
		}
		return '-'
	}, name)
}

func (e Envelope) attach(m *gomail.Msg) error {
	for _, a := range e.Attachments {
		err := m.AttachReader(a.Name, bytes.NewReader(a.Body), gomail.WithFileContentType(gomail.ContentType(a.Media)))
		if err != nil {
			return err
		}
	}
	return nil
}

// Bytes is the message as it travels.
func (e Envelope) Bytes() ([]byte, error) {
	m, err := e.message()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	_, err = m.WriteTo(&b)
	return b.Bytes(), err
}

func lastAt(email string) int { return strings.LastIndexByte(email, '@') }
