package app

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// takers are the functions of the pages that take forms, with the routes that hand them theirs.
var takers = map[string][]string{
	"itemDeeds": {"council.item", "council.meeting", "council.hold"}, "meetingDeeds": {"council.meeting"}, "doCircuit": {"council.circuits"}, "doFormal": {"council.formal"},
	"concernDeeds": {"council.concern"}, "arbitrationDeeds": {"portfolio.arbitration"}, "todoDeeds": {"portfolio.todo"}, "createInitiative": {"portfolio.new"},
	"deadlineDeeds": {"council.deadlines"}, "deadlineMarks": {"council.meeting"}, "actionDeeds": {"council.committee", "council.meeting"},
	"minutesDeeds": {"council.minutes"}, "publishList": {"council.list"}, "committeeDeeds": {"council.committee"}, "drawingDeeds": {"council.drawing"},
	"stageDeeds": {"portfolio.initiative.stage"}, "stage": {"portfolio.initiative.stage"}, "carrierDeeds": {"portfolio.initiative.carriers"},
	"holderDeeds": {"portfolio.initiative.carriers"}, "dossierDeeds": {"portfolio.initiative.dossier"}, "actOnWall": {"portfolio.wall"},
}

// noMatter are the forms that are about no matter from which one may withdraw, each group with its reason. A form that
// stands neither here nor in a line of the matrix fails the test: whoever adds one says which it is.
var noMatter = map[string]string{
	// The meeting as a whole, its hours and its doors.
	"meetingDeeds": "move convene call again cancel add approvals say arrive leave open suspend resume close sheet",
	// The minutes as a whole: whoever withdrew words no paragraph about the matter, lifts no mask in it and does not publish
	// what they could not review (TestWhoWithdrewLiftsNoMask in package council).
	"minutesDeeds": "draft edit approve signed mask publish",
	"publishList":  "list", // of every deliberation, which the law has published
	// The committee, its seats, its circuits.
	"committeeDeeds": "seat end revise close prepare", "drawingDeeds": "put_in_force give_up take_out",
	"deadlineDeeds": "add_deadline revise_deadline end_deadline", "deadlineMarks": "met unmet",
	// The project, not the question that is put about it.
	"stageDeeds": "advance skip suspend resume mature learn publish", "stage": "withdraw", "carrierDeeds": "offer amend take-back agree end heard",
	"holderDeeds": "sponsor owner end-sponsor end-owner", "dossierDeeds": "milestone question found publish-question paper publish-paper remove-paper note",
	"actOnWall": "board close-board snapshot", "todoDeeds": "found", "createInitiative": "draft drop",
	// What one says of one's own interests, which is refused to nobody.
	"concernDeeds": "interest",
}

// formsTaken reads in the source of the pages which forms each function takes: the keys of its map of deeds, and the
// words of what a form is to « do ».
func formsTaken(t *testing.T, folders ...string) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	for _, folder := range folders {
		files, err := filepath.Glob(filepath.Join(folder, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v", folder, err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, "_templ.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range file.Decls {
				if f, ok := d.(*ast.FuncDecl); ok {
					if forms := formsIn(f); len(forms) > 0 {
						found[f.Name.Name] = append(found[f.Name.Name], forms...)
					}
				}
			}
		}
	}
	return found
}

func formsIn(f *ast.FuncDecl) (forms []string) {
	word := func(e ast.Expr) {
		if l, ok := e.(*ast.BasicLit); ok && l.Kind == token.STRING {
			s, _ := strconv.Unquote(l.Value)
			forms = append(forms, s)
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CompositeLit:
			if m, ok := n.Type.(*ast.MapType); ok && named(m.Value) == "Deed" {
				for _, e := range n.Elts {
					word(e.(*ast.KeyValueExpr).Key)
				}
			}
		case *ast.AssignStmt:
			if i, ok := n.Lhs[0].(*ast.IndexExpr); ok && named(i.X) == "deeds" {
				word(i.Index)
			}
		case *ast.SwitchStmt:
			if s, ok := n.Tag.(*ast.SelectorExpr); ok && s.Sel.Name == "Do" {
				for _, c := range n.Body.List {
					for _, e := range c.(*ast.CaseClause).List {
						word(e)
					}
				}
			}
		}
		return true
	})
	return forms
}

func named(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// everyForm wants each form of the pages of committees and questions in a line of the matrix, or listed as being about none.
func everyForm(t *testing.T, written []deedOn) {
	t.Helper()
	taken := formsTaken(t, "../council/councilweb", "../portfolio/portfolioweb")
	for _, f := range []string{"itemDeeds", "arbitrationDeeds", "doFormal", "concernDeeds"} {
		if len(taken[f]) < 2 {
			t.Fatalf("%s takes only %v: the source is not read right", f, taken[f])
		}
	}
	lines := map[string]bool{}
	for _, d := range written {
		lines[d.name()] = true
	}
	for f, forms := range taken {
		routes, known := takers[f]
		if !known {
			t.Errorf("%s takes forms and no route is known to hand them over", f)
		}
		for _, form := range forms {
			about := !slices.Contains(strings.Fields(noMatter[f]), form)
			for _, route := range routes {
				if in := lines["`"+route+"` "+form]; about && !in {
					t.Errorf("the form %s of %s (%s) is in no line of the matrix, and nothing says that it concerns no matter", form, route, f)
				} else if !about && in {
					t.Errorf("the form %s of %s is in the matrix: take it out of those about none", form, route)
				}
			}
		}
	}
	for f, forms := range noMatter {
		for _, form := range strings.Fields(forms) {
			if !slices.Contains(taken[f], form) {
				t.Errorf("%s does not take %s", f, form)
			}
		}
	}
}
