package arch

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"parvis/internal/db"
)

const root = "../.."

type source struct {
	path string // from the root of the repository
	file *ast.File
	set  *token.FileSet
}

func (s source) pos(n ast.Node) string {
	return s.path + ":" + strconv.Itoa(s.set.Position(n.Pos()).Line)
}

// sources parses every hand-written Go file that is not a test.
func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	for _, top := range []string{"internal", "cmd"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || !strings.HasSuffix(path, ".go") ||
				strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "_templ.go") {
				return err
			}
			set := token.NewFileSet()
			f, err := parser.ParseFile(set, path, nil, parser.ParseComments)
			rel, _ := filepath.Rel(root, path)
			all = append(all, source{filepath.ToSlash(rel), f, set})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func TestFunctionsNeedNoScrollingAndFilesStaySmall(t *testing.T) {
	const longest, largest = 60, 400
	for _, s := range sources(t) {
		if n := s.set.Position(s.file.End()).Line; n > largest {
			t.Errorf("%s has %d lines, over %d", s.path, n, largest)
		}
		for _, d := range s.file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if n := s.set.Position(f.End()).Line - s.set.Position(f.Pos()).Line + 1; n > longest {
				t.Errorf("%s: %s has %d lines, over %d", s.pos(f), f.Name.Name, n, longest)
			}
			if f.Name.Name == "init" && f.Recv == nil {
				t.Errorf("%s: init() hides wiring", s.pos(f))
			}
		}
	}
}

// clockless are the places where the machine's own clock is the right one.
var clockless = []string{"internal/clock/", "internal/db/writer.go", "cmd/"}

func TestTheClockIsInjected(t *testing.T) {
	for _, s := range sources(t) {
		if hasPrefix(s.path, clockless) {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if c, ok := n.(*ast.SelectorExpr); ok && c.Sel.Name == "Now" {
				if x, ok := c.X.(*ast.Ident); ok && x.Name == "time" {
					t.Errorf("%s: time.Now(); take the time from the transaction, the visit or a clock", s.pos(c))
				}
			}
			return true
		})
	}
}

func hasPrefix(s string, prefixes []string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

var sqlText = regexp.MustCompile(`^\s*(SELECT|INSERT INTO|UPDATE [a-z_]+\s+SET|DELETE FROM|WITH (RECURSIVE )?[a-z_]+)\b`)

// statements visits every literal that begins like SQL, with the function around it.
func statements(s source, visit func(lit *ast.BasicLit, text string, in *ast.FuncDecl)) {
	for _, d := range s.file.Decls {
		in, _ := d.(*ast.FuncDecl)
		ast.Inspect(d, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			if text, err := strconv.Unquote(lit.Value); err == nil && sqlText.MatchString(text) {
				visit(lit, text, in)
			}
			return true
		})
	}
}

// sqlPlaces are the packages that speak SQL in every file; elsewhere it stands in *_store.go.
var sqlPlaces = []string{"internal/db/", "internal/act/", "internal/fact/", "internal/job/", "internal/blob/",
	"internal/search/", "internal/mail/", "internal/notify/"}

func TestSQLStandsInStores(t *testing.T) {
	for _, s := range sources(t) {
		if hasPrefix(s.path, sqlPlaces) || strings.HasSuffix(s.path, "_store.go") {
			continue
		}
		statements(s, func(lit *ast.BasicLit, _ string, _ *ast.FuncDecl) {
			t.Errorf("%s: SQL outside a store", s.pos(lit))
		})
	}
}

// TestCivicTablesAreWrittenInsideDo asks that a statement writing a civic table stands in a function
// that was given an *act.Tx: only act.Do makes one. The writer itself refuses the rest at run time.
func TestCivicTablesAreWrittenInsideDo(t *testing.T) {
	for _, s := range sources(t) {
		if strings.HasPrefix(s.path, "internal/act/") {
			continue
		}
		statements(s, func(lit *ast.BasicLit, text string, in *ast.FuncDecl) {
			for _, table := range db.Written(text) {
				if !db.IsTraffic(table) && !takesActTx(in) {
					t.Errorf("%s: writes civic table %s without an *act.Tx", s.pos(lit), table)
				}
			}
		})
	}
}

func takesActTx(f *ast.FuncDecl) bool {
	if f == nil {
		return false
	}
	fields := f.Type.Params.List
	if f.Recv != nil {
		fields = append(fields, f.Recv.List...)
	}
	for _, p := range fields {
		if star, ok := p.Type.(*ast.StarExpr); ok {
			if sel, ok := star.X.(*ast.SelectorExpr); ok && sel.Sel.Name == "Tx" && sel.X.(*ast.Ident).Name == "act" {
				return true
			}
		}
	}
	return false
}

// TestCivicIsCalledByActAlone keeps the door to civic tables in one hand.
func TestCivicIsCalledByActAlone(t *testing.T) {
	for _, s := range sources(t) {
		if strings.HasPrefix(s.path, "internal/act/") || strings.HasPrefix(s.path, "internal/db/") {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok && sel.Sel.Name == "Civic" {
				t.Errorf("%s: Writer.Civic outside package act", s.pos(sel))
			}
			return true
		})
	}
}
