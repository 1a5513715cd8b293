# The one door: what a person or the CI does with Parvis.
#
#   make demo    build and start the demonstration city on http://localhost:8080
#   make test    every test: both engines, browser, architecture, freshness
#   make check   the quick ones (SQLite, no browser), a minute or two
#   make bench   measured figures, see docs/performance.md
#   make build   bin/parvis

GO  ?= go
BIN := bin/parvis
ADDR ?= localhost:8080

.DEFAULT_GOAL := build
.PHONY: build demo test check bench generate fmt clean assets

build: assets
	CGO_ENABLED=0 $(GO) build -trimpath -o $(BIN) ./cmd/parvis

demo: build
	$(BIN) demo --addr $(ADDR)

check:
	$(GO) vet ./...
	PARVIS_TEST_POSTGRES= $(GO) test -short ./...

test:
	sh make/test.sh

bench: build
	sh make/bench.sh

generate:
	$(GO) run github.com/a-h/templ/cmd/templ@v0.3.977 generate
	$(GO) test ./internal/app -run TestGenerated -update

fmt:
	gofmt -w cmd internal test

clean:
	rm -rf bin dist .tools

include make/assets.mk
