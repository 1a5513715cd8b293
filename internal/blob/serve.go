package blob

import (
	"mime"
	"net/http"
	"slices"
	"time"

	"parvis/internal/db"
	"parvis/internal/fault"
)

// Leave is what an authorisation answers: this reader may have this file, under this name.
type Leave struct {
	Digest Digest
	Name   string // what people call it; made safe before it is sent
	Public bool   // anybody may read it for ever: caches may keep it
	Show   bool   // a picture may be shown in the page instead of being downloaded
}

// Handler serves files. may reads the request, finds whose file is asked for and says whether this
// reader may have it: it is asked for every download. Its refusals are errors for the edge to render.
func (s *Store) Handler(q db.Querier, may func(*http.Request) (Leave, error)) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		leave, err := may(r)
		if err != nil {
			return err
		}
		b, err := Find(r.Context(), q, leave.Digest)
		if fault.KindOf(err) == fault.NotFound {
			return fault.New(fault.NotFound, "blob.not_found")
		}
		if err != nil {
			return err
		}
		return s.serve(w, r, b, leave)
	}
}

func (s *Store) serve(w http.ResponseWriter, r *http.Request, b Blob, leave Leave) error {
	f, err := s.Get(b.Digest)
	if err != nil {
		return err
	}
	defer f.Close()
	h := w.Header()
	h.Set("Content-Type", b.contentType())
	h.Set("Content-Disposition", mime.FormatMediaType(b.disposition(leave), map[string]string{"filename": b.Media.FileName(leave.Name)}))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "private, no-store")
	if leave.Public {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	h.Set("ETag", `"`+string(b.Digest)+`"`)
	http.ServeContent(w, r, "", time.Time{}, f)
	return nil
}

func (b Blob) contentType() string {
	if slices.Contains(textual, b.Media) {
		return string(b.Media) + "; charset=utf-8"
	}
	return string(b.Media)
}

func (b Blob) disposition(l Leave) string {
	if l.Show && slices.Contains(Pictures(), b.Media) {
		return "inline"
	}
	return "attachment"
}
