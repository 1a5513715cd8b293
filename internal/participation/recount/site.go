package recount

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"parvis/internal/act/verify"
)

// Whole is the verification of a log and of the elections published in it.
type Whole struct {
	Log       *verify.Report
	Elections []*Report
	Elsewhere int // elections that the log publishes and that were not asked for
}

// OK tells whether nothing was found wrong anywhere.
func (w *Whole) OK() bool {
	ok := w.Log.OK()
	for _, r := range w.Elections {
		ok = ok && r.OK()
	}
	return ok
}

// Place is where the public files are.
type Place struct {
	Log  verify.Source
	Site verify.Source // holds elections/<id>/; nil: only the log is looked at
	One  verify.Source // the only election that is looked at; nil: all that the log publishes
}

// Locate finds out what lies at an address: an election (its manifest is there), a log (its checkpoint is
// there), or a site with both; the archive of a city has its log under journal. log is the address of the log of an election that was taken from its
// site; "": where a site has it.
func Locate(ctx context.Context, address, log string, client *http.Client) (Place, error) {
	here, err := verify.At(address, client)
	if err != nil {
		return Place{}, err
	}
	has := func(name string) bool {
		_, err := here.Read(ctx, name, largestText)
		return err == nil
	}
	switch {
	case has("manifest.json"):
		if log == "" {
			log = above(address)
		}
		from, err := verify.Open(log, client)
		return Place{Log: from, One: here}, err
	case has("checkpoint"):
		return Place{Log: here}, nil
	}
	if !has("log/checkpoint") && has("journal/checkpoint") {
		return Place{Log: verify.Under(here, "journal"), Site: here}, nil
	}
	return Place{Log: verify.Under(here, "log"), Site: here}, nil
}

// above is the address of the log of the site in whose elections/<id> an address lies.
func above(address string) string {
	if strings.Contains(address, "://") {
		parts := strings.Split(strings.TrimSuffix(address, "/"), "/")
		return strings.Join(parts[:max(3, len(parts)-2)], "/") + "/log"
	}
	abs, err := filepath.Abs(address)
	if err != nil {
		abs = address
	}
	site := filepath.Dir(filepath.Dir(abs))
	for _, name := range []string{"log", "journal"} {
		if _, err := os.Stat(filepath.Join(site, name)); err == nil {
			return filepath.Join(site, name)
		}
	}
	return address // no log is there: reading it will say so
}

// VerifyAll verifies the log, then each election of a place; o.Progress hears of the leaves, then of the elections.
func VerifyAll(ctx context.Context, at Place, o verify.Options) (*Whole, error) {
	var deeds Deeds
	o.Acts = deeds.See
	log, err := verify.Verify(ctx, at.Log, o)
	if err != nil {
		return nil, err
	}
	w := &Whole{Log: log}
	published := deeds.Published()
	switch {
	case at.One != nil:
		return w, w.add(ctx, at.One, "", &deeds)
	case at.Site == nil:
		w.Elsewhere = len(published)
		return w, nil
	}
	for n, id := range published {
		if err := w.add(ctx, verify.Under(at.Site, "elections/"+id), id, &deeds); err != nil {
			return nil, err
		}
		if o.Progress != nil {
			o.Progress(int64(n+1), int64(len(published)))
		}
	}
	return w, nil
}

func (w *Whole) add(ctx context.Context, from verify.Source, id string, deeds *Deeds) error {
	r, err := Verify(ctx, from, id, deeds)
	if err == nil {
		w.Elections = append(w.Elections, r)
	}
	return err
}
