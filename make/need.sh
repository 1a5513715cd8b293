#!/bin/sh
# need.sh COMMAND PACKAGE: sees to it that COMMAND is there; as root on Debian it installs PACKAGE,
# otherwise it says in one line what is missing and how to get it.
set -eu
command=$1 package=$2
[ -n "$(command -v "$command" || true)" ] && exit 0
[ -x "$command" ] && exit 0
if [ "$(id -u)" = 0 ] && [ -n "$(command -v apt-get || true)" ]; then
	echo "installing $package"
	apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$package" >/dev/null && exit 0
fi
echo "missing: $command. On Debian or Ubuntu: sudo apt-get install $package" >&2
exit 1
