package council

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"path"
	"strings"

	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/tabular"
)

const (
	maxReturn  = 20 << 20 // bytes of a return file, and of the table in a ZIP
	maxReturns = 5000     // lines
)

// readReturn reads a return file in any of its forms.
func readReturn(data []byte) ([]Said, error) {
	if len(data) > maxReturn {
		return nil, fault.New(fault.TooLarge, "council.return.too_large")
	}
	if table, found, err := fromZIP(data); err != nil || found {
		if err != nil {
			return nil, err
		}
		data = table
	}
	if trimmed := bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\ufeff"))); len(trimmed) > 0 && (trimmed[0] == '[' || trimmed[0] == '{') {
		return fromReturnJSON(trimmed)
	}
	return fromTable(data)
}

// fromZIP takes retour.csv, retour.json or retour.xlsx out of an exchange file; a workbook is a ZIP too,
// and has none of them.
func fromZIP(data []byte) ([]byte, bool, error) {
	if !bytes.HasPrefix(data, []byte("PK")) {
		return nil, false, nil
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, false, fault.New(fault.Invalid, "council.return.unreadable")
	}
	var table []byte
	for _, f := range z.File {
		switch strings.ToLower(path.Base(f.Name)) {
		case "manifest.json":
			if err := knownVersion(f); err != nil {
				return nil, true, err
			}
		case "retour.csv", "retour.json", "retour.xlsx":
			if table != nil {
				return nil, true, fault.New(fault.Invalid, "council.return.two_tables")
			}
			if table, err = unpacked(f, maxReturn); err != nil {
				return nil, true, err
			}
		}
	}
	return table, table != nil, nil
}

// unpacked reads a file of an archive, up to a size: what it unpacks to is not what it says.
func unpacked(f *zip.File, limit int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, fault.New(fault.Invalid, "council.return.unreadable")
	}
	defer r.Close()
	body, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil || int64(len(body)) > limit {
		return nil, fault.New(fault.Invalid, "council.return.unreadable")
	}
	return body, nil
}

// knownVersion refuses a file of ours that a later Parvis made: its table may mean something else.
func knownVersion(f *zip.File) error {
	body, err := unpacked(f, maxReturn)
	if err != nil {
		return err
	}
	var m struct {
		Format  string `json:"format"`
		Version int    `json:"version"`
	}
	if json.Unmarshal(body, &m) == nil && m.Format == exchangeFormat && m.Version > ExchangeVersion {
		return fault.New(fault.Invalid, "council.return.version", "theirs", m.Version, "ours", ExchangeVersion)
	}
	return nil
}

func fromReturnJSON(data []byte) ([]Said, error) {
	if data[0] == '{' {
		data = append(append([]byte("["), data...), ']')
	}
	var all []Said
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&all); err != nil || len(all) > maxReturns {
		return nil, fault.New(fault.Invalid, "council.return.unreadable")
	}
	for _, s := range all {
		for _, day := range []string{string(s.SignedOn), string(s.TransmittedOn), string(s.ReceivedOn), string(s.NotifiedOn), string(s.PostedOn)} {
			if day != "" && !validDay(day) {
				return nil, fault.New(fault.Invalid, "calendar.day.format", "value", day)
			}
		}
	}
	return all, nil
}

// returnColumns are the columns of the table, under their names and those that town halls use.
func returnColumns() []tabular.Column {
	return []tabular.Column{
		{Field: "ref", Names: []string{"ref", "référence"}, Required: true, Filled: true},
		{Field: "digest", Names: []string{"digest", "empreinte", "sha256"}, Required: true, Filled: true},
		{Field: "number", Names: []string{"number", "numéro", "numéro de l'acte"}},
		{Field: "signed_on", Names: []string{"signed_on", "signé le", "date de signature"}},
		{Field: "transmitted_on", Names: []string{"transmitted_on", "transmis le", "date de transmission"}},
		{Field: "received_on", Names: []string{"received_on", "reçu le", "date de réception"}},
		{Field: "receipt", Names: []string{"receipt", "accusé de réception", "AR"}},
		{Field: "authority", Names: []string{"authority", "préfecture"}},
		{Field: "notified_on", Names: []string{"notified_on", "notifié le"}},
		{Field: "posted_on", Names: []string{"posted_on", "mis en ligne le", "date de publication"}},
		{Field: "url", Names: []string{"url", "adresse", "lien"}},
	}
}

func fromTable(data []byte) ([]Said, error) {
	limits := tabular.Usual()
	limits.File, limits.Rows = maxReturn, maxReturns
	book, err := tabular.Read(bytes.NewReader(data), limits)
	if err != nil {
		return nil, err
	}
	if len(book.Sheets) == 0 {
		return nil, fault.New(fault.Invalid, "council.return.empty")
	}
	t, err := book.Sheets[0].Bind(returnColumns()...)
	if err != nil {
		return nil, err
	}
	var all []Said
	for r := range t.Rows() {
		all = append(all, Said{Ref: r.Text("ref"), Digest: r.Text("digest"), Number: r.Text("number"), SignedOn: r.Day("signed_on"),
			TransmittedOn: r.Day("transmitted_on"), ReceivedOn: r.Day("received_on"), Receipt: r.Text("receipt"), Authority: r.Text("authority"),
			NotifiedOn: r.Day("notified_on"), PostedOn: r.Day("posted_on"), URL: r.Text("url")})
	}
	return all, t.Err()
}

func validDay(s string) bool { return calendar.Day(s).Valid() }
