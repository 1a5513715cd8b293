package identity

import (
	"context"

	"parvis/internal/db"
	"parvis/internal/i18n"
	"parvis/internal/id"
)

// selectAccount joins what people gave with what the city decided.
const selectAccount = `SELECT a.id, a.kind, a.email, a.name, a.lang, a.person, a.matricule, a.demo, a.created_at,
	COALESCE(s.administrator, FALSE), COALESCE(s.disabled, FALSE), COALESCE(s.version, 0)
	FROM op_account a LEFT JOIN account_standing s ON s.id = a.id `

func scanAccount(r db.Row) (Account, error) {
	var a Account
	var created int64
	err := r.Scan(&a.ID, &a.Kind, &a.Email, &a.Name, &a.Lang, &a.Person, &a.Matricule, &a.Demo, &created,
		&a.Administrator, &a.Disabled, &a.Version)
	a.CreatedAt = db.Instant(created)
	return a, err
}

func accountByID(ctx context.Context, q db.Querier, account id.ID) (Account, error) {
	return db.One(ctx, q, scanAccount, selectAccount+`WHERE a.id = $1`, account)
}

func accountByEmail(ctx context.Context, q db.Querier, folded string) (Account, error) {
	return db.One(ctx, q, scanAccount, selectAccount+`WHERE a.email = $1 AND a.email <> ''`, folded)
}

func accountByPerson(ctx context.Context, q db.Querier, person id.ID) (Account, error) {
	return db.One(ctx, q, scanAccount, selectAccount+`WHERE a.person = $1 AND a.person <> ''`, person)
}

func accountByMatricule(ctx context.Context, q db.Querier, matricule string) (Account, error) {
	return db.One(ctx, q, scanAccount, selectAccount+`WHERE a.matricule = $1 AND a.matricule <> ''`, matricule)
}

// insertAccount tells false when an account with this person, matricule or e-mail exists.
func insertAccount(tx *db.Tx, a Account) (bool, error) {
	n, err := tx.Affected(`INSERT INTO op_account (id, kind, email, name, lang, person, matricule, demo, created_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9) ON CONFLICT DO NOTHING`,
		a.ID, string(a.Kind), a.Email, a.Name, a.Lang, a.Person, a.Matricule, a.Demo, db.Micros(a.CreatedAt))
	return n == 1, err
}

// DemoAccounts lists the demonstration accounts in the order they were opened.
func (i *Identity) DemoAccounts(ctx context.Context) ([]Account, error) {
	return db.All(ctx, i.cfg.Readers, scanAccount, selectAccount+`WHERE a.demo ORDER BY a.created_at, a.id`)
}

// AccountFilter narrows the list of accounts.
type AccountFilter struct {
	Text   string // found in the name, the e-mail or the matricule, folded
	Kind   AccountKind
	Only   string // "administrators", "disabled" or ""
	Offset int
	Limit  int
}

// Accounts lists the accounts that match, by name, and how many they are. The text is searched in
// folded names, which neither engine can do by itself; a city has tens of thousands of accounts.
func (i *Identity) Accounts(ctx context.Context, f AccountFilter) ([]Account, int, error) {
	all, err := db.All(ctx, i.cfg.Readers, scanAccount, selectAccount+`WHERE ($1 = '' OR a.kind = $1)
		AND ($2 <> 'administrators' OR COALESCE(s.administrator, FALSE)) AND ($2 <> 'disabled' OR COALESCE(s.disabled, FALSE))
		ORDER BY a.name, a.id`, string(f.Kind), f.Only)
	if err != nil {
		return nil, 0, err
	}
	found := matching(all, i18n.Fold(f.Text))
	from := min(f.Offset, len(found))
	return found[from:min(from+f.Limit, len(found))], len(found), nil
}

func savePreferences(tx *db.Tx, account id.ID, name, lang string) error {
	return tx.Exec(`UPDATE op_account SET name = $1, lang = $2 WHERE id = $3`, name, lang, account)
}
