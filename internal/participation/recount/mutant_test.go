package recount_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/id"
	"parvis/internal/participation/recount"
	"parvis/internal/participation/tally"
)

// scene is an election that was held, and what somebody who has the city's key makes of it.
type scene struct {
	honest  *town
	draft   recount.Draft // as it was held; a copy may be changed and published again
	frozen  string        // the checkpoint after the rules were frozen
	result  string        // the checkpoint after the publication
	size    int           // of the log when the rules were frozen
	retired act.Keys      // the key before the last rotation

	honestFreeze, honestSeal act.Args

	site string // the forged one
	log  *acttest.Forger
}

const forgedID = "v-2018-1"

// newScene holds an election of two lots, ballots of the first and totals of the second being published.
func newScene(t *testing.T) *scene {
	t.Helper()
	safe := t.TempDir()
	retired, err := act.CreateKeys(safe, acttest.Origin)
	if err != nil {
		t.Fatal(err)
	}
	keys, err := act.RotateKeys(safe)
	if err != nil {
		t.Fatal(err)
	}
	s := &scene{honest: newTown(t, keys), retired: retired, draft: twoLots(t)}
	c, d := s.honest, s.draft
	frozen, err := recount.Freeze(t.Context(), d.Rules, d.Lots)
	if err != nil {
		t.Fatal(err)
	}
	c.record(t, recount.FreezeVerb, d.ID, frozen)
	c.flush(t)
	s.frozen = read(t, c.site, "log/checkpoint")
	s.size = len(acttest.ReadLog(t, filepath.Join(c.site, "log"), keys.Signer, keys.Public).Entries)
	p, err := recount.Publish(t.Context(), d, folder(filepath.Join(c.site, "elections", d.ID)))
	if err != nil {
		t.Fatal(err)
	}
	s.honestFreeze, s.honestSeal = frozen, p.Seal
	c.record(t, recount.SealVerb, d.ID, p.Seal)
	c.record(t, recount.PublishVerb, d.ID, p.Publish)
	c.flush(t)
	s.result = read(t, c.site, "log/checkpoint")
	acttest.History(t, c.db, c.log, 1)
	c.flush(t)
	return s
}

func twoLots(t *testing.T) recount.Draft {
	t.Helper()
	d := draft(t, forgedID, "greedy_card", from(small("approval", 130)))
	d.Sealed = true
	second := d.Rules.Lots[0]
	second.ID, second.Name = "quartier", "Quartier"
	d.Rules.Lots = append(d.Rules.Lots, second)
	d.Lots = append(d.Lots, from(small("approval", 40)))
	return d
}

// forge begins a forgery: a copy of the site, and its log taken apart.
func (s *scene) forge(t *testing.T) *scene {
	t.Helper()
	f := *s
	f.site = t.TempDir()
	elections := filepath.Join(f.site, "elections")
	if err := os.CopyFS(elections, os.DirFS(filepath.Join(s.honest.site, "elections"))); err != nil {
		t.Fatal(err)
	}
	f.log = acttest.ReadLog(t, filepath.Join(s.honest.site, "log"), s.honest.keys.Signer, s.honest.keys.Public)
	rules := *s.draft.Rules
	rules.Lots = slices.Clone(rules.Lots)
	f.draft.Rules, f.draft.Lots = &rules, slices.Clone(s.draft.Lots)
	return &f
}

func (s *scene) dir() string { return filepath.Join(s.site, "elections", forgedID) }

// publish counts and writes the election again as the draft now stands, and rewrites every act.
func (s *scene) publish(t *testing.T) {
	t.Helper()
	if err := os.RemoveAll(s.dir()); err != nil {
		t.Fatal(err)
	}
	if _, err := recount.Publish(t.Context(), s.draft, folder(s.dir())); err != nil {
		t.Fatal(err)
	}
	s.bind(t, recount.FreezeVerb, recount.SealVerb, recount.PublishVerb)
}

// ballots changes the ballots of the first lot and publishes the count of these.
func (s *scene) ballots(t *testing.T, change func(lines []string) []string) {
	t.Helper()
	head, votes, _ := strings.Cut(small("approval", 130), "VOTES\nvoter_id;age;vote\n")
	lines := change(strings.Split(strings.TrimSuffix(votes, "\n"), "\n"))
	s.draft.Lots[0] = from(head + "VOTES\nvoter_id;age;vote\n" + strings.Join(lines, "\n") + "\n")
	s.publish(t)
}

// projects changes the projects of the first lot and publishes the count.
func (s *scene) projects(t *testing.T, old, new string) {
	t.Helper()
	text := small("approval", 130)
	if !strings.Contains(text, old) {
		t.Fatalf("no %q", old)
	}
	s.draft.Lots[0] = from(strings.Replace(text, old, new, 1))
	s.publish(t)
}

// edit changes a file, then the manifest, then the acts of these verbs.
func (s *scene) edit(t *testing.T, name, old, new string, verbs ...string) {
	t.Helper()
	text := read(t, s.dir(), name)
	if !strings.Contains(text, old) {
		t.Fatalf("%s has no %q:\n%s", name, old, text)
	}
	if err := os.WriteFile(filepath.Join(s.dir(), name), []byte(strings.Replace(text, old, new, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	s.list(t, func(*recount.Manifest) {})
	s.bind(t, verbs...)
}

// all names every act that binds files.
func allActs() []string { return []string{recount.FreezeVerb, recount.SealVerb, recount.PublishVerb} }

// list writes the manifest for the files as they are.
func (s *scene) list(t *testing.T, change func(*recount.Manifest)) {
	t.Helper()
	var m recount.Manifest
	if err := json.Unmarshal([]byte(read(t, s.dir(), "manifest.json")), &m); err != nil {
		t.Fatal(err)
	}
	change(&m)
	for i, f := range m.Files {
		text := read(t, s.dir(), f.Name)
		m.Files[i].Size, m.Files[i].SHA256 = int64(len(text)), digest(text)
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(m); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(s.dir(), "manifest.json"), out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

func digest(text string) string {
	h := sha256.Sum256([]byte(text))
	return hex.EncodeToString(h[:])
}

// args are those that the acts must hold for the files as they are, by verb.
func (s *scene) args(t *testing.T) map[string]act.Args {
	t.Helper()
	lines := func(names ...string) string {
		var out strings.Builder
		for _, lot := range []string{"1", "2"} {
			for _, n := range names {
				name := "lots/" + lot + "/" + n
				if _, err := os.Stat(filepath.Join(s.dir(), name)); err == nil {
					io.WriteString(&out, digest(read(t, s.dir(), name))+"  "+name+"\n")
				}
			}
		}
		return digest(out.String())
	}
	return map[string]act.Args{
		recount.FreezeVerb:  {"rules": digest(read(t, s.dir(), "rules.toml")), "projects": lines("projects.csv")},
		recount.SealVerb:    {"ballots": lines("ballots.pb", "totals.csv")},
		recount.PublishVerb: {"manifest": digest(read(t, s.dir(), "manifest.json"))},
	}
}

// bind rewrites the acts of these verbs so that they hold the digests of the files.
func (s *scene) bind(t *testing.T, verbs ...string) {
	t.Helper()
	args := s.args(t)
	for _, verb := range verbs {
		s.log.Edit(t, s.log.Find(t, verb, 0), func(p *act.Payload) { p.Args = args[verb] })
	}
}

// insert adds an act like that of a verb, at a place of the log, a moment after the one before.
func (s *scene) insert(t *testing.T, verb string, at int, change func(*act.Payload)) {
	t.Helper()
	e := s.log.Entries[s.log.Find(t, verb, 0)]
	e.Leaf.ID = id.Random()
	s.log.Entries = slices.Insert(s.log.Entries, at, e)
	s.log.Edit(t, at, func(p *act.Payload) {
		p.ID, p.Rows = id.Random(), nil
		for i := at - 1; i >= 0; i-- {
			if s.log.Entries[i].Opening.Kind == act.LeafAct {
				p.When.Recorded = s.log.Entries[i].Act(t).When.Recorded
				break
			}
		}
		change(p)
	})
}

// otherRules are the frozen rules with another tie: nobody would see it in the title.
func (s *scene) otherRules(t *testing.T, rule string) {
	t.Helper()
	if _, err := tally.ParseRule(rule); err != nil {
		t.Fatal(err)
	}
	s.draft.Rules.Rule = rule
}
