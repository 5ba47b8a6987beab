#!/usr/bin/env bash
# jq reads the offset of a time and drops it.
#
# Guess: strptime with %z and mktime give the instant: "2026-10-25T02:30:00+0200" is 00:30 UTC; or a format that is not supported is refused.
# Seen (jq 1.6, Debian 12): the offset is parsed and has no effect: +0200, -0500 and +0000 all give 02:30 UTC, without an error. fromdate refuses an
# offset, and a fraction of a second, too, which is what leads people to strptime. So a filter on a stream of readings puts those of a gateway with
# a local offset hours into the future or the past, and the comparison with now judges them so.
#
# Needs Debian 12 and its package lists (apt-get update). Ends with 0 while this holds.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq jq libjq1 libonig5 2>/dev/null
for package in *.deb; do
  dpkg -x "$package" root
done
jq() { LD_LIBRARY_PATH="$(dirname "$(find "$folder/root" -name 'libjq.so.1')")" root/usr/bin/jq "$@"; }
seen="$(
  for time in 2026-10-25T02:30:00+0200 2026-10-25T02:30:00-0500 2026-10-25T02:30:00+0000; do
    echo "$time: $(jq -n --arg time "$time" '$time | strptime("%Y-%m-%dT%H:%M:%S%z") | mktime | todate')"
  done
  for time in 2026-10-25T02:30:00+02:00 2026-10-25T02:30:00.5Z 2026-10-25T02:30:00Z; do
    echo "fromdate of $time: $(jq -n --arg time "$time" '$time | try (fromdate | todate) catch "refused"')"
  done
)"
echo "$seen"
expected='2026-10-25T02:30:00+0200: "2026-10-25T02:30:00Z"
2026-10-25T02:30:00-0500: "2026-10-25T02:30:00Z"
2026-10-25T02:30:00+0000: "2026-10-25T02:30:00Z"
fromdate of 2026-10-25T02:30:00+02:00: "refused"
fromdate of 2026-10-25T02:30:00.5Z: "refused"
fromdate of 2026-10-25T02:30:00Z: "2026-10-25T02:30:00Z"'
if [[ $seen != "$expected" ]]; then
  echo "This is no longer so." >&2
  exit 1
fi
