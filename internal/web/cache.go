package web

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
)

// Fresh lets a reader keep a page until it changes: of names everything the content depends on
// (a version, the number of the last act). It answers 304 and returns true when the reader's copy
// is still right; the handler then returns nil.
//
// The tag also covers what the frame shows: language, theme, visitor, assets. A page that carries a
// message is never a copy.
func Fresh(w http.ResponseWriter, r *http.Request, of ...any) bool {
	v := From(r)
	if v.Frame.Flash != nil {
		return false
	}
	h := sha256.New()
	fmt.Fprint(h, v.Lang, "|", v.Frame.Theme, "|", v.Visitor.Account, v.Visitor.Kind, "|", v.Frame.Assets.URL(""), "|", r.URL.RequestURI(), "|")
	fmt.Fprint(h, of...)
	tag := `W/"` + hex.EncodeToString(h.Sum(nil)[:12]) + `"`
	w.Header().Set("ETag", tag)
	w.Header().Set("Cache-Control", "private, no-cache")
	if !v.Visitor.SignedIn() {
		w.Header().Set("Cache-Control", "public, no-cache")
	}
	w.Header().Add("Vary", "Cookie")
	if matches(r.Header.Get("If-None-Match"), tag) {
		w.WriteHeader(http.StatusNotModified)
		return true
	}
	return false
}

// matches compares weakly (RFC 9110 §8.8.3.2).
func matches(header, tag string) bool {
	for part := range strings.SplitSeq(header, ",") {
		part = strings.TrimSpace(part)
		if part == "*" || strings.TrimPrefix(part, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}
