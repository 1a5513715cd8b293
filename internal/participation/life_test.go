package participation_test

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/participation"
)

// An election goes from files to a public result, and nobody outside sees anything of it before.
func TestFromFilesToAPublicResult(t *testing.T) {
	forEachTown(t, func(w *town) {
		s := w.imported(hundred())
		if s.Number != "V-2017-1" || s.Stage != participation.Imported || s.Visibility != act.Internal || len(s.Lots) != 1 {
			w.Fatalf("imported: %+v", s)
		}
		if l := s.Lots[0]; l.Voters != 100 || l.Projects != 5 || l.Envelope.Cents != 10000 || l.Declared != "greedy_score" || l.Code != "centre" {
			w.Errorf("lot: %+v", l)
		}
		rules := w.rules(s, "plus_de_voix", nil)
		if _, err := w.room.FreezeRules(w.ctx, mission, participation.Freeze{Election: s.ID, Version: s.Version, Rules: rules}); err != nil {
			w.Fatal(describe(err))
		}
		if err := w.room.CountElection(w.ctx, s.ID); err != nil {
			w.Fatal(describe(err))
		}
		s = w.sheet(s.ID)
		if got := winners(w.lot(s, "")); got != "b a d e" && got != "b a d" {
			w.Errorf("winners: %s", got)
		}
		for _, v := range []string{s.Number, string(s.ID)} {
			_, err := w.room.Sheet(w.ctx, anonymous, v)
			refused(w, err, fault.NotFound, "participation.not_found")
		}
		if _, _, err := w.room.OpenFile(w.ctx, s.Election, "rules.toml"); fault.KindOf(err) != fault.NotFound {
			w.Errorf("a file before its publication: %v", err)
		}
		if _, err := w.room.PublishResult(w.ctx, mission, s.ID, s.Version); err != nil {
			w.Fatal(err)
		}
		if got, err := w.room.Sheet(w.ctx, anonymous, s.Number); err != nil || got.Stage != participation.Published {
			w.Errorf("published: %+v %v", got, err)
		}
		list, err := w.room.List(w.ctx, anonymous)
		if err != nil || len(list) != 1 || list[0].Voters != 100 || list[0].Projects != 5 {
			w.Errorf("list: %+v %v", list, err)
		}
	})
}

// What cannot be done at a stage is refused, and changes nothing.
func TestEachStageRefusesTheOthers(t *testing.T) {
	forEachTown(t, func(w *town) {
		s := w.imported(hundred())
		rules := w.rules(s, "parts_egales", nil)
		_, err := w.room.PublishResult(w.ctx, mission, s.ID, s.Version)
		refused(w, err, fault.Conflict, "participation.publish.not_counted")
		_, err = w.room.FreezeRules(w.ctx, mission, participation.Freeze{Election: s.ID, Version: s.Version + 1, Rules: rules})
		refused(w, err, fault.Conflict, "participation.stale")
		if err := w.room.CountElection(w.ctx, s.ID); err != nil || w.sheet(s.ID).Stage != participation.Imported {
			w.Errorf("counted before the rules were frozen: %v", err)
		}
		f, err := w.room.FreezeRules(w.ctx, mission, participation.Freeze{Election: s.ID, Version: s.Version, Rules: rules})
		if err != nil {
			w.Fatal(describe(err))
		}
		_, err = w.room.FreezeRules(w.ctx, mission, participation.Freeze{Election: s.ID, Version: f.Version, Rules: w.rules(s, "plus_de_voix", nil)})
		refused(w, err, fault.Conflict, "participation.rules.frozen")
		if got := w.sheet(s.ID); got.RulesDigest != f.RulesDigest || !strings.Contains(got.Rules, "mes_cost_add1u") {
			w.Error("the frozen rules changed")
		}
		resident := act.Actor{Kind: act.Resident, Account: "habitante", Channel: "web"}
		_, err = w.room.PublishResult(w.ctx, resident, s.ID, f.Version)
		refused(w, err, fault.Denied, "")
	})
}

// A second count changes nothing: the same result stands under the same act.
func TestCountingTwiceChangesNothing(t *testing.T) {
	forEachTown(t, func(w *town) {
		s := w.counted("parts_egales", nil, hundred())
		before := w.acts()
		if err := w.room.CountElection(w.ctx, s.ID); err != nil {
			w.Fatal(err)
		}
		if again := w.sheet(s.ID); again.Version != s.Version || again.ResultDigest != s.ResultDigest || w.acts() != before {
			w.Errorf("a second count changed the election: %+v", again.Election)
		}
	})
}

// What is withdrawn leaves the lists and the search, and its address says so to those who could read it.
func TestAWithdrawnElectionIsATombstone(t *testing.T) {
	forEachTown(t, func(w *town) {
		s := w.published("plus_de_voix", nil, hundred())
		w.deliver()
		if n := w.number(`SELECT COUNT(*) FROM search_doc`); n != 6 {
			w.Errorf("%d documents in the search, want the election and its 5 projects", n)
		}
		_, err := w.room.Withdraw(w.ctx, mission, s.ID, s.Version, "  ")
		refused(w, err, fault.Invalid, "participation.required")
		if _, err := w.room.Withdraw(w.ctx, mission, s.ID, s.Version, "Un lot a été importé deux fois."); err != nil {
			w.Fatal(err)
		}
		w.deliver()
		_, err = w.room.Sheet(w.ctx, anonymous, s.Number)
		refused(w, err, fault.Gone, "participation.withdrawn")
		list, err := w.room.List(w.ctx, agent)
		if err != nil || len(list) != 0 {
			w.Errorf("still listed: %+v %v", list, err)
		}
		if n := w.number(`SELECT COUNT(*) FROM search_doc`); n != 0 {
			w.Errorf("%d documents of a tombstone in the search", n)
		}
	})
}

// What a text of an act said of a vote goes from its row when the text is effaced.
func TestAnEffacedTextLeavesTheRow(t *testing.T) {
	forEachTown(t, func(w *town) {
		s := w.published("plus_de_voix", nil, hundred())
		if _, err := w.room.Withdraw(w.ctx, mission, s.ID, s.Version, "Plainte de Mme Durand, 3 rue Basse"); err != nil {
			w.Fatal(err)
		}
		text, err := db.One(w.ctx, w.db.Readers, db.Scalar[id.ID], `SELECT id FROM act_text WHERE body = $1`, "Plainte de Mme Durand, 3 rue Basse")
		if err != nil {
			w.Fatal(err)
		}
		if _, err := act.EraseText(w.ctx, acttest.Log(w, w.db, participation.Verbs()), mission, act.Erasure{Text: text, Copies: []act.Copies{w.room.EffaceCopies}}); err != nil {
			w.Fatal(err)
		}
		if n := w.number(`SELECT COUNT(*) FROM participation_election WHERE withdrawn_for = $1`, act.Effaced); n != 1 {
			w.Error("the row still says why")
		}
	})
}

// An archive holds the public files of what is public, byte for byte, and nothing of the rest.
func TestWriteFiles(t *testing.T) {
	forEachTown(t, func(w *town) {
		w.counted("plus_de_voix", nil, hundred()) // waits to be published
		s := w.published("plus_de_voix", nil, hundred())
		got := map[string]*bytes.Buffer{}
		err := w.room.WriteFiles(w.ctx, agent, func(name string) (io.Writer, error) {
			got[name] = &bytes.Buffer{}
			return got[name], nil
		})
		if err != nil {
			w.Fatal(err)
		}
		files, err := w.room.Files(w.ctx, s.Election)
		if err != nil || len(got) != len(files) || len(files) < 5 {
			w.Fatalf("%d files, want %d: %v", len(got), len(files), err)
		}
		for _, f := range files {
			_, body, err := w.room.OpenFile(w.ctx, s.Election, f.Name)
			if err != nil {
				w.Fatal(err)
			}
			want, err := io.ReadAll(body)
			if b := got[string(s.ID)+"/"+f.Name]; err != nil || b == nil || !bytes.Equal(b.Bytes(), want) {
				w.Errorf("%s: not what is downloaded: %v", f.Name, err)
			}
			body.Close()
		}
	})
}
