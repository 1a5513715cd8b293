package recount_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/act/verify"
	"parvis/internal/participation/recount"
)

// memory is an election in memory.
type memory map[string][]byte

func (m memory) String() string { return "memory" }

func (m memory) Read(_ context.Context, name string, limit int64) ([]byte, error) {
	b, ok := m[name]
	if !ok || int64(len(b)) > limit {
		return nil, fs.ErrNotExist
	}
	return b, nil
}

func (m memory) put(name string, write func(io.Writer) error) error {
	var b bytes.Buffer
	err := write(&b)
	m[name] = b.Bytes()
	return err
}

// bound are the acts that bind an election as its files now are.
func (m memory) bound(t testing.TB, id string) *recount.Deeds {
	t.Helper()
	var list recount.Manifest
	if err := json.Unmarshal(m["manifest.json"], &list); err == nil {
		for i, f := range list.Files {
			list.Files[i].Size, list.Files[i].SHA256 = int64(len(m[f.Name])), digest(string(m[f.Name]))
		}
		var out bytes.Buffer
		e := json.NewEncoder(&out)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		if err := e.Encode(list); err != nil {
			t.Fatal(err)
		}
		m["manifest.json"] = out.Bytes()
	}
	projects := digest(digest(string(m["lots/1/projects.csv"])) + "  lots/1/projects.csv\n" + digest(string(m["lots/2/projects.csv"])) + "  lots/2/projects.csv\n")
	var deeds recount.Deeds
	what := act.What{Ref: act.Ref{Type: recount.Object, ID: "v-2018-1"}}
	deeds.See(0, act.Payload{ID: "a", Verb: recount.FreezeVerb, What: what, Args: act.Args{"rules": digest(string(m["rules.toml"])), "projects": projects}})
	deeds.See(1, act.Payload{ID: "b", Verb: recount.PublishVerb, What: what, Args: act.Args{"manifest": digest(string(m["manifest.json"]))}})
	return &deeds
}

// FuzzVerify gives the verifier files that nobody wrote, bound by acts as if they were true: it must say
// what is wrong, and accept only the bytes that were published.
func FuzzVerify(f *testing.F) {
	d := draft(f, forgedID, "greedy_card", from(small("approval", 110)))
	second := d.Rules.Lots[0]
	second.ID, second.Name = "quartier", "Quartier"
	d.Rules.Lots, d.Lots = append(d.Rules.Lots, second), append(d.Lots, from(small("approval", 30)))
	whole := memory{}
	p, err := recount.Publish(f.Context(), d, whole.put)
	if err != nil {
		f.Fatal(err)
	}
	var names []string
	for _, file := range p.Manifest.Files {
		names = append(names, file.Name)
		f.Add(uint(len(names)-1), whole[file.Name])
	}
	names = append(names, "manifest.json")
	f.Add(uint(len(names)-1), whole["manifest.json"])
	f.Fuzz(func(t *testing.T, which uint, body []byte) {
		name := names[which%uint(len(names))]
		files := memory{}
		for n, b := range whole {
			files[n] = b
		}
		files[name] = body
		deeds := files.bound(t, forgedID)
		r, err := recount.Verify(t.Context(), files, forgedID, deeds)
		if err != nil {
			t.Fatal(err)
		}
		if r.OK() && bytes.Equal(body, whole[name]) == false && (name == "lots/1/ballots.pb" || name == "result.json") {
			t.Fatalf("%s was accepted:\n%s", name, body)
		}
	})
}

// A site over HTTP is verified as a folder is, at its root or at an election.
func TestVerifyOverHTTP(t *testing.T) {
	c := newTown(t, acttest.Keys(t))
	c.hold(t, draft(t, forgedID, "mes_cost", from(small("approval", 130))))
	c.flush(t)
	server := httptest.NewServer(http.FileServer(http.Dir(c.site)))
	defer server.Close()
	for _, path := range []string{"", "/", "/elections/" + forgedID, "/elections/" + forgedID + "/"} {
		at, err := recount.Locate(t.Context(), server.URL+path, "", server.Client())
		if err != nil {
			t.Fatal(err)
		}
		w, err := recount.VerifyAll(t.Context(), at, verify.Options{Client: server.Client()})
		if err != nil || !w.OK() || len(w.Elections) != 1 || !w.Elections[0].Lots[0].Recounted {
			t.Errorf("%q: %v %+v", path, err, w)
		}
		raw, err := json.Marshal(w)
		if err != nil || !strings.HasPrefix(string(raw), `{"ok":true,"log":{"source":"http`) || strings.Contains(string(raw), "null") {
			t.Errorf("%v %s", err, raw)
		}
	}
}
