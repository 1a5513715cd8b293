package identity

import (
	"context"
	"strings"
	"time"

	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// AccountKind tells residents from the people of the directory.
type AccountKind string

// The kinds of accounts. What an agent may do comes from the posts held, not from the account.
const (
	ResidentAccount AccountKind = "resident"
	AgentAccount    AccountKind = "agent"
)

// Account is how a person signs in.
type Account struct {
	ID            id.ID
	Kind          AccountKind
	Email         string // folded; "" when none
	Name          string
	Lang          string
	Person        id.ID
	Matricule     string
	Demo          bool
	Administrator bool
	Disabled      bool
	CreatedAt     time.Time
	Version       int64 // of the decisions about it; 0 when none was taken
}

// NewAccount is what is said of an account to open.
type NewAccount struct {
	Kind      AccountKind
	Email     string
	Name      string
	Lang      string
	Person    id.ID
	Matricule string
	Demo      bool
}

const maxName = 120

// clean folds and checks what was typed. Faults: Invalid on email or name.
func (n *NewAccount) clean() error {
	refused := fault.New(fault.Invalid, "identity.account.invalid")
	n.Name = strings.Join(strings.Fields(n.Name), " ")
	if n.Name == "" {
		refused.At("name", "identity.name.missing")
	} else if len([]rune(n.Name)) > maxName {
		refused.At("name", "identity.name.long", "max", maxName)
	}
	if n.Email != "" || n.Kind == ResidentAccount {
		folded, err := FoldEmail(n.Email)
		if err != nil {
			refused.At("email", "identity.email.invalid")
		}
		n.Email = folded
	}
	return refused.OrNil()
}

// OpenAccount opens an account inside a transaction: the one of the seed, of an import, of a link.
// Faults: Invalid; Conflict identity.account.email_taken, identity.account.taken.
func OpenAccount(tx *db.Tx, n NewAccount) (Account, error) {
	if err := n.clean(); err != nil {
		return Account{}, err
	}
	if n.Email != "" {
		if _, err := accountByEmail(tx.Context(), tx, n.Email); err == nil {
			return Account{}, fault.New(fault.Conflict, "identity.account.email_taken")
		}
	}
	a := Account{ID: id.New(tx.Now()), Kind: n.Kind, Email: n.Email, Name: n.Name, Lang: n.Lang, Person: n.Person,
		Matricule: n.Matricule, Demo: n.Demo, CreatedAt: tx.Now()}
	made, err := insertAccount(tx, a)
	if err == nil && !made {
		err = fault.New(fault.Conflict, "identity.account.taken")
	}
	return a, err
}

// Open opens an account by itself, for commands and seeds.
func (i *Identity) Open(ctx context.Context, n NewAccount) (a Account, err error) {
	err = i.traffic(ctx, Client{}, func(tx *db.Tx, j *journal) error {
		a, err = OpenAccount(tx, n)
		j.note(Registered, a.ID, "", "command")
		return err
	})
	return a, err
}

// Account reads one account.
func (i *Identity) Account(ctx context.Context, account id.ID) (Account, error) {
	return accountByID(ctx, i.cfg.Readers, account)
}

// AccountIn finds an account inside a transaction.
func (i *Identity) AccountIn(ctx context.Context, q db.Querier, account id.ID) (Account, error) {
	return accountByID(ctx, q, account)
}

// AccountOfPerson finds the account of a person of the powers: to whom a notice is sent.
func (i *Identity) AccountOfPerson(ctx context.Context, q db.Querier, person id.ID) (Account, error) {
	return accountByPerson(ctx, q, person)
}

// Preferences changes the name under which a resident appears and the language; the name of an agent
// comes from the directory.
func (i *Identity) Preferences(ctx context.Context, v Visitor, name, lang string) error {
	if lang != "" && lang != "fr" && lang != "en" {
		return fault.New(fault.Invalid, "identity.account.invalid").At("lang", "identity.lang.invalid")
	}
	return i.traffic(ctx, Client{}, func(tx *db.Tx, _ *journal) error {
		a, err := accountByID(tx.Context(), tx, v.Account)
		if err != nil {
			return err
		}
		n := NewAccount{Kind: a.Kind, Email: a.Email, Name: a.Name}
		if a.Kind == ResidentAccount {
			n.Name = name
		}
		if err := n.clean(); err != nil {
			return err
		}
		return savePreferences(tx, v.Account, n.Name, lang)
	})
}

// PostsToday lists the posts that a person holds today.
func (i *Identity) PostsToday(ctx context.Context, person id.ID) ([]PostRef, error) {
	if person == "" || i.cfg.Posts == nil {
		return nil, nil
	}
	return i.cfg.Posts(ctx, person, calendar.DayOf(i.cfg.Clock.Now()))
}
