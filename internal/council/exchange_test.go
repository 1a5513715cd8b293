package council_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"
	"time"

	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/council/scdl"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/tabular/schema"

	"pgregory.net/rapid"
)

const citySIRET = "21860194600013"

// adopted is a formal act made of a decision that was voted.
func (c *town) adopted() council.Formal {
	c.Helper()
	return c.adoptedAt(c.assembly(), "2018-01-22", true)
}

// adoptedAt is a formal act made of what a council voted on a day.
func (c *town) adoptedAt(tb table, day calendar.Day, transmit bool) council.Formal {
	c.Helper()
	m := c.prepare(tb, day)
	i := c.item(m, "Plan vélo", council.ForDecision)
	c.open(tb, m)
	c.voteOn(tb, i, "Le plan vélo de <Monsieur Durand> est adopté.\n\nIl prend effet demain.",
		map[id.ID]council.Choice{"e-maire": council.For, "e-ann": council.For, "e-ben": council.Against, "e-cleo": council.Abstain})
	d := must(c, func() (council.Decision, error) {
		return c.room.TakeDecision(c.ctx, president, council.DecideForm{Item: i.ID, Version: c.stored(i).Version, Result: council.ItemAdopted, Answers: answers()})
	})
	return must(c, func() (council.Formal, error) {
		return c.room.PrepareFormal(c.ctx, secretary, council.FormalForm{Decision: d.ID, Kind: council.Deliberation, FormalText: council.FormalText{
			Title: "Plan vélo", MatterCode: "8.7", Transmit: transmit}})
	})
}

func (c *town) sent() council.Formal {
	c.Helper()
	f := c.adopted()
	c.pass(5 * 24 * time.Hour) // the other tools take a few days
	return must(c, func() (council.Formal, error) { return c.room.SendFormal(c.ctx, secretary, f.ID, f.Version) })
}

func (c *town) archive(f council.Formal) map[string]string {
	c.Helper()
	return c.unpack(must(c, func() (*council.Exchange, error) { return c.room.Exchange(c.ctx, inside("p-mission"), f.Ref, valmont) }))
}

func (c *town) unpack(x *council.Exchange) map[string]string {
	c.Helper()
	var b bytes.Buffer
	c.ok(x.Write(&b))
	return unzip(c, b.Bytes())
}

var valmont = council.Sender{City: "Ville de Valmont", SIRET: citySIRET}

func unzip(c testing.TB, data []byte) map[string]string {
	c.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		c.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			c.Fatal(err)
		}
		body, _ := io.ReadAll(r)
		r.Close()
		out[f.Name] = string(body)
	}
	return out
}

func TestTheFileThatLeavesHoldsTheActAndItsDigests(t *testing.T) {
	forEachTown(t, func(c *town) {
		draft := c.adopted()
		c.wants("council.formal.unknown", errOf(c.room.Exchange(c.ctx, anonymous, draft.Ref, valmont)))
		if before := c.archive(draft); strings.Contains(before["retour.csv"], draft.Ref) || !strings.Contains(before["manifest.json"], `"draft": true`) ||
			!strings.Contains(before[draft.Ref+"/acte.html"], "Projet") {
			c.Errorf("what is read beforehand is a draft: %v", before)
		}
		f := must(c, func() (council.Formal, error) { return c.room.SendFormal(c.ctx, secretary, draft.ID, draft.Version) })
		files := c.archive(f)
		var m council.Manifest
		c.ok(json.Unmarshal([]byte(files["manifest.json"]), &m))
		a := m.Acts[0]
		page := files[a.File.Path]
		if m.Format != "parvis-exchange" || m.Version != 2 || a.Digest != council.DigestOf(f.Text) || a.File.SHA256 != council.DigestOf(page) || a.File.Size != len(page) {
			c.Errorf("%+v", m)
		}
		if strings.Contains(page, "Projet") || !strings.Contains(page, "&lt;Monsieur Durand&gt;") || !strings.Contains(page, "non signé") || !strings.Contains(page, "2 pour, 1 contre, 1 abstention") {
			c.Errorf("%s", page)
		}
		if *a.Votes != (council.Count{Seats: 4, Cast: 4, For: 2, Against: 1, Abstain: 1}) {
			c.Errorf("%+v", a.Votes)
		}
		if !strings.Contains(files["retour.csv"], f.Ref+","+f.Digest+",,") {
			c.Errorf("%s", files["retour.csv"])
		}
	})
}

func answered(f council.Formal, digest string) string {
	return "ref;empreinte;numéro;signé le;reçu le;AR;préfecture;mis en ligne le;url\r\n" + f.Ref + ";" + digest +
		";2018-DEL-12;23/01/2018;24/01/2018;038-213800000-20180123-DEL12-DE;PREF038;25/01/2018;https://valmont.example/del/12\r\n"
}

func TestAReturnIsSeenThenAppliedOnce(t *testing.T) {
	forEachTown(t, func(c *town) {
		f := c.sent()
		v := inside("p-greffe")
		wrong := strings.Repeat("a", 64)
		s := must(c, func() (council.StagedReturn, error) { return c.room.StageReturn(c.ctx, v, []byte(answered(f, wrong))) })
		if s.Clean() || s.Lines[0].Defects[0] != (council.ReturnDefect{Field: "digest", Key: "council.return.digest", Sent: f.Digest, Theirs: wrong}) {
			c.Fatalf("%+v", s.Lines[0].Defects)
		}
		_, err := c.room.ApplyReturn(c.ctx, secretary, v, s.ID)
		c.wants("council.return.digest", err)
		s = must(c, func() (council.StagedReturn, error) {
			return c.room.StageReturn(c.ctx, v, []byte(answered(f, f.Digest)))
		})
		if !s.Clean() || s.Lines[0].After().Number != "2018-DEL-12" || s.Lines[0].Before.Number != "" {
			c.Fatalf("%+v", s.Lines)
		}
		if got := must(c, func() (council.Formal, error) { return c.room.Formal(c.ctx, v, f.Ref) }); got.Status != council.FormalSent {
			c.Error("what is staged changes nothing")
		}
		_, err = c.room.ApplyReturn(c.ctx, secretary, inside("p-mission"), s.ID)
		c.wants("council.return.unknown", err)
		if n := must(c, func() (int, error) { return c.room.ApplyReturn(c.ctx, secretary, v, s.ID) }); n != 1 {
			c.Error(n)
		}
		_, err = c.room.ApplyReturn(c.ctx, secretary, v, s.ID)
		c.wants("council.return.unknown", err)
		got := must(c, func() (council.Formal, error) { return c.room.Formal(c.ctx, v, f.Ref) })
		clocks := got.Clocks(0)
		if got.Receipt == "" || clocks[0].Day != "2018-01-25" || clocks[1].Day != "2018-03-26" {
			c.Errorf("%+v %+v", got.Returned, clocks)
		}
	})
}

func TestReturnsInEveryFormAndHostileOnes(t *testing.T) {
	forEachTown(t, func(c *town) {
		f := c.sent()
		v := inside("p-greffe")
		files := c.archive(f)
		var z bytes.Buffer
		w := zip.NewWriter(&z)
		for name, body := range map[string]string{"sous/retour.csv": answered(f, f.Digest), "manifest.json": files["manifest.json"], "../../etc/passwd": "x"} {
			e, _ := w.Create(name)
			e.Write([]byte(body))
		}
		w.Close()
		one := `{"ref":"` + f.Ref + `","digest":"` + f.Digest + `","number":"12","signed_on":"2018-01-23"}`
		for name, body := range map[string]string{"zip": z.String(), "one": one, "list": "[" + one + "]"} {
			if s, err := c.room.StageReturn(c.ctx, v, []byte(body)); err != nil || !s.Clean() {
				c.Errorf("%s: %v %+v", name, err, s)
			}
		}
		for _, body := range []string{"", "PK\x03\x04 nothing", "ref;digest\r\n", `[{"ref":"x","autre":1}]`, `{"signed_on":"23/01/2018"}`, "a,b\n1,2", "\x00\x01"} {
			if s, err := c.room.StageReturn(c.ctx, v, []byte(body)); err == nil && s.Clean() {
				c.Errorf("%q is taken", body)
			} else if err != nil && fault.KindOf(err) == fault.Internal {
				c.Errorf("%q: %v", body, err)
			}
		}
		for defect, cells := range map[string]string{"council.return.future": "12;2018-01-23;2018-02-20", "council.return.order": "12;2018-01-23;2018-01-20", "council.return.unsigned": "12;;", "council.return.number": ";2018-01-23;"} {
			s := must(c, func() (council.StagedReturn, error) {
				return c.room.StageReturn(c.ctx, v, []byte("ref;digest;number;signed_on;received_on\n"+f.Ref+";"+f.Digest+";"+cells+"\n"))
			})
			if s.Clean() || s.Lines[0].Defects[0].Key != defect {
				c.Errorf("%s: %+v", defect, s.Lines[0].Defects)
			}
		}
		s := must(c, func() (council.StagedReturn, error) {
			return c.room.StageReturn(c.ctx, v, []byte("ref;digest;number;signed_on\n"+f.Ref+";"+f.Digest+";1;2018-01-23\n"+f.Ref+";"+f.Digest+";1;2018-01-23\nAF-1;x;1;2018-01-23\n"))
		})
		if s.Lines[1].Defects[0].Key != "council.return.twice" || s.Lines[2].Defects[0].Key != "council.return.no_act" {
			c.Errorf("%+v", s.Lines)
		}
	})
}

// returned is a formal act of which everything is known.
func (c *town) returned() council.Formal {
	c.Helper()
	f := c.sent()
	v := inside("p-greffe")
	s := must(c, func() (council.StagedReturn, error) {
		return c.room.StageReturn(c.ctx, v, []byte(answered(f, f.Digest)))
	})
	must(c, func() (int, error) { return c.room.ApplyReturn(c.ctx, secretary, v, s.ID) })
	return must(c, func() (council.Formal, error) { return c.room.Formal(c.ctx, v, f.Ref) })
}

// I10: what is published is the adopted text, but for what a person hid.
func TestAFormalActIsPublishedByAPersonWhoReviewedIt(t *testing.T) {
	forEachTown(t, func(c *town) {
		f := c.returned()
		_, err := c.room.PublishFormal(c.ctx, secretary, f.ID, f.Version, false)
		c.wants("reviewed:council.minutes.review", err)
		_, err = c.room.MaskFormal(c.ctx, secretary, f.ID, f.Version, []council.Mask{{Passage: "Madame Martin"}})
		c.wants("masks:council.minutes.not_there", err)
		f = must(c, func() (council.Formal, error) {
			return c.room.MaskFormal(c.ctx, secretary, f.ID, f.Version, []council.Mask{{Passage: "Monsieur Durand", Reason: "CRPA L311-6"}})
		})
		_, err = c.room.Formal(c.ctx, anonymous, f.Ref)
		c.wants("council.formal.unknown", err)
		f = must(c, func() (council.Formal, error) { return c.room.PublishFormal(c.ctx, secretary, f.ID, f.Version, true) })
		seen := must(c, func() (council.Formal, error) { return c.room.Formal(c.ctx, anonymous, f.Ref) })
		if strings.Contains(seen.Text+seen.Published+seen.Title, "Durand") || seen.Masks != nil || !strings.Contains(seen.Text, council.Hidden) {
			c.Errorf("%+v", seen)
		}
		if f.PublishedDigest != council.DigestOf(seen.Text) || f.Digest == f.PublishedDigest {
			c.Error("the digest of what is published is that of what is read")
		}
	})
}

func TestThePublishedDeliberationsAreAValidFile(t *testing.T) {
	forEachTown(t, func(c *town) {
		f := c.returned()
		if all := must(c, func() ([]scdl.Deliberation, error) { return c.room.Deliberations(c.ctx, "Ville de Valmont", citySIRET) }); len(all) != 0 {
			c.Errorf("not published yet: %+v", all)
		}
		must(c, func() (council.Formal, error) { return c.room.PublishFormal(c.ctx, secretary, f.ID, f.Version, true) })
		all := must(c, func() ([]scdl.Deliberation, error) { return c.room.Deliberations(c.ctx, "Ville de Valmont", citySIRET) })
		good, bad, err := scdl.Check(all)
		if err != nil || len(bad) != 0 || len(good) != 1 {
			c.Fatalf("%v %+v", err, bad)
		}
		var b bytes.Buffer
		c.ok(scdl.Write(&b, good))
		want := "COLL_NOM,COLL_SIRET,DELIB_ID,DELIB_DATE,DELIB_MATIERE_CODE,DELIB_MATIERE_NOM,DELIB_OBJET,BUDGET_ANNEE,BUDGET_NOM,PREF_ID,PREF_DATE," +
			"VOTE_EFFECTIF,VOTE_REEL,VOTE_POUR,VOTE_CONTRE,VOTE_ABSTENTION,DELIB_URL\r\n" +
			"Ville de Valmont,21860194600013,2018-DEL-12,2018-01-22,8.7,Domaines de compétences par thèmes/Transports,Plan vélo,,,PREF038,2018-01-24," +
			"4,4,2,1,1,https://valmont.example/del/12\r\n"
		if b.String() != want {
			c.Errorf("got\n%s\nwant\n%s", b.String(), want)
		}
	})
}

// Whatever is written is read back by the validator without a defect, or was told to be refused.
func TestNoInvalidLineLeaves(t *testing.T) {
	s, err := scdl.Schema()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 50)
		d := scdl.Deliberation{CollectiviteName: rapid.SampledFrom([]string{"", "Valmont"}).Draw(t, "name"), SIRET: rapid.SampledFrom([]string{citySIRET, "1"}).Draw(t, "siret"),
			ID: "x", Date: "2018-01-22", MatterCode: rapid.SampledFrom([]string{"8.7", "87"}).Draw(t, "code"), MatterName: "Finances locales/divers", Object: "o",
			Votes: &scdl.Votes{Effectif: n.Draw(t, "e"), Reel: n.Draw(t, "r"), Pour: n.Draw(t, "p"), Contre: n.Draw(t, "c"), Abstention: n.Draw(t, "a")}}
		good, bad, _ := scdl.Check([]scdl.Deliberation{d})
		v := d.Votes
		holds := d.CollectiviteName != "" && d.SIRET == citySIRET && d.MatterCode == "8.7" && v.Reel <= v.Effectif && v.Reel == v.Pour+v.Contre+v.Abstention
		if holds != (len(good) == 1) || len(good)+len(bad) != 1 {
			t.Errorf("%+v: %v", d, bad)
		}
	})
	if found := s.Validate(s.Header(), nil); !isEmpty(found) {
		t.Error(found)
	}
}

func isEmpty(d []schema.Defect) bool { return len(d) == 0 }

func TestTheQuietPeriod(t *testing.T) {
	forEachTown(t, func(c *town) {
		if from := council.QuietFrom("2026-03-15"); from != "2025-09-01" {
			c.Errorf("six months before the month of the vote: %s", from)
		}
		_, err := c.room.SetQuiet(c.ctx, president, council.QuietForm{Election: "Municipales", Ballot: "2018-06-10", From: "2018-07-01"})
		c.wants("from:council.quiet.days", err)
		if _, on, _ := c.room.QuietToday(c.ctx); on {
			c.Error("nothing is frozen")
		}
		x := must(c, func() (council.Quiet, error) {
			return c.room.SetQuiet(c.ctx, president, council.QuietForm{Election: "Municipales", Ballot: "2018-06-10"})
		})
		if x.From != "2017-12-01" || !x.Contains("2018-06-17") || x.Contains("2018-06-18") {
			c.Errorf("%+v", x.Period)
		}
		if _, on, _ := c.room.QuietToday(c.ctx); !on {
			c.Error("promotion is frozen")
		}
		must(c, func() (council.Quiet, error) { return c.room.EndQuiet(c.ctx, president, x.ID, x.Version) })
		if _, on, _ := c.room.QuietToday(c.ctx); on {
			c.Error("the switch was taken back")
		}
	})
}
