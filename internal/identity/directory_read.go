package identity

import (
	"errors"
	"io"
	"math"
	"strconv"
	"strings"

	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/tabular"
)

// staffRow is one line of the file: a person holds a post.
type staffRow struct {
	Line                        int
	Matricule                   string
	Family, Given, Email        string // Email is folded
	Unit, Title                 string
	Quotity                     int64 // hundredths of full time; 0 when the file does not say
	From                        calendar.Day
	Last                        calendar.Day // last day held, included; "" open
	Ends                        bool         // the file has a column for the last day
	UnitAt, TitleAt, EmailAt    string       // places, for defects found later
	FromAt, MatriculeAt, NameAt string
}

func (r staffRow) name() string { return strings.TrimSpace(r.Given + " " + r.Family) }

var staffColumns = []tabular.Column{
	{Field: "matricule", Names: []string{"Matricule", "N° agent", "Numéro d'agent", "Employee number", "uid"}, Required: true, Filled: true},
	{Field: "family", Names: []string{"Nom", "Nom d'usage", "Last name", "Surname"}, Required: true, Filled: true},
	{Field: "given", Names: []string{"Prénom", "First name", "Given name"}},
	{Field: "email", Names: []string{"Courriel", "Adresse électronique", "Mél", "E-mail", "Mail", "Email"}},
	{Field: "unit", Names: []string{"Unité", "Entité", "Direction", "Service", "Unit", "Department"}, Required: true, Filled: true},
	{Field: "title", Names: []string{"Fonction", "Poste", "Emploi", "Post", "Position"}, Required: true, Filled: true},
	{Field: "quotity", Names: []string{"Quotité", "Temps de travail", "Working time", "FTE"}},
	{Field: "from", Names: []string{"Depuis", "Date de début", "Début", "Since", "From"}},
	{Field: "last", Names: []string{"Jusqu'à", "jusqu_a", "Date de fin", "Fin", "Until", "To"}},
}

// readDirectory reads the first sheet. Defects do not stop it: all are told at once.
func readDirectory(r io.Reader) ([]staffRow, []Defect, error) {
	book, err := tabular.Read(r, tabular.Usual())
	if err != nil {
		return nil, nil, err
	}
	if len(book.Sheets) == 0 {
		return nil, nil, fault.New(fault.Invalid, "identity.directory.empty")
	}
	table, err := book.Sheets[0].Bind(staffColumns...)
	if err != nil {
		return nil, nil, err
	}
	var rows []staffRow
	for record := range table.Rows() {
		rows = append(rows, readStaffRow(record, table.Has("last")))
	}
	if len(rows) == 0 {
		return nil, nil, fault.New(fault.Invalid, "identity.directory.empty")
	}
	return rows, defectsOf(table.Err()), nil
}

func readStaffRow(r *tabular.Record, ends bool) staffRow {
	row := staffRow{Line: r.Number(), Matricule: r.Text("matricule"), Family: r.Text("family"), Given: r.Text("given"),
		Unit: r.Text("unit"), Title: r.Text("title"), From: r.Day("from"), Last: r.Day("last"), Ends: ends,
		UnitAt: r.At("unit"), TitleAt: r.At("title"), EmailAt: r.At("email"), FromAt: r.At("from"), MatriculeAt: r.At("matricule"), NameAt: r.At("family")}
	if typed := r.Text("email"); typed != "" {
		folded, err := FoldEmail(typed)
		if err != nil {
			r.Fault("email", "identity.email.invalid")
		}
		row.Email = folded
	}
	row.Quotity = quotity(r)
	if row.Last.Before(row.From) {
		r.Fault("last", "identity.directory.ends_before")
	}
	return row
}

// quotity reads 80, "80 %" and 0,8: each is four fifths of full time.
func quotity(r *tabular.Record) int64 {
	typed := strings.Replace(strings.TrimSpace(strings.TrimSuffix(r.Text("quotity"), "%")), ",", ".", 1)
	if typed == "" {
		return 0
	}
	q, err := strconv.ParseFloat(typed, 64)
	if q > 0 && q <= 1 {
		q *= 100
	}
	if err != nil || !(q >= 1 && q <= 100) {
		r.Fault("quotity", "identity.directory.quotity")
		return 0
	}
	return int64(math.Round(q))
}

func defectsOf(err error) []Defect {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return nil
	}
	var list []Defect
	for _, field := range f.Fields {
		list = append(list, Defect{Place: field.Name, Key: field.Key, Args: field.Args})
	}
	return list
}
