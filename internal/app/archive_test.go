package app

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"parvis/internal/db"
	"parvis/internal/identity"
	"parvis/internal/portfolio/passation"
	"parvis/internal/workspace"
)

// taken is an archive opened: the bytes of its files by their names.
type taken map[string][]byte

func (w *town) take(v identity.Visitor) (taken, workspace.Archived) {
	w.t.Helper()
	if err := w.Integrate(context.Background()); err != nil {
		w.t.Fatal(err)
	}
	var out bytes.Buffer
	held, err := w.Workspace.ExportAll(context.Background(), v, &out)
	if err != nil {
		w.t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		w.t.Fatal(err)
	}
	files := taken{}
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			w.t.Fatal(err)
		}
		if files[f.Name], err = io.ReadAll(in); err != nil {
			w.t.Fatal(f.Name, err)
		}
	}
	return files, held
}

// lacks says what an archive should hold and does not: rows, files of papers, digests.
func (w *town) lacks(files taken) (defects []string) {
	w.t.Helper()
	say := func(format string, args ...any) { defects = append(defects, fmt.Sprintf(format, args...)) }
	sums := map[string]string{}
	for line := range strings.Lines(string(files["SHA256SUMS"])) {
		sum, name, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		sums[name] = sum
	}
	for name, body := range files {
		if sum := sha256.Sum256(body); name != "SHA256SUMS" && sums[name] != hex.EncodeToString(sum[:]) {
			say("%s has not its digest", name)
		}
		delete(sums, name)
	}
	if len(sums) > 0 {
		say("there are digests of files that are not there: %v", slices.Sorted(maps.Keys(sums)))
	}
	// A récit that its author keeps is in no archive, nor what was done to it: see the test of recusals.
	kept := all(w, `SELECT id FROM passation_story WHERE visibility <> 'public'
		UNION SELECT a.id FROM act a JOIN passation_story s ON s.id = a.object_id WHERE s.visibility <> 'public'`)
	for _, table := range w.civicTables() {
		room, _, _ := strings.Cut(table, "_")
		rows := map[string]bool{}
		for line := range strings.Lines(string(files["tables/"+room+"/"+table+".jsonl"])) {
			var row struct{ ID string }
			if err := json.Unmarshal([]byte(line), &row); err != nil {
				say("%s: %v", table, err)
			}
			rows[row.ID] = true
		}
		for _, id := range all(w, `SELECT id FROM `+table+` ORDER BY id`) {
			if rows[id] == slices.Contains(kept, id) {
				say("%s lacks %s, or tells what is kept", table, id)
			}
		}
	}
	return append(defects, w.lacksPapers(files)...)
}

func (w *town) lacksPapers(files taken) (defects []string) {
	lines, err := csv.NewReader(bytes.NewReader(files["pieces.csv"])).ReadAll()
	if err != nil {
		return []string{err.Error()}
	}
	at := map[string]string{} // file of a paper, by digest
	for _, line := range lines[1:] {
		at[line[13]] = line[15]
	}
	for _, paper := range all(w, `SELECT digest || ' ' || media FROM council_paper UNION ALL SELECT digest || ' ' || media_type FROM portfolio_paper
		UNION ALL SELECT digest || ' ' || COALESCE(media_type, '') FROM strategy_paper ORDER BY 1`) {
		digest, media, _ := strings.Cut(paper, " ")
		file, listed := at[digest]
		sum := sha256.Sum256(files[file])
		if !listed || media != "" && hex.EncodeToString(sum[:]) != digest {
			defects = append(defects, "a paper is missing: "+digest)
		}
	}
	return defects
}

// civicTables are the tables whose rows belong to the city, but for the seals.
func (w *town) civicTables() (tables []string) {
	statement := `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('sqlite_sequence', 'sqlite_stat1', 'sqlite_stat4') ORDER BY name`
	if w.DB.Engine == db.Postgres {
		statement = `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY table_name`
	}
	for _, t := range all(w, statement) {
		if !db.IsTraffic(t) && t != "act_seal" && t != "goose_db_version" {
			tables = append(tables, t)
		}
	}
	return tables
}

// The archive holds every row of every room and every file of a paper, each file with its digest; a file that is gone or
// was changed is told, and a row that is taken out of the archive is seen by this very test.
func TestTheArchiveHoldsEveryRowAndPaper(t *testing.T) {
	m := openMatter(t)
	files, held := m.take(workspace.Operator())
	if defects := m.lacks(files); len(defects) > 0 || held.Papers == 0 || len(held.Lacking) > 0 {
		t.Fatalf("%d papers, lacking %v: %v", held.Papers, held.Lacking, defects)
	}
	if files["ANOMALIES.txt"] != nil || !strings.Contains(string(files["LISEZMOI.txt"]), "SHA256SUMS") || files["journal/checkpoint"] == nil {
		t.Error("the archive speaks of anomalies, or not of its digests, or lacks the log")
	}
	m.controls(files)
	file := filepath.Join(m.cfg.path("blobs"), m.paper.Digest[:2], m.paper.Digest[2:])
	if err := os.WriteFile(file, []byte("autre chose"), 0o600); err != nil {
		t.Fatal(err)
	}
	changed, held := m.take(workspace.Operator())
	if len(held.Lacking) != 1 || !strings.Contains(string(changed["ANOMALIES.txt"]), held.Lacking[0]) || len(m.lacks(changed)) != 1 {
		t.Errorf("a changed file: %v, %v", held.Lacking, m.lacks(changed))
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	gone, held := m.take(workspace.Operator())
	if len(held.Lacking) != 1 || !strings.Contains(string(gone["ANOMALIES.txt"]), held.Lacking[0]) || len(m.lacks(gone)) != 1 {
		t.Errorf("a file that is gone: %v, %v", held.Lacking, m.lacks(gone))
	}
}

// controls takes a paper and a row out of a copy of the archive: lacks must see both.
func (m matter) controls(files taken) {
	m.t.Helper()
	for name := range files {
		if strings.HasPrefix(name, "pieces/") {
			less := maps.Clone(files)
			delete(less, name)
			if len(m.lacks(less)) == 0 {
				m.t.Error("a paper that is taken out is not seen: this test sees nothing")
			}
		}
	}
	less := maps.Clone(files)
	name := "tables/council/council_item.jsonl"
	_, rest, _ := bytes.Cut(files[name], []byte("\n"))
	less[name] = rest
	if defects := m.lacks(less); len(defects) != 2 { // the row, and the digest of the file
		m.t.Errorf("a row that is taken out is seen as %v", defects)
	}
}

// Whoever is recused takes everything away but the matter; a récit that its author keeps is in nobody's archive.
func TestTheArchiveKeepsWhatARecusalAndAnAuthorKeep(t *testing.T) {
	m := openMatter(t)
	const kept = "Récit que je garde"
	if _, err := m.Passation.WriteStory(context.Background(), m.actorOf(mission), passation.Story{Title: kept, Body: kept, Lang: "fr"}); err != nil {
		t.Fatal(err)
	}
	whole, _ := m.take(workspace.Operator())
	peer, _ := m.take(m.visitorOf(peerMember))
	recused, _ := m.take(m.visitorOf(recusedMember))
	for _, words := range []string{fileWords, paperWords, scoreWords, debateWords} {
		if !whole.says(words) || !peer.says(words) {
			t.Errorf("the archive does not say %q: this test would see nothing", words)
		}
		if recused.says(words) {
			t.Errorf("the archive of a recused member says %q", words)
		}
	}
	if whole.says(kept) {
		t.Error("the archive holds a récit that its author has not published")
	}
	if a, b := bytes.Count(recused["tables/council/council_item.jsonl"], []byte("\n")), bytes.Count(whole["tables/council/council_item.jsonl"], []byte("\n")); a == 0 || a >= b {
		t.Errorf("%d items of %d", a, b)
	}
}

// says tells whether words stand in a file of the archive that is not the public log's, which is everybody's.
func (f taken) says(words string) bool {
	for name, body := range f {
		if !strings.HasPrefix(name, "journal/") && bytes.Contains(body, []byte(words)) {
			return true
		}
	}
	return false
}

// The same on PostgreSQL, with the papers of the demonstration.
func TestTheArchiveOnPostgres(t *testing.T) {
	w := openOnPostgres(t)
	files, held := w.take(workspace.Operator())
	if defects := w.lacks(files); len(defects) > 0 || held.Rows < 1000 || len(held.Lacking) > 0 {
		t.Errorf("%d rows, %d papers, lacking %v: %v", held.Rows, held.Papers, held.Lacking, defects)
	}
	if got := w.enter(mission).get("/fr/choisir?what=post&q=adjoint"); !strings.Contains(got.Body, "Adjoint") {
		t.Errorf("nobody is found: %d %s", got.Status, got.Body)
	}
}
