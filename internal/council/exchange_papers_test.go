package council_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"parvis/internal/act/acttest"
	"parvis/internal/blob"
	"parvis/internal/blob/blobtest"
	"parvis/internal/clock"
	"parvis/internal/council"
	"parvis/internal/db/dbtest"
	"parvis/internal/id"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func (c *town) handIn(i council.Item, f council.PaperForm) council.Paper {
	c.Helper()
	f.Item = i.ID
	if f.Kind == "" {
		f.Kind = council.Report
	}
	return must(c, func() (council.Paper, error) { return c.room.AddPaper(c.ctx, secretary, f) })
}

// carried adopts a matter of an assembly and prepares its act.
func (c *town) carried(tb table, i council.Item) council.Formal {
	c.Helper()
	c.voteOn(tb, i, i.Title+" : adopté.", map[id.ID]council.Choice{"e-maire": council.For, "e-ann": council.For, "e-ben": council.Against})
	d := must(c, func() (council.Decision, error) {
		return c.room.TakeDecision(c.ctx, president, council.DecideForm{Item: i.ID, Version: c.stored(i).Version, Result: council.ItemAdopted, Answers: answers()})
	})
	return must(c, func() (council.Formal, error) {
		return c.room.PrepareFormal(c.ctx, secretary, council.FormalForm{Decision: d.ID, Kind: council.Deliberation,
			FormalText: council.FormalText{Title: i.Title, MatterCode: "8.7", Transmit: true}})
	})
}

func manifestOf(c testing.TB, files map[string]string) (m council.Manifest) {
	c.Helper()
	if err := json.Unmarshal([]byte(files["manifest.json"]), &m); err != nil {
		c.Fatal(err)
	}
	return m
}

// shelves is an assembly with two matters: one that an earlier meeting put off, with its papers, and one of its own.
func (c *town) shelves() (tb table, m council.Meeting, old, own council.Item) {
	c.Helper()
	tb = c.assembly()
	before, now := c.prepare(tb, "2018-01-15"), c.prepare(tb, "2018-01-29")
	first := c.item(before, "Plan vélo", council.ForDecision)
	report := c.handIn(first, council.PaperForm{Title: "../../etc/Rapport : « vélo »\\..exe", File: blobtest.PDF("première édition")})
	c.handIn(first, council.PaperForm{Title: "Plan au 1/500", Kind: council.Annex, Link: "https://ged.example/plan", Digest: strings.Repeat("a", 64)})
	gone := c.handIn(first, council.PaperForm{Title: "Retirée", File: blobtest.PDF("retirée")})
	c.ok(errOf(c.room.WithdrawPaper(c.ctx, secretary, gone.ID, "Erreur")))
	c.ok(errOf(c.room.PostponeItem(c.ctx, secretary, first.ID, c.stored(first).Version, "À compléter", now.ID)))
	old = c.file(inside("p-mission"), now).Items[0].Item
	c.handIn(old, council.PaperForm{Thread: report.Thread, Title: "../../etc/Rapport : « vélo »\\..exe", File: blobtest.PDF("seconde édition")})
	own = c.item(now, "Tarifs", council.ForDecision)
	c.handIn(own, council.PaperForm{Title: "Rapport", File: strings.NewReader("Les tarifs de 2018.\n")})
	return tb, now, old, own
}

// The file of a meeting holds every act that was handed over, with the papers of its matter, wherever they were handed in.
func TestTheFileOfAMeetingHoldsThePapersOfItsActs(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb, m, old, own := c.shelves()
		for _, p := range blob.Latest(c.stored(old).Papers) {
			if p.Kind == council.Report && p.Edition != 2 {
				c.Errorf("the last edition is in force, whichever meeting it was handed in for: %+v", p)
			}
		}
		c.open(tb, m)
		bike, prices := c.carried(tb, old), c.carried(tb, own)
		c.wants("council.formal.none_sent", errOf(c.room.ExchangeOfMeeting(c.ctx, inside("p-greffe"), m.Number, valmont)))
		c.wants("council.meeting.not_found", errOf(c.room.ExchangeOfMeeting(c.ctx, anonymous, m.Number, valmont)))
		if n := must(c, func() (int, error) { return c.room.SendFormals(c.ctx, secretary, m.ID) }); n != 2 {
			c.Errorf("%d handed over", n)
		}
		c.wants("council.formal.none_prepared", errOf(c.room.SendFormals(c.ctx, secretary, m.ID)))
		files := c.unpack(must(c, func() (*council.Exchange, error) {
			return c.room.ExchangeOfMeeting(c.ctx, inside("p-greffe"), m.Number, valmont)
		}))
		sent := manifestOf(c, files)
		for _, a := range sent.Acts {
			for _, p := range a.Papers {
				if body, ok := files[p.Path]; p.Path != "" && (!ok || council.DigestOf(body) != p.SHA256 || int64(len(body)) != p.Size) {
					c.Errorf("%+v: %v %q", p, ok, body)
				}
			}
		}
		for name := range files {
			if strings.Contains(name, "..") || strings.ContainsAny(name, "\\:") || strings.HasPrefix(name, "/") {
				c.Errorf("a name that leaves its folder: %q", name)
			}
		}
		golden(c, "manifest.json", files["manifest.json"])
		c.returnedTogether(bike, prices, files["retour.csv"])
	})
}

// returnedTogether fills one line of the table of a meeting: the act that has not come back is left as it is.
func (c *town) returnedTogether(back, waits council.Formal, table string) {
	c.Helper()
	c.pass(48 * time.Hour)
	v := inside("p-greffe")
	_, err := c.room.StageReturn(c.ctx, v, []byte(table))
	c.wants("council.return.nothing_said", err)
	filled := strings.Replace(table, back.Ref+","+back.Digest+",,", back.Ref+","+back.Digest+",2018-7,2018-01-30", 1)
	s := must(c, func() (council.StagedReturn, error) { return c.room.StageReturn(c.ctx, v, []byte(filled)) })
	if !s.Clean() || len(s.Lines) != 1 || s.Silent != 1 {
		c.Fatalf("%+v", s)
	}
	must(c, func() (int, error) { return c.room.ApplyReturn(c.ctx, secretary, v, s.ID) })
	for want, f := range map[council.FormalStatus]council.Formal{council.FormalReturned: back, council.FormalSent: waits} {
		if got := must(c, func() (council.Formal, error) { return c.room.Formal(c.ctx, v, f.Ref) }); got.Status != want {
			c.Errorf("%s is %s", f.Ref, got.Status)
		}
	}
}

func golden(c testing.TB, name, got string) {
	c.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			c.Fatal(err)
		}
	}
	if want, err := os.ReadFile(path); err != nil || string(want) != got {
		c.Errorf("%s differs (%v): run with -update and read the difference\n%s", path, err, got)
	}
}

// A paper of an earlier meeting can be signed off at the meeting that takes its matter up; one of another matter cannot.
func TestACircuitIsOpenedOnAPaperOfAnEarlierMeeting(t *testing.T) {
	forEachTown(t, func(c *town) {
		_, _, old, own := c.shelves()
		desk := must(c, func() (council.Desk, error) { return c.room.CircuitDesk(c.ctx, inside("p-greffe"), old.ID) })
		if len(desk.Papers) != 2 {
			c.Fatalf("%+v", desk.Papers)
		}
		consult := func(i council.Item, p council.Paper) error {
			return errOf(c.room.Consult(c.ctx, secretary, council.ConsultForm{Item: i.ID, Unit: "u-mission", Question: "Qu’en dites-vous ?", Days: 5, Paper: p.ID}))
		}
		for _, p := range desk.Papers {
			c.ok(consult(old, p))
			c.wants("paper:council.circuit.paper", consult(own, p))
		}
	})
}

// Whoever is recused from a matter may read its act once it is public: the papers that are not public stay closed.
func TestTheFileOfAPublicActKeepsItsPapersFromWhoIsRecused(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb, m, old, _ := c.shelves()
		c.ok(errOf(c.room.DeclareInterest(c.ctx, acttest.Agent("e-cleo"), council.InterestForm{Item: old.ID, Post: "e-cleo", Event: "recuse", Nature: "family"})))
		c.open(tb, m)
		f := c.carried(tb, old)
		cleo := inside("e-cleo")
		c.wants("council.recused", errOf(c.room.Exchange(c.ctx, cleo, f.Ref, valmont)))
		c.ok(errOf(c.room.SendFormals(c.ctx, secretary, m.ID)))
		c.wants("council.formal.none_sent", errOf(c.room.ExchangeOfMeeting(c.ctx, cleo, m.Number, valmont)))
		c.pass(5 * 24 * time.Hour)
		s := must(c, func() (council.StagedReturn, error) {
			return c.room.StageReturn(c.ctx, inside("p-greffe"), []byte("ref;digest;number;signed_on\n"+f.Ref+";"+f.Digest+";7;2018-01-30\n"))
		})
		must(c, func() (int, error) { return c.room.ApplyReturn(c.ctx, secretary, inside("p-greffe"), s.ID) })
		f = must(c, func() (council.Formal, error) { return c.room.Formal(c.ctx, inside("p-greffe"), f.Ref) })
		f = must(c, func() (council.Formal, error) { return c.room.PublishFormal(c.ctx, secretary, f.ID, f.Version, true) })
		files := c.unpack(must(c, func() (*council.Exchange, error) { return c.room.Exchange(c.ctx, cleo, f.Ref, valmont) }))
		if papers := manifestOf(c, files).Acts[0].Papers; len(papers) != 0 || len(files) != 3 {
			c.Errorf("%+v in %d files", papers, len(files))
		}
	})
}

// A file that is gone from the store, or is another one, is told where the digests are; the rest leaves.
func TestAPaperThatIsMissingOrDamagedIsTold(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb, m, old, own := c.shelves()
		c.open(tb, m)
		c.carried(tb, old)
		c.carried(tb, own)
		c.ok(errOf(c.room.SendFormals(c.ctx, secretary, m.ID)))
		c.spoil(c.report(old).Digest, os.Remove)
		c.spoil(c.report(own).Digest, func(path string) error {
			os.Chmod(path, 0o600)
			return os.WriteFile(path, []byte("autre chose"), 0o600)
		})
		acts := manifestOf(c, c.unpack(must(c, func() (*council.Exchange, error) {
			return c.room.ExchangeOfMeeting(c.ctx, inside("p-greffe"), m.Number, valmont)
		}))).Acts
		if p := acts[0].Papers[0]; p.Defect != "missing" || p.Path != "" {
			c.Errorf("%+v", p)
		}
		if p := acts[1].Papers[0]; p.Defect != "damaged" || p.Path == "" {
			c.Errorf("%+v", p)
		}
	})
}

// report is the report in force about an item.
func (c *town) report(i council.Item) council.Paper {
	c.Helper()
	force := blob.Latest(c.stored(i).Papers)
	return force[slices.IndexFunc(force, func(p council.Paper) bool { return p.Kind == council.Report })]
}

// spoil does something to the stored file of a digest.
func (c *town) spoil(digest string, do func(path string) error) {
	c.Helper()
	c.ok(do(filepath.Join(c.blobs, digest[:2], digest[2:])))
}

// Papers go from the store to the reader: what is allocated on the way does not grow with them.
func TestTheFileIsStreamed(t *testing.T) {
	const papers, size = 4, 8 << 20
	at := clock.At(firstDay.Clock(9, 0))
	c := newTown(t, dbtest.SQLite(t, at), at)
	tb := c.assembly()
	m := c.prepare(tb, "2018-01-29")
	i := c.item(m, "Plan vélo", council.ForDecision)
	for n := range papers {
		c.handIn(i, council.PaperForm{Title: "Plan", File: io.LimitReader(io.MultiReader(blobtest.PDF(strconv.Itoa(n)), zeros{}), size)})
	}
	c.open(tb, m)
	x := must(c, func() (*council.Exchange, error) {
		return c.room.Exchange(c.ctx, inside("p-greffe"), c.carried(tb, i).Ref, valmont)
	})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	wrote := counting(0)
	c.ok(x.Write(&wrote))
	runtime.ReadMemStats(&after)
	if grown := after.TotalAlloc - before.TotalAlloc; wrote < papers*size || grown > size/2 {
		t.Errorf("%d bytes allocated to write %d", grown, wrote)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

type counting int

func (n *counting) Write(p []byte) (int, error) { *n += counting(len(p)); return len(p), nil }

// A ZIP that comes back is read for its table alone, if it is one of a version that we know.
func TestAReturnedArchiveIsOneThatWeKnow(t *testing.T) {
	forEachTown(t, func(c *town) {
		f := c.sent()
		for want, files := range map[string][][2]string{
			"":                          {{"a/retour.csv", answered(f, f.Digest)}, {"manifest.json", `{"format":"parvis-exchange","version":2}`}},
			"council.return.version":    {{"retour.csv", answered(f, f.Digest)}, {"manifest.json", `{"format":"parvis-exchange","version":3}`}},
			"council.return.two_tables": {{"retour.csv", answered(f, f.Digest)}, {"b/RETOUR.CSV", answered(f, f.Digest)}},
		} {
			var b bytes.Buffer
			z := zip.NewWriter(&b)
			for _, e := range files {
				w, _ := z.Create(e[0])
				w.Write([]byte(e[1]))
			}
			z.Close()
			c.wants(want, errOf(c.room.StageReturn(c.ctx, inside("p-greffe"), b.Bytes())))
		}
		bomb := bytes.Repeat([]byte("0"), 21<<20)
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		w, _ := z.Create("retour.csv")
		w.Write(bomb)
		z.Close()
		c.wants("council.return.unreadable", errOf(c.room.StageReturn(c.ctx, inside("p-greffe"), b.Bytes())))
		c.wants("council.return.too_large", errOf(c.room.StageReturn(c.ctx, inside("p-greffe"), bomb)))
	})
}
