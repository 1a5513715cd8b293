package identity

import (
	"context"
	"encoding/json"

	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/powers"
)

const selectDirectory = `SELECT id, account, file, digest, day, created_at, applied_at, act,
	(SELECT COUNT(*) FROM op_directory_row r WHERE r.directory = op_directory.id) FROM op_directory `

func scanDirectory(r db.Row) (Directory, error) {
	var d Directory
	var created, applied int64
	err := r.Scan(&d.ID, &d.Account, &d.File, &d.Digest, &d.Day, &created, &applied, &d.Act, &d.Rows)
	d.CreatedAt, d.AppliedAt = db.Instant(created), db.Instant(applied)
	return d, err
}

func keepDirectory(tx *db.Tx, d Directory, rows []staffRow, defects []Defect) error {
	err := tx.Exec(`INSERT INTO op_directory (id, account, file, digest, day, created_at, applied_at, act) VALUES ($1,$2,$3,$4,$5,$6,0,'')`,
		d.ID, d.Account, d.File, d.Digest, string(d.Day), db.Micros(d.CreatedAt))
	if err != nil {
		return err
	}
	for _, r := range rows {
		data, err := json.Marshal(r)
		if err != nil {
			return err
		}
		if err := tx.Exec(`INSERT INTO op_directory_row (directory, line, data) VALUES ($1,$2,$3)`, d.ID, int64(r.Line), string(data)); err != nil {
			return err
		}
	}
	for n, f := range defects {
		args, err := json.Marshal(f.Args)
		if err != nil {
			return err
		}
		err = tx.Exec(`INSERT INTO op_directory_defect (directory, n, place, key, args) VALUES ($1,$2,$3,$4,$5)`, d.ID, int64(n), f.Place, f.Key, string(args))
		if err != nil {
			return err
		}
	}
	return nil
}

// forgetRows forgets the lines of a file: they are personal data that has served.
func forgetRows(tx *db.Tx, directory id.ID) error {
	if err := tx.Exec(`DELETE FROM op_directory_defect WHERE directory = $1`, directory); err != nil {
		return err
	}
	return tx.Exec(`DELETE FROM op_directory_row WHERE directory = $1`, directory)
}

// sweepDirectories forgets the files that were read and not applied.
func sweepDirectories(tx *db.Tx) error {
	old, err := db.All(tx.Context(), tx, db.Scalar[id.ID], `DELETE FROM op_directory WHERE applied_at = 0 AND created_at <= $1 RETURNING id`,
		db.Micros(tx.Now().Add(-directoryFor)))
	for _, d := range old {
		if err := forgetRows(tx, d); err != nil {
			return err
		}
	}
	return err
}

func directoryRows(ctx context.Context, q db.Querier, directory id.ID) ([]staffRow, error) {
	scan := func(r db.Row) (row staffRow, err error) {
		var data string
		if err = r.Scan(&data); err == nil {
			err = json.Unmarshal([]byte(data), &row)
		}
		return row, err
	}
	return db.All(ctx, q, scan, `SELECT data FROM op_directory_row WHERE directory = $1 ORDER BY line`, directory)
}

func directoryDefects(ctx context.Context, q db.Querier, directory id.ID) ([]Defect, error) {
	scan := func(r db.Row) (f Defect, err error) {
		var args string
		if err = r.Scan(&f.Place, &f.Key, &args); err == nil {
			err = json.Unmarshal([]byte(args), &f.Args)
		}
		return f, err
	}
	return db.All(ctx, q, scan, `SELECT place, key, args FROM op_directory_defect WHERE directory = $1 ORDER BY n`, directory)
}

// readStaff reads the organisation as it stands on a day, with the holdings that ended after since.
func readStaff(ctx context.Context, q db.Querier, day, since calendar.Day) (staff, error) {
	s := staff{units: map[string][]powers.RosterUnit{}, unitOf: map[id.ID]powers.RosterUnit{}, seats: map[id.ID][]powers.RosterSeat{},
		codes: map[string]bool{}, people: map[string]powers.RosterPerson{}, personOf: map[id.ID]powers.RosterPerson{},
		held: map[id.ID][]powers.RosterSeat{}, accounts: map[id.ID]Account{}, owners: map[string]Account{}}
	units, err := powers.RosterUnits(ctx, q, day)
	if err != nil {
		return s, err
	}
	s.indexUnits(units)
	people, err := powers.RosterPeople(ctx, q)
	if err != nil {
		return s, err
	}
	for _, p := range people {
		s.people[p.Matricule], s.personOf[p.ID] = p, p
	}
	seats, err := powers.RosterSeats(ctx, q, day, since)
	if err != nil {
		return s, err
	}
	s.indexSeats(seats, day)
	accounts, err := db.All(ctx, q, scanAccount, selectAccount+`ORDER BY a.id`)
	for _, a := range accounts {
		if a.Person != "" {
			s.accounts[a.Person] = a
		}
		if a.Email != "" {
			s.owners[a.Email] = a
		}
	}
	return s, err
}

func (s *staff) indexUnits(units []powers.RosterUnit) {
	for _, u := range units {
		s.unitOf[u.ID] = u
		seen := map[string]bool{"": true}
		for _, name := range []string{u.Code, u.Name, u.Short} {
			if key := i18n.Fold(name); !seen[key] {
				seen[key] = true
				s.units[key] = append(s.units[key], u)
			}
		}
	}
}

// indexSeats keeps apart the affectations, running or to come, of persons whom the directory knows.
func (s *staff) indexSeats(seats []powers.RosterSeat, day calendar.Day) {
	for _, seat := range seats {
		s.seats[seat.Unit] = append(s.seats[seat.Unit], seat)
		s.codes[seat.Code] = true
		if _, known := s.personOf[seat.Person]; known && seat.Nature == powers.Affectation && day < seat.To {
			s.held[seat.Person] = append(s.held[seat.Person], seat)
		}
	}
}

// saveAddress gives the account of a person an address and a name, or opens it.
func saveAddress(tx *db.Tx, person id.ID, matricule, name, email string) error {
	a, err := accountByPerson(tx.Context(), tx, person)
	if fault.KindOf(err) == fault.NotFound {
		_, err = OpenAccount(tx, NewAccount{Kind: AgentAccount, Email: email, Name: name, Person: person, Matricule: matricule})
		return err
	}
	if err != nil {
		return err
	}
	if email == "" {
		email = a.Email
	}
	return tx.Exec(`UPDATE op_account SET name = $1, email = $2, matricule = $3 WHERE id = $4`, name, email, matricule, a.ID)
}

func directoryByID(ctx context.Context, q db.Querier, directory id.ID) (Directory, error) {
	return db.One(ctx, q, scanDirectory, selectDirectory+`WHERE id = $1`, directory)
}

func latestDirectories(ctx context.Context, q db.Querier) ([]Directory, error) {
	return db.All(ctx, q, scanDirectory, selectDirectory+`ORDER BY created_at DESC, id LIMIT 20`)
}

// dropDirectory forgets a file; false when it was applied, or is no more.
func dropDirectory(tx *db.Tx, directory id.ID) (bool, error) {
	n, err := tx.Affected(`DELETE FROM op_directory WHERE id = $1 AND applied_at = 0`, directory)
	if err != nil || n == 0 {
		return false, err
	}
	return true, forgetRows(tx, directory)
}

// markApplied keeps the trace of a file and forgets its lines.
func markApplied(tx *db.Tx, directory, act id.ID) error {
	if err := forgetRows(tx, directory); err != nil {
		return err
	}
	return tx.Exec(`UPDATE op_directory SET applied_at = $1, act = $2 WHERE id = $3`, db.Micros(tx.Now()), act, directory)
}
