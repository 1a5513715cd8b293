package web

import (
	"net/http"
	"strings"

	"parvis/internal/fault"
)

// securityHeaders are sent with every answer, errors and assets included.
func securityHeaders(formsTo []string, tls bool) http.Header {
	h := http.Header{}
	h.Set("Content-Security-Policy", policy(formsTo))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "geolocation=(self), camera=(), microphone=(), payment=(), usb=(), "+
		"display-capture=(), publickey-credentials-get=(self), publickey-credentials-create=(self)")
	if tls {
		h.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
	}
	return h
}

// policy allows nothing but what we serve ourselves, and no script or style inside a page.
func policy(formsTo []string) string {
	return strings.Join([]string{
		"default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
		"connect-src 'self'", "worker-src 'self'", "manifest-src 'self'", "media-src 'self'",
		strings.Join(append([]string{"form-action 'self'"}, formsTo...), " "),
		"frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'", "report-uri " + cspReportPath,
	}, "; ")
}

const cspReportPath = "/csp-report"

// admit lets a request through to its handler, or says why not.
func (s *Site) admit(w http.ResponseWriter, r *http.Request, v *Visit) error {
	if err := s.sameSite(r, v); err != nil {
		s.metrics.refused.WithLabelValues("cross_site").Inc()
		return err
	}
	if err := s.limits.take(w, s.clientIP(r), v.Visitor.Account, unsafe(r.Method)); err != nil {
		s.metrics.refused.WithLabelValues("rate").Inc()
		return err
	}
	if v.Route == nil {
		return nil
	}
	s.capBody(w, r, v.Route)
	if v.Route.Audience.Admits(v.Visitor) {
		return nil
	}
	if !v.Visitor.SignedIn() {
		return fault.New(fault.Unauthenticated, "fault.unauthenticated")
	}
	return fault.New(fault.NotFound, "fault.not_found")
}

// sameSite refuses changes asked for by another site in the visitor's name. The standard check
// lets through a request with neither Origin nor Sec-Fetch-Site, which no current browser sends:
// that is for programs, and programs do not come with our cookies.
func (s *Site) sameSite(r *http.Request, v *Visit) error {
	if !unsafe(r.Method) || v.Route != nil && v.Route.Token {
		return nil
	}
	refused := fault.New(fault.Denied, "web.error.cross_site")
	if err := s.cross.Check(r); err != nil {
		return refused
	}
	nameless := r.Header.Get("Origin") == "" && r.Header.Get("Sec-Fetch-Site") == ""
	if nameless && r.Header.Get("Cookie") != "" {
		return refused
	}
	return nil
}

func unsafe(method string) bool {
	return method != http.MethodGet && method != http.MethodHead && method != http.MethodOptions
}

const defaultBody = 1 << 20

func (s *Site) capBody(w http.ResponseWriter, r *http.Request, route *Route) {
	limit := route.Body
	if limit == 0 {
		limit = defaultBody
	}
	r.Body = http.MaxBytesReader(w, r.Body, limit)
}
