package tabular_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"parvis/internal/tabular"
)

// TestRealFiles reads the CSV files of open data portals, from the folder PARVIS_OPENDATA, and expects the
// records that the standard library finds once it is told the separator.
func TestRealFiles(t *testing.T) {
	dir := os.Getenv("PARVIS_OPENDATA")
	if dir == "" {
		t.Skip("PARVIS_OPENDATA is not set")
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.csv"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		check(t, err)
		book, err := tabular.Read(bytes.NewReader(data), tabular.Usual())
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
		header, _, _ := strings.Cut(string(data), "\n")
		if strings.Count(header, ";") > strings.Count(header, ",") {
			r.Comma = ';'
		}
		r.FieldsPerRecord = -1
		records, err := r.ReadAll()
		check(t, err)
		records = slices.DeleteFunc(records, func(fields []string) bool { return strings.TrimSpace(strings.Join(fields, "")) == "" })
		got := book.Sheets[0].Rows
		if len(got) != len(records) || len(got) < 2 {
			t.Errorf("%s: %d rows, want %d", filepath.Base(name), len(got), len(records))
			continue
		}
		for i, fields := range records {
			for j, c := range got[i].Cells {
				if c.Text != tabular.Plain(strings.TrimSpace(fields[j])) {
					t.Fatalf("%s: row %d column %d: %q, want %q", filepath.Base(name), i, j, c.Text, fields[j])
				}
			}
		}
	}
}

func BenchmarkXLSX(b *testing.B) {
	rows := make([][]any, 20_000)
	for i := range rows {
		rows[i] = []any{fmt.Sprintf("Direction %d", i%30), int64(i), 1.5, true, "un texte assez ordinaire", "un autre"}
	}
	o := tabular.Output{Header: []string{"a", "b", "c", "d", "e", "f"}, Rows: slices.Values(rows)}
	var file bytes.Buffer
	b.Run("write 20k rows", func(b *testing.B) {
		for b.Loop() {
			file.Reset()
			if err := tabular.WriteXLSX(&file, o); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("read 20k rows", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := tabular.Read(bytes.NewReader(file.Bytes()), tabular.Usual()); err != nil {
				b.Fatal(err)
			}
		}
	})
}
