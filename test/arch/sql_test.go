package arch

import (
	"context"
	"go/ast"
	"strings"
	"testing"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
)

// TestEveryStatementIsUnderstoodByBothEngines prepares each literal that is a whole statement. A
// literal that is joined to others is left to the tests of its package.
func TestEveryStatementIsUnderstoodByBothEngines(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		conn, err := d.Readers.Raw().Conn(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		n := 0
		for _, s := range sources(t) {
			if strings.HasPrefix(s.path, "internal/db/") {
				continue // the one place that speaks to each engine in its own words
			}
			joined := joinedLiterals(s.file)
			statements(s, func(lit *ast.BasicLit, text string, _ *ast.FuncDecl) {
				if joined[lit] || partial(text) {
					return
				}
				n++
				st, err := conn.PrepareContext(context.Background(), text)
				if err != nil {
					t.Errorf("%s: %v", s.pos(lit), err)
					return
				}
				st.Close()
			})
		}
		t.Logf("%d statements", n)
		if n == 0 {
			t.Error("no statement was found: the search is broken")
		}
	})
}

// partial tells a text to which the rest is added elsewhere: it ends in the middle, or its parameters
// have no numbers yet.
func partial(text string) bool {
	return strings.HasSuffix(text, " ") || strings.HasSuffix(text, "(") || strings.Contains(text, "?")
}

func joinedLiterals(f *ast.File) map[*ast.BasicLit]bool {
	joined := map[*ast.BasicLit]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		if b, ok := n.(*ast.BinaryExpr); ok {
			for _, side := range []ast.Expr{b.X, b.Y} {
				if lit, ok := side.(*ast.BasicLit); ok {
					joined[lit] = true
				}
			}
		}
		return true
	})
	return joined
}
