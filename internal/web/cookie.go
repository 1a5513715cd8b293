package web

import (
	"net/http"
	"time"
)

// Cookies sets cookies as safely as the connection allows: over TLS they bear the prefix __Host-,
// so that no neighbour of the domain can set them; on a plain http://localhost they cannot.
type Cookies struct{ Secure bool }

// Name gives the full name of a cookie.
func (c Cookies) Name(name string) string {
	if c.Secure {
		return "__Host-parvis-" + name
	}
	return "parvis-" + name
}

// Set sends a cookie that lives for ttl; 0 means until the browser closes.
func (c Cookies) Set(w http.ResponseWriter, name, value string, ttl time.Duration) {
	http.SetCookie(w, &http.Cookie{Name: c.Name(name), Value: value, Path: "/", MaxAge: int(ttl.Seconds()),
		Secure: c.Secure, HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

// Get returns the value of a cookie, "" if there is none.
func (c Cookies) Get(r *http.Request, name string) string {
	cookie, err := r.Cookie(c.Name(name))
	if err != nil {
		return ""
	}
	return cookie.Value
}

// Clear removes a cookie.
func (c Cookies) Clear(w http.ResponseWriter, name string) {
	http.SetCookie(w, &http.Cookie{Name: c.Name(name), Path: "/", MaxAge: -1,
		Secure: c.Secure, HttpOnly: true, SameSite: http.SameSiteLaxMode})
}
