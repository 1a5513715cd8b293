package actweb

import (
	"net/http"
	"strings"

	"parvis/internal/act"
	"parvis/internal/act/logfile"
	"parvis/internal/act/witness"
	"parvis/internal/fault"
	"parvis/internal/web"
)

// state is what the log is now: its head and who cosigned it.
type state struct {
	head      act.Head // zero before the first checkpoint
	cosigned  []act.Cosignature
	witnesses []witness.Remote
	keys      []string
	origin    string // address of the site
}

func (p *Pages) state(r *http.Request) (state, error) {
	s := state{witnesses: p.Files.Witnesses, keys: p.Files.Keys, origin: web.From(r).Frame.Origin}
	var err error
	if s.head, err = act.LastHead(r.Context(), p.Readers); err != nil {
		if fault.KindOf(err) == fault.NotFound {
			err = nil
		}
		return s, err
	}
	s.cosigned, err = act.Cosignatures(r.Context(), p.Readers, s.head.Size)
	return s, err
}

func (s state) cosignedBy(w witness.Remote) bool {
	for _, c := range s.cosigned {
		if strings.HasPrefix(w.Key, c.Witness+"+") {
			return true
		}
	}
	return false
}

func (p *Pages) proves(w http.ResponseWriter, r *http.Request) error {
	s, err := p.state(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, provesPage(s))
}

func (p *Pages) keys(w http.ResponseWriter, r *http.Request) error {
	s, err := p.state(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, keysPage(s))
}

func (p *Pages) verbs(w http.ResponseWriter, r *http.Request) error {
	return web.Render(w, r, verbsPage(p.Verbs.Sorted()))
}

// file serves the files of the log to machines.
func (p *Pages) file(w http.ResponseWriter, r *http.Request) error {
	file, err := p.Files.File(r.Context(), r.PathValue("file"))
	if err != nil {
		return err
	}
	logfile.Serve(w, r, file)
	return nil
}
