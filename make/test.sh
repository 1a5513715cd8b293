#!/bin/sh
# Every test. Each step says what it does; the first that fails stops the run.
set -eu
step() { printf '\n== %s\n' "$*"; }

step "tools"
sh make/need.sh go golang
sh make/need.sh node nodejs
sh make/need.sh chromium chromium
npm ci --no-audit --no-fund --silent
make -s assets

step "formatting and vet"
unformatted=$(gofmt -l cmd internal test)
[ -z "$unformatted" ] || { echo "not formatted: $unformatted"; exit 1; }
go vet ./...

step "generated files are fresh"
go run github.com/a-h/templ/cmd/templ@v0.3.977 generate >/dev/null
git diff --exit-code --stat -- '*_templ.go' docs/generated || { echo "run make generate and commit"; exit 1; }

step "Go tests on SQLite and PostgreSQL"
sh make/postgres.sh go test -timeout 20m ./...

step "build and browser tests"
make -s build
node --test --test-concurrency=2 --test-timeout=600000 test/e2e/*.test.mjs
