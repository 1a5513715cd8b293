package arch

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"regexp"
	"slices"
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
		err := filepath.WalkDir(filepath.Join(root, top), func(name string, e fs.DirEntry, err error) error {
			if err == nil && e.IsDir() && strings.HasSuffix(e.Name(), "test") {
				return fs.SkipDir // packages that only tests import: dbtest, acttest, powerstest…
			}
			if err != nil || e.IsDir() || !strings.HasSuffix(name, ".go") ||
				strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, "_templ.go") {
				return err
			}
			set := token.NewFileSet()
			f, err := parser.ParseFile(set, name, nil, parser.ParseComments)
			rel, _ := filepath.Rel(root, name)
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
var clockless = []string{"internal/clock/", "internal/db/writer_group.go", "cmd/"}

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

// sqlPlaces are the packages that speak SQL in every file; elsewhere it stands in *_store.go, and in
// *_query.go for what is read in the shape of a page.
var sqlPlaces = []string{"internal/db/", "internal/act/", "internal/fact/", "internal/job/", "internal/blob/",
	"internal/search/", "internal/mail/", "internal/notify/"}

func TestSQLStandsInStores(t *testing.T) {
	for _, s := range sources(t) {
		if hasPrefix(s.path, sqlPlaces) || strings.HasSuffix(s.path, "_store.go") || strings.HasSuffix(s.path, "_query.go") {
			continue
		}
		statements(s, func(lit *ast.BasicLit, _ string, _ *ast.FuncDecl) {
			t.Errorf("%s: SQL outside a store", s.pos(lit))
		})
	}
}

// TestCivicTablesAreWrittenInsideDo asks that a statement writing a civic table stands in a function
// that works for an *act.Tx, as a parameter or through a receiver that holds one: only act.Do makes one.
// A statement kept in a variable is followed to the functions that name it. The writer itself refuses
// the rest at run time.
func TestCivicTablesAreWrittenInsideDo(t *testing.T) {
	all := sources(t)
	holders := actTxHolders(all)
	for _, s := range all {
		if strings.HasPrefix(s.path, "internal/act/") || strings.HasPrefix(s.path, "internal/db/") {
			continue
		}
		statements(s, func(lit *ast.BasicLit, text string, in *ast.FuncDecl) {
			for _, table := range db.Written(text) {
				if !db.IsTraffic(table) && in != nil && !worksForAct(in, holders[path.Dir(s.path)]) {
					t.Errorf("%s: writes civic table %s without an *act.Tx", s.pos(lit), table)
				}
			}
		})
		for _, f := range users(s, all) {
			if !worksForAct(f, holders[path.Dir(s.path)]) {
				t.Errorf("%s: %s runs a civic statement without an *act.Tx", s.pos(f), f.Name.Name)
			}
		}
	}
}

// actTxHolders lists, by package folder, the types with a field *act.Tx.
func actTxHolders(all []source) map[string]map[string]bool {
	holders := map[string]map[string]bool{}
	for _, s := range all {
		dir := path.Dir(s.path)
		if holders[dir] == nil {
			holders[dir] = map[string]bool{}
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			spec, ok := n.(*ast.TypeSpec)
			if !ok {
				return true
			}
			if st, ok := spec.Type.(*ast.StructType); ok && anyActTx(st.Fields.List) {
				holders[dir][spec.Name.Name] = true
			}
			return true
		})
	}
	return holders
}

func anyActTx(fields []*ast.Field) bool {
	return slices.ContainsFunc(fields, func(f *ast.Field) bool {
		star, ok := f.Type.(*ast.StarExpr)
		if !ok {
			return false
		}
		sel, ok := star.X.(*ast.SelectorExpr)
		if !ok || sel.Sel.Name != "Tx" {
			return false
		}
		x, ok := sel.X.(*ast.Ident)
		return ok && x.Name == "act"
	})
}

func worksForAct(f *ast.FuncDecl, holders map[string]bool) bool {
	if anyActTx(f.Type.Params.List) {
		return true
	}
	if f.Recv == nil {
		return false
	}
	of := f.Recv.List[0].Type
	if star, ok := of.(*ast.StarExpr); ok {
		of = star.X
	}
	name, ok := of.(*ast.Ident)
	return ok && holders[name.Name]
}

// users lists the functions of s that name a package variable whose text writes a civic table.
func users(s source, all []source) []*ast.FuncDecl {
	civic := map[string]bool{}
	for _, other := range all {
		if path.Dir(other.path) != path.Dir(s.path) {
			continue
		}
		for _, d := range other.file.Decls {
			if g, ok := d.(*ast.GenDecl); ok {
				civicNames(g, civic)
			}
		}
	}
	var found []*ast.FuncDecl
	for _, d := range s.file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Body == nil || len(civic) == 0 {
			continue
		}
		named := false
		ast.Inspect(f.Body, func(n ast.Node) bool {
			x, ok := n.(*ast.Ident)
			named = named || ok && civic[x.Name]
			return !named
		})
		if named {
			found = append(found, f)
		}
	}
	return found
}

func civicNames(g *ast.GenDecl, into map[string]bool) {
	for _, spec := range g.Specs {
		v, ok := spec.(*ast.ValueSpec)
		if !ok {
			continue
		}
		ast.Inspect(v, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING && slices.ContainsFunc(db.Written(lit.Value), isCivic) {
				for _, name := range v.Names {
					into[name.Name] = true
				}
			}
			return true
		})
	}
}

func isCivic(table string) bool { return db.Tables()[table] }

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
