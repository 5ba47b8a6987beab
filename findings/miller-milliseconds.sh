#!/usr/bin/env bash
# Miller writes half of all milliseconds one too low.
#
# Guess: a time in seconds with three digits, 1764000000.123, is written by sec2gmt with three decimals as …00.123Z, as date or a database would.
# Seen (Miller 6.6.0, Debian 12): the fraction of the double is cut, not rounded, and 1764000000.123 is 0.12299990…: it becomes .122Z, .007 becomes .006, .001 becomes .000.
# Of the 1000 milliseconds of a second 496 are one too low, with sec2gmt and with strftime's %3S. So a CSV of a logger that goes through Miller no longer
# agrees with the same readings got otherwise, neither in time nor as key. Times in whole milliseconds (sec2gmt --millis) suffer the same.
#
# Needs Debian 12 and its package lists (apt-get update). Ends with 0 while this holds.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq miller 2>/dev/null
for package in *.deb; do
  dpkg -x "$package" root
done
seen="$(
  printf 't\n1764000000.123\n1764000000.007\n1764000000.500\n' | root/usr/bin/mlr --icsv --onidx put -q 'print $t . " " . sec2gmt($t, 3) . " " . strftime($t, "%H:%M:%3S")'
  root/usr/bin/mlr -n put 'end {
    int low = 0;
    for (int i = 0; i < 1000; i += 1) {
      if (sec2gmt(1764000000 + i / 1000, 3) != "2025-11-24T16:00:00." . fmtnum(i, "%03d") . "Z") { low += 1 }
    }
    print low . " of 1000 are not as given";
  }'
  printf 't\n1764000000123\n1764000000007\n' | root/usr/bin/mlr --icsv --onidx sec2gmt --millis -3 t
)"
echo "$seen"
expected='1764000000.123 2025-11-24T16:00:00.122Z 16:00:00.122
1764000000.007 2025-11-24T16:00:00.006Z 16:00:00.006
1764000000.500 2025-11-24T16:00:00.500Z 16:00:00.500
496 of 1000 are not as given
2025-11-24T16:00:00.122Z
2025-11-24T16:00:00.006Z'
if [[ $seen != "$expected" ]]; then
  echo "This is no longer so." >&2
  exit 1
fi
