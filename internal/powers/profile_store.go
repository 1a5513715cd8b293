package powers

import (
	"context"
	"slices"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// InForce is a profile during the days on which it is in force. Row is the statement.
type InForce struct {
	ID, Row id.ID
	Span
	Digest   string
	LegalAct string
	Code     string
	Edition  int64
}

var inForceColumns = "f.thing, f.id, " + spanColumns("f") + ", f.profile, f.legal_act"

func scanInForce(r db.Row) (f InForce, err error) {
	err = r.Scan(append(append([]any{&f.ID, &f.Row}, f.Span.into()...), &f.Digest, &f.LegalAct, &f.Code, &f.Edition)...)
	return f, err
}

func installations(tx *act.Tx) ([]InForce, error) {
	return db.All(tx.Context(), tx, scanInForce, `SELECT `+inForceColumns+`, '', 0 FROM powers_profile_force f
		WHERE `+stands("f")+` ORDER BY f.day_from, f.id`)
}

// Profiles lists the profiles that were, are or will be in force, as known at an instant, the first first.
func Profiles(ctx context.Context, q db.Querier, m Moment) ([]InForce, error) {
	return db.All(ctx, q, scanInForce, `SELECT `+inForceColumns+`, p.code, p.edition FROM powers_profile_force f
		JOIN powers_profile p ON p.id = f.profile
		WHERE f.recorded_at <= $1 AND f.ended_at > $1 ORDER BY f.day_from, f.id`, db.Micros(m.Known))
}

// forceSQL selects the digest of the profile in force at the moment whose parameters are numbered day and known.
func forceSQL(day, known int) string {
	return `SELECT f.profile FROM powers_profile_force f WHERE ` + at("f", day, known) + ` ORDER BY f.day_from DESC, f.id LIMIT 1`
}

var forceOnSQL = forceSQL(1, 2)

// forceOn gives the digest of the profile in force; "" when there is none.
func forceOn(ctx context.Context, q db.Querier, m Moment) (string, error) {
	digest, err := db.One(ctx, q, db.Scalar[string], forceOnSQL, m.args()...)
	if fault.KindOf(err) == fault.NotFound && err != nil {
		return "", nil
	}
	return digest, err
}

// anyProfile tells whether the city ever chose a profile that still stands.
func anyProfile(ctx context.Context, q db.Querier) (bool, error) {
	n, err := db.One(ctx, q, db.Scalar[int64], `SELECT COUNT(*) FROM powers_profile_force f WHERE `+stands("f"))
	return n > 0, err
}

// Document reads the text of a profile. Faults: NotFound powers.profile.unknown.
func Document(ctx context.Context, q db.Querier, digest string) ([]byte, error) {
	text, err := db.One(ctx, q, db.Scalar[string], `SELECT p.document FROM powers_profile p WHERE p.id = $1`, digest)
	if err != nil && fault.KindOf(err) == fault.NotFound {
		return nil, fault.New(fault.NotFound, "powers.profile.unknown")
	}
	return []byte(text), err
}

// StewardKind is the kind of the units that keep the portfolio under the profile in force; "" where none does for all of
// it, or where no profile is in force.
func StewardKind(ctx context.Context, q db.Querier, m Moment) (string, error) {
	digest, err := forceOn(ctx, q, m)
	if err != nil || digest == "" {
		return "", err
	}
	document, err := Document(ctx, q, digest)
	if err != nil {
		return "", err
	}
	profile, err := ParseProfile(document)
	if err != nil {
		return "", err
	}
	steward, _ := parseRole(profile.Steward)
	if !slices.Contains(UnitKinds, steward.arg) {
		return "", nil
	}
	return steward.arg, nil
}

func editionsOf(tx *act.Tx, code string, edition int64) ([]string, error) {
	return db.All(tx.Context(), tx, db.Scalar[string], `SELECT id FROM powers_profile WHERE code = $1 AND edition = $2 ORDER BY id`, code, edition)
}

func insertProfile(tx *act.Tx, p *Profile, document []byte) error {
	return tx.Exec(`INSERT INTO powers_profile (id, version, code, edition, document) VALUES ($1, 1, $2, $3, $4)`,
		p.Digest, p.Code, p.Edition, string(document))
}

// profileOn reads the profile in force without a cache; nil when there is none.
func profileOn(tx *act.Tx, m Moment) (*Profile, error) {
	digest, err := forceOn(tx.Context(), tx, m)
	if err != nil || digest == "" {
		return nil, err
	}
	document, err := Document(tx.Context(), tx, digest)
	if err != nil {
		return nil, err
	}
	return ParseProfile(document)
}

// LastVerified is the day on which a delegation was last recorded or revoked, or the register read against the
// arrêtés (VerifyDelegations): « délégations vérifiées le … ».
func LastVerified(ctx context.Context, q db.Querier, m Moment) (calendar.Day, error) {
	at, err := db.One(ctx, q, db.Scalar[int64],
		`SELECT COALESCE(MAX(x.at), 0) FROM (SELECT MAX(d.recorded_at) AS at FROM powers_delegation d WHERE d.recorded_at <= $1
		UNION ALL SELECT MAX(a.recorded_at) AS at FROM act a WHERE a.verb = $2 AND a.recorded_at <= $1) x`, db.Micros(m.Known), verbVerify)
	return calendar.DayOf(db.Instant(at)), err
}

func actExists(ctx context.Context, q db.Querier, a id.ID) (bool, error) {
	n, err := db.One(ctx, q, db.Scalar[int64], `SELECT COUNT(*) FROM act WHERE id = $1 AND actor_kind <> 'system'`, a)
	return n > 0, err
}
