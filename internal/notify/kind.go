package notify

import (
	"context"
	"fmt"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/mail"
)

// Frequency is how often somebody wants to hear of a kind of thing.
type Frequency string

// The frequencies.
const (
	Now    Frequency = "now"
	Daily  Frequency = "daily"
	Weekly Frequency = "weekly"
	Never  Frequency = "never"
)

// Frequencies lists them for a form; each has a text notify.frequency.<name>.
func Frequencies() []Frequency { return []Frequency{Now, Daily, Weekly, Never} }

// Kind is a kind of notice, declared by its room. Its name is the key of its texts: name.subject and
// name.body for the mail, name.item for a line of a gathered one, name.label for the page of choices.
type Kind struct {
	Name    string // room.thing_happened
	Agents  bool   // only agents can be told of it; else it is offered to everybody
	Default Frequency
	// Required kinds may wait for a digest and are never switched off: what the law, or a decision, needs to have
	// been brought to somebody's attention.
	Required bool
}

// Offers lists the frequencies among which a reader of the kind may choose.
func (k Kind) Offers() []Frequency {
	switch {
	case k.Name == Waiting:
		return []Frequency{Weekly, Never}
	case k.Required:
		return []Frequency{Now, Daily, Weekly}
	}
	return Frequencies()
}

// Waiting is a kind that every city has: « ce qui vous attend », weekly.
const Waiting = "notify.waiting"

// followed is the kind of what followers without an account are told: they follow or they do not.
const followed = "notify.followed"

// Notice is something to tell people.
type Notice struct {
	Kind      string
	To        []id.ID // accounts
	Followers bool    // and whoever follows About
	About     act.Ref // the thing: its permanent address is the link
	Args      []any   // named arguments of the texts: texts, whole numbers, i18n.Key, Day, Amount, instants
	Due       calendar.Day
}

// Person is what must be known of an account to write to it.
type Person struct {
	Account id.ID
	Name    string
	Email   string // "" when it has none: nothing is sent
	Lang    string
	Agent   bool
}

// Directory finds persons by their accounts; those it does not know are left out.
type Directory func(ctx context.Context, q db.Querier, accounts []id.ID) ([]Person, error)

// Awaited is one thing that waits for somebody, in a room's own words.
type Awaited struct {
	Account id.ID
	Heading string // catalogue key of the group: « Vos parts à confirmer »
	Key     string // catalogue key of the line
	Args    []any
	About   act.Ref
}

// Source lists what waits in a room on a day, for everybody, grouped as it should be read.
type Source func(ctx context.Context, q db.Querier, day calendar.Day) ([]Awaited, error)

// Links makes the addresses that messages show, complete and in the reader's language.
type Links struct {
	Thing   func(lang string, about act.Ref) string // the page of a thing
	Awaited func(lang string) string                // the page of what awaits an agent
	End     func(lang, token string) string         // GET shows what would end, POST ends it
	Confirm func(lang, token string) string         // GET shows a button, POST confirms
}

// Config is what the notifier needs of the rest.
type Config struct {
	Links     Links
	Secret    []byte // signs the links that end a subscription; at least 32 bytes, kept with the city's keys
	Kinds     []Kind
	Sources   []Source
	Directory Directory
	Mailer    *mail.Mailer
}

// Notifier tells people what concerns them.
type Notifier struct {
	config Config
	kinds  map[string]Kind
}

// New makes the notifier of a city; a kind declared twice or a short secret is a defect of the program.
func New(c Config) (*Notifier, error) {
	n := &Notifier{config: c, kinds: map[string]Kind{}}
	own := []Kind{{Name: Waiting, Agents: true, Default: Weekly}}
	for _, k := range append(own, c.Kinds...) {
		if _, twice := n.kinds[k.Name]; twice || k.Name == "" || !known(k.Default) {
			return nil, fmt.Errorf("notify: kind %q is declared twice or badly", k.Name)
		}
		n.kinds[k.Name] = k
	}
	if len(c.Secret) < 32 || c.Directory == nil || c.Mailer == nil {
		return nil, fmt.Errorf("notify: the secret is too short, or the directory or mailer is missing")
	}
	return n, nil
}

func known(f Frequency) bool {
	return f == Now || f == Daily || f == Weekly || f == Never
}
