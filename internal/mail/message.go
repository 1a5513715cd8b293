package mail

import (
	"net/mail"
	"net/url"
	"strings"
	"time"
	"unicode"

	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/i18n"
)

// Address is a mailbox and the name shown with it.
type Address struct {
	Name  string `json:"name,omitempty"`
	Email string `json:"email"`
}

// Message is what to say to one person.
type Message struct {
	To   Address
	Lang string // of the reader; "" is French
	Kind string // key of the catalogues: Kind.subject and Kind.body
	Args []any  // named arguments of both, as for i18n.Printer.T

	Rows        []Row        // what it is about, at a glance
	Items       []Item       // several things to say, in a digest
	Actions     []Action     // where to go; the first is the main one
	Attachments []Attachment // files, as an invitation
	Calendar    *calendar.Calendar

	After       time.Time // it leaves then, not before: quiet hours; zero: at once
	Unsubscribe string    // address of the page that ends such messages; "" for those that cannot be refused
	Thread      string    // id of the thing: mailboxes group the messages of one thread
	ReplyTo     string
}

// Row is a labelled value. Label is a catalogue key; Value is printed in the reader's language.
type Row struct {
	Label string
	Value any
}

// Item is one thing of a digest: Key is a catalogue key with Args, linked to URL.
type Item struct {
	Heading string // catalogue key of the group, "" for the same as before
	Key     string
	Args    []any
	URL     string
}

// Action is a link. Label is a catalogue key.
type Action struct {
	Label string
	Args  []any
	URL   string
}

// Attachment is a file that travels with a message.
type Attachment struct {
	Name  string `json:"name"`
	Media string `json:"media"`
	Body  []byte `json:"body"`
}

// maxAttached bounds what a message carries: most mail servers refuse 10 MB.
const maxAttached = 5 << 20

func (m Message) check() error {
	if err := m.To.check(); err != nil {
		return err
	}
	if m.ReplyTo != "" {
		if err := (Address{Email: m.ReplyTo}).check(); err != nil {
			return err
		}
	}
	for _, u := range m.links() {
		if !isLink(u) {
			return fault.New(fault.Internal, "mail.link", "url", u)
		}
	}
	return checkAttached(m.Attachments)
}

func (m Message) links() []string {
	var all []string
	for _, a := range m.Actions {
		all = append(all, a.URL)
	}
	for _, i := range m.Items {
		if i.URL != "" {
			all = append(all, i.URL)
		}
	}
	if m.Unsubscribe != "" {
		all = append(all, m.Unsubscribe)
	}
	return all
}

func isLink(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil &&
		!strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) || r == '<' || r == '>' })
}

func checkAttached(files []Attachment) error {
	total := 0
	for _, f := range files {
		total += len(f.Body)
		if f.Name == "" || hasControl(f.Name+f.Media) || strings.ContainsAny(f.Name, `/\"`) {
			return fault.New(fault.Internal, "mail.attachment", "name", f.Name)
		}
	}
	if total > maxAttached {
		return fault.New(fault.TooLarge, "mail.too_large", "limit", i18n.Bytes(maxAttached))
	}
	return nil
}

// check refuses whatever is not one mailbox (RFC 5321 §4.5.3.1 for the lengths), and names that
// could break a header.
func (a Address) check() error {
	refused := fault.New(fault.Invalid, "mail.address")
	parsed, err := mail.ParseAddress(a.Email)
	if err != nil || parsed.Address != a.Email || parsed.Name != "" || hasControl(a.Email+a.Name) {
		return refused
	}
	local, domain, _ := strings.Cut(a.Email, "@")
	if len(local) > 64 || len(domain) > 255 || strings.ContainsAny(a.Email, `"<>,; `) || strings.HasPrefix(domain, "[") {
		return refused
	}
	return nil
}

func hasControl(s string) bool { return strings.ContainsFunc(s, unicode.IsControl) }

// oneLine makes a header value of a text: what people typed in a title may hold a line break.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' }), " ")
}
