package logfile

import (
	"net/http"
	"strconv"

	"parvis/internal/fault"
)

// Handler serves the files; it is mounted under /log/ with that prefix stripped. Failures of the
// database are given to report, if any, and answered without detail.
func (f Files) Handler(report func(*http.Request, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
			return
		}
		file, err := f.File(r.Context(), trimSlash(r.URL.Path))
		if err != nil {
			fail(w, r, err, report)
			return
		}
		Serve(w, r, file)
	})
}

func trimSlash(path string) string {
	if path != "" && path[0] == '/' {
		return path[1:]
	}
	return path
}

// Serve sends a file. It lets anyone read the log from a page of their own (CORS), and caches what never changes.
func Serve(w http.ResponseWriter, r *http.Request, file File) {
	h := w.Header()
	h.Set("Content-Type", file.Type)
	h.Set("Content-Length", strconv.Itoa(len(file.Body)))
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-cache")
	if file.Fixed {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	if r.Method == http.MethodGet {
		w.Write(file.Body)
	}
}

func fail(w http.ResponseWriter, r *http.Request, err error, report func(*http.Request, error)) {
	w.Header().Set("Cache-Control", "no-store")
	if fault.KindOf(err) == fault.NotFound {
		http.Error(w, "not found", http.StatusNotFound)
		return
	}
	if report != nil {
		report(r, err)
	}
	http.Error(w, "the log cannot be read now", http.StatusServiceUnavailable)
}
