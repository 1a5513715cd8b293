package fact

import (
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"time"

	"parvis/internal/db"
	"parvis/internal/id"
)

// Head is what is known of every fact, whatever it says.
type Head struct {
	Seq        int64 // place in the order of commit, from 1
	ID         id.ID
	Name       string // "portfolio.PartOfferedV1"
	Cause      id.ID  // the act recorded last in its transaction; "" when none was
	HappenedAt time.Time
	consumer   string
}

var factName = regexp.MustCompile(`^[a-z]+\.[A-Z]\w*V[1-9][0-9]*$`)

// nameOf is the package and the name of the struct, whose last letters must be its version.
func nameOf(t reflect.Type) (string, error) {
	pkg := t.PkgPath()
	name := strings.TrimSuffix(pkg[strings.LastIndexByte(pkg, '/')+1:], "_test") + "." + t.Name()
	if t.Kind() != reflect.Struct || !factName.MatchString(name) {
		return "", fmt.Errorf("fact: %v is not a struct named …V1", t)
	}
	return name, nil
}

// Insert adds a fact to the transaction that causes it. Within an act.Tx, the act recorded last is
// its cause.
func Insert(tx db.Transaction, f any) error {
	name, err := nameOf(reflect.TypeOf(f))
	if err != nil {
		return err
	}
	body, err := json.Marshal(f)
	if err != nil {
		return err
	}
	// The number comes from the table itself: closures are serial on both engines, and one that is
	// rolled back gives its number back. Prune keeps the last row for this reason.
	return tx.Exec(`INSERT INTO fact (seq, id, name, cause, happened_at, body)
		SELECT COALESCE(MAX(seq), 0) + 1, $1, $2, $3, $4, $5 FROM fact`,
		id.New(tx.Now()), name, causeOf(tx), db.Micros(tx.Now()), string(body))
}

func causeOf(tx db.Transaction) id.ID {
	if civic, ok := tx.(interface{ Acts() []id.ID }); ok {
		if acts := civic.Acts(); len(acts) > 0 {
			return acts[len(acts)-1]
		}
	}
	return ""
}
