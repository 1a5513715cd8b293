package participation_test

import (
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"parvis/internal/blob"
	"parvis/internal/fault"
	"parvis/internal/participation"
	"parvis/internal/participation/pabulib"
)

// A file that cannot be read says why and where, and leaves nothing behind: no row, no file.
func TestBadFilesChangeNothing(t *testing.T) {
	good := hundred()
	cut := good[:strings.Index(good, "VOTES")]
	line := func(old, new string) string { return strings.Replace(good, old, new, 1) }
	cases := []struct {
		name, content string
		strict        bool
		key           string
		line          int
	}{
		{"empty", "", false, "pb.file.empty", 1},
		{"not a ballot file", "bonjour", false, "pb.file.section", 1},
		{"truncated before the votes", cut, false, "pb.file.truncated", 24},
		{"truncated within the votes", good[:len(good)-200], true, "pb.meta.num_votes", 0},
		{"another encoding", line("Écoles", "\xc9coles"), true, "pb.file.encoding", 0},
		{"UTF-16", "\xff\xfeM\x00E\x00", false, "pb.file.utf16", 1},
		{"compressed", "\x1f\x8b\x08\x00rest", false, "pb.file.compressed", 1},
		{"zeros", "META\x00\nkey;value\n", false, "pb.file.binary", 1},
		{"a project twice", line("b;25;", "a;25;"), false, "pb.project.duplicate", 0},
		{"a voter twice", strings.ReplaceAll(good, "electeur-1007", "electeur-1000"), false, "pb.vote.voter_twice", 0},
		{"a negative cost", line("a;30;", "a;-30;"), false, "pb.value.negative", 0},
		{"a cost beyond counting", line("a;30;", "a;99999999999999999999;"), false, "pb.value.too_large", 0},
		{"a vote for nobody", line("electeur-1000;a,b", "electeur-1000;a,zz"), true, "pb.vote.unknown_project", 0},
		{"an open quote", line("Ombre", `"Ombre`), false, "pb.record.quote_open", 0},
	}
	forEachTown(t, func(w *town) {
		for _, c := range cases {
			_, err := w.room.Stage(w.ctx, agent, participation.Bring{File: "x.pb", Strict: c.strict, In: strings.NewReader(c.content)})
			bad, ok := errors.AsType[*pabulib.Error](err)
			if !ok {
				w.Errorf("%s: %v", c.name, err)
				continue
			}
			last := bad.Defects[len(bad.Defects)-1]
			found := false
			for _, d := range bad.Defects {
				found = found || d.Key == c.key && (c.line == 0 || d.Line == c.line) && d.Line > 0
			}
			if !found {
				w.Errorf("%s: %v, want %s", c.name, last, c.key)
			}
		}
		if n := w.number(`SELECT COUNT(*) FROM op_participation_import`) + w.number(`SELECT COUNT(*) FROM participation_election`); n != 0 {
			w.Errorf("refused files left %d rows", n)
		}
		if left := kept(w, w.dir); left != 0 {
			w.Errorf("refused files left %d files", left)
		}
	})
}

// kept counts the files under a folder.
func kept(w *town, dir string) (n int) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		w.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() {
			n += kept(w, dir+"/"+e.Name())
		} else {
			n++
		}
	}
	return n
}

// A file of a gigabyte is refused after its limit, whoever sends it.
func TestAFileWithoutEndIsRefused(t *testing.T) {
	forEachTown(t, func(w *town) {
		head := strings.Replace(hundred(), "num_votes;100", "num_votes;100000000", 1)
		endless := io.MultiReader(strings.NewReader(head), io.LimitReader(ballotsForEver{}, 1<<30))
		_, err := w.room.Stage(w.ctx, agent, participation.Bring{File: "x.pb", In: endless})
		if bad, ok := errors.AsType[*pabulib.Error](err); !ok || bad.Defects[len(bad.Defects)-1].Key != "pb.file.too_long" {
			w.Errorf("got %v", err)
		}
	})
}

// ballotsForEver is a long line said again and again.
type ballotsForEver struct{}

func (ballotsForEver) Read(p []byte) (int, error) {
	line := strings.Repeat("electeur", 1000) + ";a;30;F;internet;x\n"
	return copy(p, strings.Repeat(line, len(p)/len(line)+1)), nil
}

// What tolerant reading repairs is said, strict reading refuses the same file.
func TestTolerantReadingSaysWhatItRepaired(t *testing.T) {
	forEachTown(t, func(w *town) {
		content := strings.Replace(hundred(), "electeur-1000;a,b", "electeur-1000;a, b", 1)
		_, err := w.room.Stage(w.ctx, agent, participation.Bring{Strict: true, In: strings.NewReader(content)})
		if _, ok := errors.AsType[*pabulib.Error](err); !ok {
			w.Errorf("strict: %v", err)
		}
		s := w.stage(content, false, "")
		again, err := w.room.Staged(w.ctx, agent, s.ID)
		if err != nil || len(again.Lots[0].Repairs) != 1 || again.Lots[0].Repairs[0].Key != "pb.vote.spaces" {
			w.Errorf("tolerant: %+v %v", again.Lots, err)
		}
		if again.Lots[0].List[0].Votes != 60 {
			w.Errorf("the repaired ballot was not counted: %d", again.Lots[0].List[0].Votes)
		}
	})
}

// What is staged belongs to whoever brought it.
func TestStagedFilesAreTheirOwners(t *testing.T) {
	forEachTown(t, func(w *town) {
		s := w.stage(hundred(), true, "")
		_, err := w.room.Staged(w.ctx, colleague, s.ID)
		refused(w, err, fault.NotFound, "participation.import.not_found")
		_, err = w.room.Staged(w.ctx, anonymous, s.ID)
		refused(w, err, fault.NotFound, "participation.import.not_found")
		_, err = w.room.Stage(w.ctx, resident, participation.Bring{In: strings.NewReader(hundred())})
		refused(w, err, fault.Denied, "participation.agents_only")
		if err := w.room.DropStaged(w.ctx, agent, s.ID); err != nil {
			w.Fatal(err)
		}
		_, err = w.room.Staged(w.ctx, agent, s.ID)
		refused(w, err, fault.NotFound, "participation.import.not_found")
	})
}

// Lots that cannot be counted together are refused one beside the other; the staged ones stay.
func TestLotsMustGoTogether(t *testing.T) {
	forEachTown(t, func(w *town) {
		s := w.stage(hundred(), true, "")
		for key, content := range map[string]string{
			"participation.import.twice":    hundred(),
			"participation.import.currency": file("currency;CHF\ndistrict;Gare", projects(), repeat(30, "a")),
			"participation.import.kinds":    file("vote_type;ordinal\ndistrict;Gare\nmax_length;3", projects(), repeat(30, "a,b")),
		} {
			_, err := w.room.Stage(w.ctx, agent, participation.Bring{Import: s.ID, Strict: true, In: strings.NewReader(content)})
			refused(w, err, fault.Invalid, key)
		}
		s = w.stage(file("district;Gare", projects(), repeat(30, "a")), true, s.ID)
		s = w.stage(file("district;Gare", projects(), repeat(31, "a")), true, s.ID)
		if len(s.Lots) != 3 || s.Lots[2].Name != "Gare 2" || s.Lots[2].Code != "gare-2" {
			w.Errorf("lots: %+v", s.Lots)
		}
	})
}

// The file of the ballots says nothing about voters: neither who, nor how old, nor where, nor when.
func TestKeptBallotsSayNothingOfVoters(t *testing.T) {
	forEachTown(t, func(w *town) {
		s := w.imported(hundred())
		f, err := w.blobs.Get(blob.Digest(s.Lots[0].Ballots))
		if err != nil {
			w.Fatal(err)
		}
		defer f.Close()
		body, err := io.ReadAll(f)
		if err != nil {
			w.Fatal(err)
		}
		votes := string(body)[strings.Index(string(body), "VOTES"):]
		for _, told := range []string{"electeur", "age", "sex", "internet", "Les Halles", ";F;"} {
			if strings.Contains(votes, told) {
				w.Errorf("the kept ballots tell %q", told)
			}
			if !strings.Contains(hundred(), told) {
				w.Errorf("the file handed in does not tell %q: this test sees nothing", told)
			}
		}
		shuffled := strings.Split(strings.TrimSpace(hundred()), "\n")
		head := len(shuffled) - 100
		for i, j := head, len(shuffled)-1; i < j; i, j = i+1, j-1 {
			shuffled[i], shuffled[j] = shuffled[j], shuffled[i]
		}
		other := w.stage(strings.Join(shuffled, "\n")+"\n", true, "")
		if other.Lots[0].Ballots != s.Lots[0].Ballots {
			w.Error("the kept file depends on the order in which ballots arrived")
		}
		if w.number(`SELECT COUNT(*) FROM participation_project`) != 5 || w.number(`SELECT COUNT(*) FROM participation_lot`) != 1 {
			w.Error("there are rows beside the lot and its projects")
		}
	})
}

// The lots of an import take the names and the places that were typed; their codes follow the names, and a
// name that is missing changes nothing.
func TestLotsAreNamedAndPlaced(t *testing.T) {
	forEachTown(t, func(w *town) {
		var s participation.Staged
		for _, district := range []string{"Centre", "Gare", "Port"} {
			s = w.stage(file("district;"+district, projects(), repeat(100, "a,b", "c")), true, s.ID)
		}
		in := participation.Import{Staged: s.ID, Title: "Budget", Lang: "fr", Source: "Essai", Lots: []string{"Centre", " ", "Le Port"}, Places: []int{2, 3, 1}}
		_, err := w.room.ImportElection(w.ctx, agent, mission, in)
		refused(w, err, fault.Invalid, "participation.required")
		in.Lots[1] = "Centre"
		e, err := w.room.ImportElection(w.ctx, agent, mission, in)
		if err != nil {
			w.Fatal(describe(err))
		}
		var got []string
		for _, l := range w.sheet(e.ID).Lots {
			got = append(got, l.Code+" "+l.Name)
		}
		if want := []string{"le-port Le Port", "centre Centre", "centre-2 Centre 2"}; !slices.Equal(got, want) {
			w.Errorf("lots: %q, want %q", got, want)
		}
	})
}
