package db_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"parvis/internal/db"
)

func TestWrittenFindsTheTablesOfAStatement(t *testing.T) {
	for statement, want := range map[string][]string{
		"SELECT 1 FROM act": nil,
		"INSERT INTO op_link (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET a = 2": {"op_link"},
		"update Unit set a = 1":                            {"unit"},
		"WITH x AS (DELETE FROM post RETURNING id) SELECT": {"post"},
		"DELETE\n\tFROM part WHERE id = $1":                {"part"},
	} {
		if diff := cmp.Diff(want, db.Written(statement)); diff != "" {
			t.Errorf("%s: %s", statement, diff)
		}
	}
}

func TestEveryTableOfTheSchemaHasItsKind(t *testing.T) {
	tables := db.Tables()
	for name, civic := range map[string]bool{"act": true, "act_seal": true, "log_leaf": false} {
		if got, known := tables[name]; !known || got != civic {
			t.Errorf("%s: civic %v (known %v), want %v", name, got, known, civic)
		}
	}
}
