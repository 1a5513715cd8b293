#!/bin/sh
# postgres.sh COMMAND…: runs COMMAND with a throwaway PostgreSQL server and PARVIS_TEST_POSTGRES set
# to its address. A server named by PARVIS_TEST_POSTGRES beforehand is used as it is.
set -eu
if [ -n "${PARVIS_TEST_POSTGRES:-}" ]; then
	exec "$@"
fi
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -n 1)
if [ -z "$bin" ]; then
	sh make/need.sh /usr/lib/postgresql/15/bin/postgres postgresql
	bin=$(ls -d /usr/lib/postgresql/*/bin | tail -n 1)
fi
data=$(mktemp -d /tmp/parvis-postgres.XXXXXX)
port=$(awk 'BEGIN { srand(); print 50000 + int(rand() * 10000) }')
as=""
if [ "$(id -u)" = 0 ]; then # initdb refuses to run as root
	chown postgres "$data"
	as="su postgres -s /bin/sh -c"
else
	as="sh -c"
fi
$as "$bin/initdb -D $data/db -A trust -U postgres --no-sync -E UTF8 --locale=C.UTF-8 >/dev/null"
# fsync is off: these are the databases of tests; loss is tested on its own rig. A measure turns it on.
fast="-c fsync=off -c full_page_writes=off -c synchronous_commit=off"
[ "${PARVIS_POSTGRES_FSYNC:-off}" = off ] || fast=""
$as "$bin/pg_ctl -D $data/db -s -w -l $data/log -o '-p $port -k $data -c listen_addresses=127.0.0.1 $fast -c max_connections=300' start"
stop() {
	$as "$bin/pg_ctl -D $data/db -s -m immediate stop" || true
	rm -rf "$data"
}
trap stop EXIT INT TERM
PARVIS_TEST_POSTGRES="postgres://postgres@127.0.0.1:$port/postgres?sslmode=disable" "$@"
