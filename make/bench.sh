#!/bin/sh
# bench.sh [FLAGS]: takes every measure and prints one table. PostgreSQL runs with fsync on here: a commit
# that is not on the disk is no commit. FLAGS are those of test/bench, for instance -only acts -runs 1.
set -eu
unset PARVIS_TEST_POSTGRES
export PARVIS_POSTGRES_FSYNC=on
go build -o bin/bench ./test/bench
printf 'machine: %s cores, %s, load %s\n\n' "$(nproc)" "$(go version | cut -d' ' -f3-)" "$(cut -d' ' -f1-3 /proc/loadavg)"
sh make/postgres.sh bin/bench "$@"
