package web

import (
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

type metrics struct {
	registry   *prometheus.Registry
	requests   *prometheus.CounterVec
	seconds    *prometheus.HistogramVec
	inFlight   prometheus.Gauge
	violations prometheus.Counter
	refused    *prometheus.CounterVec
}

func newMetrics(reg *prometheus.Registry) *metrics {
	m := &metrics{
		registry: reg,
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "parvis_http_requests_total",
			Help: "Requests answered, by route, method and class of status."}, []string{"route", "method", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "parvis_http_seconds",
			Help: "Time to answer, by route.", Buckets: []float64{.005, .02, .05, .1, .25, .5, 1, 2.5, 10}}, []string{"route"}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{Name: "parvis_http_in_flight", Help: "Requests being answered."}),
		violations: prometheus.NewCounter(prometheus.CounterOpts{Name: "parvis_csp_reports_total",
			Help: "Violations of the content security policy that browsers reported."}),
		refused: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "parvis_http_refused_total",
			Help: "Requests refused before their handler, by reason."}, []string{"reason"}),
	}
	reg.MustRegister(m.requests, m.seconds, m.inFlight, m.violations, m.refused)
	return m
}

func (m *metrics) observe(route, verb string, status int, took time.Duration) {
	m.requests.WithLabelValues(route, method(verb), class(status)).Inc()
	m.seconds.WithLabelValues(route).Observe(took.Seconds())
}

// Ops answers operators: /metrics, /healthz and /readyz. It belongs on an internal listener.
func (s *Site) Ops() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(s.metrics.registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) { health(w, nil) })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) { health(w, s.ready(r.Context())) })
	return mux
}

func health(w http.ResponseWriter, err error) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	if err != nil {
		w.WriteHeader(http.StatusServiceUnavailable)
		w.Write([]byte("not ready\n"))
		return
	}
	w.Write([]byte("ok\n"))
}
