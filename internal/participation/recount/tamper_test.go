package recount_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/act/verify"
	"parvis/internal/act/witness"
	"parvis/internal/participation/recount"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const golden = "../../../docs/generated/tampering-elections.md"

type mutant struct {
	name, how string
	change    func(*testing.T, *scene)
}

// mutants are made by the city, or whoever has its key. Files are written, counted, hashed and bound by
// the acts again throughout, and the log is signed again, except where the name says otherwise.
func mutants() []mutant {
	return slices.Concat(mutantFiles(), mutantActs(), mutantLogs())
}

func mutantFiles() []mutant {
	return []mutant{
		{"nothing (control)", "the election as it was held", func(*testing.T, *scene) {}},
		{"project renamed", "another name on the ballot paper", func(t *testing.T, s *scene) { s.projects(t, "Ruche", "Parking") }},
		{"project renamed, freeze left", "the same, the act that froze the projects as it was", func(t *testing.T, s *scene) {
			s.projects(t, "Ruche", "Parking")
			s.log.Edit(t, s.log.Find(t, recount.FreezeVerb, 0), func(p *act.Payload) { p.Args["projects"] = s.honestFreeze["projects"] })
		}},
		{"cost changed", "a project made dearer, counted again", func(t *testing.T, s *scene) { s.projects(t, "d;20;", "d;120;") }},
		{"ballot added", "one more ballot, counted", func(t *testing.T, s *scene) {
			s.ballots(t, func(lines []string) []string { return append(lines, "x;42;b,c") })
		}},
		{"ballot removed", "one ballot less", func(t *testing.T, s *scene) {
			s.ballots(t, func(lines []string) []string { return lines[1:] })
		}},
		{"ballot removed, seal left", "the same, the act that sealed the ballots as it was", func(t *testing.T, s *scene) {
			s.ballots(t, func(lines []string) []string { return lines[1:] })
			s.log.Edit(t, s.log.Find(t, recount.SealVerb, 0), func(p *act.Payload) { p.Args = s.honestSeal })
		}},
		{"ballot replaced", "one ballot says something else", func(t *testing.T, s *scene) {
			s.ballots(t, func(lines []string) []string { lines[0] = "x;42;a"; return lines })
		}},
		{"ballot duplicated", "one ballot counts twice", func(t *testing.T, s *scene) {
			s.ballots(t, func(lines []string) []string { return append(lines, strings.Replace(lines[0], "9", "8", 1)) })
		}},
		{"ballot over the limit", "one ballot names four projects of three", func(t *testing.T, s *scene) {
			text := read(t, s.dir(), "lots/1/ballots.pb")
			last := strings.LastIndex(text, ";a,b,c\n")
			s.edit(t, "lots/1/ballots.pb", text[last-3:last+len(";a,b,c\n")], text[last-3:last]+";a,b,c,d\n", allActs()...)
		}},
		{"ballot of unknown projects", "one ballot names a project that does not exist", func(t *testing.T, s *scene) {
			s.edit(t, "lots/1/ballots.pb", "130;d\n", "130;z\n", allActs()...)
		}},
		{"ballots in the order they came", "ballots not sorted", func(t *testing.T, s *scene) {
			s.edit(t, "lots/1/ballots.pb", "130;d\n", "130;a,d,e\n", allActs()...)
		}},
		{"ages published", "a column that tells of voters", func(t *testing.T, s *scene) {
			s.edit(t, "lots/1/ballots.pb", "voter_id;vote\n", "voter_id;vote;age\n", allActs()...)
		}},
		{"winner replaced", "result.json altered alone", func(t *testing.T, s *scene) { s.edit(t, "result.json", `"d"`, `"c"`, allActs()...) }},
		{"quality made up", "result.json leaves fewer voters without a winner", func(t *testing.T, s *scene) {
			s.edit(t, "result.json", `without_winner": 29`, `without_winner": 2`, allActs()...)
		}},
		{"result of totals altered", "winners of the lot without ballots", func(t *testing.T, s *scene) {
			s.edit(t, "lots/2/totals.csv", "d;", "d;1", allActs()...)
		}},
		{"totals altered and counted", "sums of the lot without ballots, and the result of these", func(t *testing.T, s *scene) {
			s.draft.Lots[1] = from(strings.ReplaceAll(small("approval", 40), ";d\n", ";a\n"))
			s.publish(t)
		}},
		{"file changed, manifest left", "result.json replaced on the server", func(t *testing.T, s *scene) {
			manifest := read(t, s.dir(), "manifest.json")
			s.edit(t, "result.json", `"d"`, `"c"`)
			put(t, filepath.Join(s.dir(), "manifest.json"), manifest)
		}},
		{"result replaced, act left", "result.json and manifest replaced on the server", func(t *testing.T, s *scene) { s.edit(t, "result.json", `"d"`, `"c"`) }},
		{"ballots withheld", "the ballots no longer published, in a lot that is large enough", func(t *testing.T, s *scene) {
			s.draft.Rules.Publish.Ballots = false
			s.publish(t)
			put(t, filepath.Join(s.dir(), "rules.toml"), read(t, filepath.Join(s.honest.site, "elections", forgedID), "rules.toml"))
			s.edit(t, "result.json", s.draft.Rules.Hash(), digest(read(t, s.dir(), "rules.toml")), allActs()...)
		}},
		{"passed off as a tiny lot", "ballots and totals withheld as if fewer than 20 had voted", func(t *testing.T, s *scene) { s.passOff(t) }},
	}
}

func mutantActs() []mutant {
	return []mutant{
		{"rules altered", "another rule, in the act of freezing itself", func(t *testing.T, s *scene) {
			s.otherRules(t, "greedy_score")
			s.publish(t)
		}},
		{"rules altered, freeze left", "another rule than the one frozen", func(t *testing.T, s *scene) {
			s.otherRules(t, "greedy_score")
			s.publish(t)
			s.log.Edit(t, s.log.Find(t, recount.FreezeVerb, 0), func(p *act.Payload) { p.Args = s.honestFreeze })
		}},
		{"rules frozen again", "a second act of freezing, before the publication", func(t *testing.T, s *scene) { s.refreeze(t, recount.SealVerb, false) }},
		{"rules corrected after the vote", "the same, as a correction, once the ballots were sealed", func(t *testing.T, s *scene) { s.refreeze(t, recount.PublishVerb, true) }},
		{"rules never frozen", "the act of freezing removed", func(t *testing.T, s *scene) { s.log.Remove(s.log.Find(t, recount.FreezeVerb, 0)) }},
		{"ballots never sealed", "the act of sealing removed", func(t *testing.T, s *scene) { s.log.Remove(s.log.Find(t, recount.SealVerb, 0)) }},
		{"published twice", "a second publication, another result", func(t *testing.T, s *scene) {
			s.again(t, func(*act.Payload) {})
		}},
		{"published twice, as a correction", "a second publication that names the first: everybody may read both", func(t *testing.T, s *scene) {
			first := s.log.Entries[s.log.Find(t, recount.PublishVerb, 0)].Act(t).ID
			s.again(t, func(p *act.Payload) { p.Corrects = first })
		}},
		{"act of another election", "the publication names another election", func(t *testing.T, s *scene) {
			s.log.Edit(t, s.log.Find(t, recount.PublishVerb, 0), func(p *act.Payload) { p.What.ID = "v-2017-1" })
		}},
	}
}

func mutantLogs() []mutant {
	other := func(t *testing.T, s *scene) { s.projects(t, "Ruche", "Parking") }
	return []mutant{
		{"log truncated", "the log ends before the publication", func(t *testing.T, s *scene) {
			s.log.Entries = s.log.Entries[:s.log.Find(t, recount.PublishVerb, 0)]
		}},
		{"log rolled back", "the true checkpoint of the freeze served again", func(_ *testing.T, s *scene) {
			s.log.Entries, s.log.Note = s.log.Entries[:s.size], s.frozen
		}},
		{"fork", "another result told to whoever kept only the checkpoint of the freeze", func(t *testing.T, s *scene) {
			s.ballots(t, func(lines []string) []string { return lines[10:] })
		}},
		{"signed by another key", "projects renamed, under a key unknown until now", func(t *testing.T, s *scene) {
			other(t, s)
			k := acttest.Keys(t)
			s.log.Signer, s.log.Keys = k.Signer, k.Public
		}},
		{"signed by a retired key", "projects renamed by somebody who found the old key", func(t *testing.T, s *scene) {
			other(t, s)
			s.log.Signer = s.retired.Signer
		}},
	}
}

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// passOff withholds all that a lot of fewer than 20 ballots would withhold.
func (s *scene) passOff(t *testing.T) {
	t.Helper()
	few := small("approval", 12)
	s.draft.Lots = []recount.Ballots{from(few), from(few)}
	s.publish(t)
}

// refreeze freezes other rules a second time, just before the act of a verb.
func (s *scene) refreeze(t *testing.T, before string, corrects bool) {
	t.Helper()
	s.otherRules(t, "greedy_score")
	s.publish(t)
	args := s.args(t)[recount.FreezeVerb]
	first := s.log.Find(t, recount.FreezeVerb, 0)
	s.log.Edit(t, first, func(p *act.Payload) { p.Args = s.honestFreeze })
	old := s.log.Entries[first].Act(t).ID
	s.insert(t, recount.FreezeVerb, s.log.Find(t, before, 0), func(p *act.Payload) {
		p.Args = args
		if corrects {
			p.Corrects = old
		}
	})
}

// again publishes another result once more.
func (s *scene) again(t *testing.T, change func(*act.Payload)) {
	t.Helper()
	honest := s.log.Entries[s.log.Find(t, recount.PublishVerb, 0)].Act(t).Args
	s.draft.Title = "Un autre titre"
	s.publish(t)
	args := s.args(t)[recount.PublishVerb]
	first := s.log.Find(t, recount.PublishVerb, 0)
	s.log.Edit(t, first, func(p *act.Payload) { p.Args = honest })
	s.insert(t, recount.PublishVerb, first+1, func(p *act.Payload) {
		p.Args = args
		change(p)
	})
}

// evidence is what somebody who verifies has beside the site.
type evidence struct {
	since   string
	witness acttest.Asked
}

// columns are what four people have.
func (s *scene) columns(t *testing.T) []evidence {
	t.Helper()
	return []evidence{{}, {since: s.frozen}, {since: s.result}, {witness: acttest.Witness(t, filepath.Join(s.honest.site, "log"), s.honest.keys)}}
}

// TestTamperingMatrix makes each mutant and shows it to both verifiers, with nothing, with an old checkpoint,
// and with a witness. They must agree. The table is published as it is, blanks included.
func TestTamperingMatrix(t *testing.T) {
	s := newScene(t)
	rows := make([]string, len(mutants()))
	t.Run("mutants", func(t *testing.T) {
		for i, m := range mutants() {
			t.Run(m.name, func(t *testing.T) {
				t.Parallel()
				row := fmt.Sprintf("| %s | %s |", m.name, m.how)
				for _, have := range s.columns(t) {
					row += fmt.Sprintf(" %s |", s.look(t, m, have))
				}
				rows[i] = row
			})
		}
	})
	got := preamble + strings.Join(rows, "\n") + "\n" + postamble
	if *update {
		put(t, golden, got)
	}
	want, err := os.ReadFile(golden)
	if err != nil || string(want) != got {
		t.Errorf("%s is not what the test finds (run with -update and read the difference): %v\n%s", golden, err, got)
	}
}

// look makes a mutant and gives what is found.
func (s *scene) look(t *testing.T, m mutant, have evidence) string {
	t.Helper()
	f := s.forge(t)
	m.change(t, f)
	f.log.Publish(t, filepath.Join(f.site, "log"), have.witness)
	o, args := verify.Options{}, []string{"--election", forgedID}
	if have.since != "" {
		path := filepath.Join(t.TempDir(), "checkpoint")
		put(t, path, have.since)
		o.Since, args = []string{have.since}, append(args, "--checkpoint", path)
	}
	if w := have.witness; w.Remote != nil {
		o.Witnesses, o.Client = []witness.Remote{*w.Remote}, w.Client
		args = append(args, "--witness", w.Remote.Key+"@"+w.Remote.URL)
	}
	w := recounted(t, f.dir(), o)
	if !testing.Short() && hasPython() {
		if said, accepted := stranger(t, f.site, args...); accepted != w.OK() {
			t.Errorf("%s: we say %v %+v, the stranger says %s", m.name, w.Log.Problems, w.Elections[0].Problems, said)
		}
	}
	return cell(w)
}

func cell(w *recount.Whole) string {
	var codes []string
	for _, p := range w.Log.Problems {
		codes = append(codes, string(p.Code))
	}
	for _, r := range w.Elections {
		for _, p := range r.Problems {
			codes = append(codes, string(p.Code))
		}
	}
	slices.Sort(codes)
	if codes = slices.Compact(codes); len(codes) == 0 {
		return "not detected"
	}
	return "**" + strings.Join(codes, ", ") + "**"
}

const preamble = `# What tampering with an election is detected, and by whom

Generated by ` + "`TestTamperingMatrix`" + ` (internal/participation/recount); do not edit. Each mutant is made by somebody who holds
the key of the city: unless the row says otherwise, the count, the files, the manifest, the acts that bind
them, payloads, leaves, tiles and checkpoint are all computed and signed again. Each is looked at by
` + "`parvis verify`" + ` and by the second verifier (test/conformance/elections, Python), which agree on every cell: with
nothing else; with a checkpoint kept when the rules had been frozen; with one kept when the result had
been published (` + "`--checkpoint`" + `); and with a witness that had cosigned the whole true log and that the forger asks to
cosign the new one (` + "`--witness KEY@URL`" + `). A cell names the problems reported. “Not detected” is expected where nobody
could see the difference from what they have.

| Mutant | What it does | Nothing else | Checkpoint of the freeze | Checkpoint of the result | Witness |
| --- | --- | --- | --- | --- | --- |
`

const postamble = `
How to read it:

- Without evidence the files prove that the result follows from the ballots, the rules and the projects that are
  published, and that the acts of today's log bind them. Whoever holds the key can publish other ballots and
  rewrite every act: only what is kept outside the city shows it.
- The checkpoint of the freeze protects rules and projects, and nothing that comes later: the ballots are
  protected by the checkpoint of the result, or by a witness.
- “Passed off as a tiny lot” is accepted, and the report says that nothing was counted again: whoever knows that more
  than twenty people voted knows better.
- “Published twice, as a correction” is no fraud: both acts stand in the log, and the last one counts.
- A ballot that was never entered, or invented before the count, is seen by no recount.
`
