package verify_test

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/act/verify"
	"parvis/internal/act/witness"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
)

// startWitness runs a witness that follows the log of keys.
func startWitness(t *testing.T, name string, keys act.Keys) (witness.Remote, *httptest.Server) {
	t.Helper()
	private, err := witness.NewKey(name)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := witness.NewSigner(private, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	w, err := witness.New(signer, t.TempDir(), keys.Public)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(w.Handler())
	t.Cleanup(server.Close)
	return witness.Remote{Key: w.VerifierKey(), URL: server.URL}, server
}

func TestWitnessesCosignTheGrowingLog(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		keys := acttest.Keys(t)
		university, server := startWitness(t, "universite.example/temoin", keys)
		lyon, _ := startWitness(t, "lyon.example/temoin", keys)
		down := witness.Remote{Key: lyon.Key, URL: "http://127.0.0.1:1"}
		c := newCity(t, d, 1, act.Sequencing{Keys: keys, Client: server.Client(), Witnesses: []witness.Remote{university, lyon}})
		for range 3 {
			acttest.History(t, d, c.log, 2)
			c.flush(t)
			for range 2 { // asking twice changes nothing
				if err := c.seq.Cosign(context.Background()); err != nil {
					t.Fatal(err)
				}
			}
			rep := check(t, c.publish(t), verify.Options{Key: keys.Public[0], Client: server.Client(),
				Witnesses: []witness.Remote{university, {Key: lyon.Key}}})
			if !rep.OK() || len(rep.Cosigned) != 2 || rep.Cosigned[0].Seen != rep.Head.Size || rep.Strangers != 0 {
				t.Fatalf("%+v", rep)
			}
		}
		acttest.History(t, d, c.log, 1)
		late := acttest.Sequencer(t, d, c.log, act.Sequencing{Keys: keys, Client: server.Client(), Witnesses: []witness.Remote{down, university}})
		if err := late.Flush(context.Background()); err != nil {
			t.Fatal(err)
		}
		if err := late.Cosign(context.Background()); err == nil || !strings.Contains(err.Error(), "lyon") {
			t.Errorf("a witness that is down is not reported: %v", err)
		}
		dir := c.publish(t)
		if rep := check(t, dir, verify.Options{Witnesses: []witness.Remote{{Key: university.Key}}}); !rep.OK() {
			t.Errorf("one witness down cost the other's word: %+v", rep.Problems)
		}
		if rep := check(t, dir, verify.Options{Witnesses: []witness.Remote{{Key: lyon.Key}}}); !rep.Has(verify.Uncosigned) {
			t.Error("a cosignature that is not there was accepted")
		}
	})
}

func TestAProofIsVerifiedOffline(t *testing.T) {
	keys := acttest.Keys(t)
	university, server := startWitness(t, "universite.example/temoin", keys)
	c := newCity(t, dbtest.SQLite(t, nil), 60, act.Sequencing{Keys: keys, Client: server.Client(), Witnesses: []witness.Remote{university}})
	if err := c.seq.Cosign(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, leaf := range []string{"0", "255", "256", "300"} {
		file, err := c.files.File(context.Background(), "proof/"+leaf)
		if err != nil {
			t.Fatal(err)
		}
		in, err := verify.Proof(string(file.Body), keys.Public[0], university.Key)
		if err != nil || len(in.Cosigned) != 1 || in.Leaf.V != 1 {
			t.Fatalf("%s: %+v %v", leaf, in, err)
		}
		if _, err := verify.Proof(strings.Replace(string(file.Body), "index "+leaf, "index 7", 1), keys.Public[0]); err == nil {
			t.Errorf("leaf %s was proved to stand at 7", leaf)
		}
		if _, err := verify.Proof(string(file.Body), acttest.Keys(t).Public[0]); err == nil {
			t.Error("another log's key verified the proof")
		}
	}
}
