package web

import (
	"cmp"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// weighed is one item of an Accept header.
type weighed struct {
	value string
	q     float64
}

// weights reads "fr-CA, en;q=0.5", best first; equals keep their order.
func weights(header string) []weighed {
	var list []weighed
	for _, part := range strings.Split(header, ",") {
		value, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		if value == "" || len(list) == 32 {
			continue
		}
		w := weighed{value: strings.ToLower(strings.TrimSpace(value)), q: 1}
		for _, p := range strings.Split(params, ";") {
			if q, ok := strings.CutPrefix(strings.TrimSpace(p), "q="); ok {
				w.q, _ = strconv.ParseFloat(q, 64)
			}
		}
		if w.q > 0 {
			list = append(list, w)
		}
	}
	slices.SortStableFunc(list, func(a, b weighed) int { return cmp.Compare(b.q, a.q) })
	return list
}

// preferred picks the language a header asks for among those offered.
func preferred(header string, offered []string, fallback string) string {
	for _, w := range weights(header) {
		lang, _, _ := strings.Cut(w.value, "-")
		if slices.Contains(offered, lang) {
			return lang
		}
	}
	return fallback
}

// Media types a page may be asked in.
const (
	HTML = "text/html"
	JSON = "application/json"
	CSV  = "text/csv"
	Atom = "application/atom+xml"
	XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	ICS  = "text/calendar"
)

// Prefers returns the media type the request prefers among those offered, the first if it does not
// care. The query parameter "format" (csv, json, …) wins over the header, for links.
func Prefers(r *http.Request, offered ...string) string {
	short := map[string]string{"html": HTML, "json": JSON, "csv": CSV, "atom": Atom, "xlsx": XLSX, "ics": ICS}
	if asked := short[r.URL.Query().Get("format")]; slices.Contains(offered, asked) {
		return asked
	}
	for _, w := range weights(r.Header.Get("Accept")) {
		for _, o := range offered {
			if w.value == o || w.value == "*/*" || strings.TrimSuffix(w.value, "*") == strings.Split(o, "/")[0]+"/" {
				return o
			}
		}
	}
	return offered[0]
}

// Download makes the browser keep the answer as a file of this name (RFC 6266).
func Download(w http.ResponseWriter, mediaType, name string) {
	if strings.HasPrefix(mediaType, "text/") {
		mediaType += "; charset=utf-8"
	}
	w.Header().Set("Content-Type", mediaType)
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
}
