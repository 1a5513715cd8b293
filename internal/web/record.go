package web

import (
	"context"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"parvis/internal/id"
	"parvis/internal/identity"
)

// record is what is written about one request: wide, once, and without anything personal: no
// address, no path (it may hold a token), no query.
type record struct {
	id    id.ID
	start time.Time
	visit *Visit
	acts  int
	err   error
	notes []any
}

type recordKey struct{}

func withRecord(ctx context.Context, rec *record) context.Context {
	return context.WithValue(ctx, recordKey{}, rec)
}

func recordOf(ctx context.Context) *record { return ctx.Value(recordKey{}).(*record) }

// answer notes the status and the size of an answer.
type answer struct {
	http.ResponseWriter
	status int
	bytes  int64
	begins func() // called when the answer begins to be sent; may be nil
}

func (a *answer) begin(status int) {
	if a.status != 0 {
		return
	}
	a.status = status
	if a.begins != nil {
		a.begins()
	}
}

func (a *answer) WriteHeader(status int) {
	a.begin(status)
	a.ResponseWriter.WriteHeader(status)
}

func (a *answer) Write(b []byte) (int, error) {
	a.begin(http.StatusOK)
	n, err := a.ResponseWriter.Write(b)
	a.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection, for streams.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// report writes the record of a finished request and counts it. Assets are counted only.
func (s *Site) report(r *http.Request, out *answer, rec *record) {
	took := s.cfg.Clock.Now().Sub(rec.start)
	route := "asset"
	if rec.visit != nil {
		route = "none"
		if rec.visit.Route != nil {
			route = rec.visit.Route.Name
		}
	}
	s.metrics.observe(route, r.Method, out.status, took)
	if rec.visit == nil {
		return
	}
	s.cfg.Log.LogAttrs(r.Context(), rec.level(), "request", s.attrs(r, out, rec, route, took)...)
}

func (s *Site) attrs(r *http.Request, out *answer, rec *record, route string, took time.Duration) []slog.Attr {
	attrs := []slog.Attr{
		slog.String("id", string(rec.id)),
		slog.String("method", method(r.Method)),
		slog.String("route", route),
		slog.Int("status", out.status),
		slog.Int64("bytes", out.bytes),
		slog.Float64("ms", float64(took.Microseconds())/1000),
		slog.String("lang", rec.visit.Lang),
		slog.String("visitor", kindName(rec.visit.Visitor)),
		slog.Int("acts", rec.acts),
	}
	if rec.err != nil {
		attrs = append(attrs, slog.String("fault", faultName(rec.err)))
	}
	if internal(rec.err) {
		attrs = append(attrs, slog.String("cause", rec.err.Error()))
	}
	for i := 0; i+1 < len(rec.notes); i += 2 {
		attrs = append(attrs, slog.Any(rec.notes[i].(string), rec.notes[i+1]))
	}
	return attrs
}

func (rec *record) level() slog.Level {
	if internal(rec.err) {
		return slog.LevelError
	}
	return slog.LevelInfo
}

func kindName(v identity.Visitor) string {
	switch {
	case v.Is(identity.Admin):
		return "admin"
	case v.Is(identity.Elected):
		return "elected"
	case v.Is(identity.Agent):
		return "agent"
	case v.SignedIn():
		return "resident"
	}
	return "anonymous"
}

// method keeps invented methods out of logs and labels.
func method(m string) string {
	switch m {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return m
	}
	return "OTHER"
}

func class(status int) string { return strconv.Itoa(status/100) + "xx" }
