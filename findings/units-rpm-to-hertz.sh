#!/usr/bin/env bash
# UDUNITS and GNU units: a shaft at 1500 rpm turns at 157 Hz, and 25 cycles a second are 157 Hz too.
#
# Guess: 1500 rpm are 25 Hz, as 1500/min are; or a library that takes a turn for an angle refuses to make a frequency of it.
# Seen (UDUNITS 2.2.28, GNU units 2.22, both of Debian 12): a revolution is 2π radian and the radian is 1, so rpm to Hz is converted without a word, 2π times too
# high, and 25 Hz are 238.7 rpm; UDUNITS says the same of "cycle/s" and of "cps". (So it is consistent: Hz is 1/s there, and 25 Hz are 25 rad/s.) Only 1/min
# gives 25 Hz. Whoever looks for the line of the running speed, or for a bearing's as its multiple, in a spectrum looks at the wrong place. In UCUM
# {rev}/min is 25 Hz, and UnitsNet refuses.
#
# Needs Debian 12 and its package lists (apt-get update). Ends with 0 while this holds.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq libudunits2-0 libudunits2-data udunits-bin units 2>/dev/null
for package in *.deb; do
  dpkg -x "$package" root
done
udunits() { LD_LIBRARY_PATH="$(dirname "$(find "$folder/root" -name 'libudunits2.so.0')")" UDUNITS2_XML_PATH="$folder/root/usr/share/xml/udunits/udunits2.xml" \
  root/usr/bin/udunits2 -H "$1" -W "$2" 2>&1 | sed -n '1s/^ *//p'; }
gnu() { root/usr/bin/units -f "$(find "$folder/root" -name 'definitions.units')" -t "$1" "$2" 2>&1 | sed -n 1p; }
seen="$(
  for pair in '1500 rpm|Hz' '25 Hz|rpm' '1500 1/min|Hz'; do
    echo "UDUNITS: $(udunits "${pair%|*}" "${pair#*|}"); GNU units: $(gnu "${pair%|*}" "${pair#*|}")"
  done
  echo "UDUNITS: $(udunits '25 cycle/s' Hz)"
)"
echo "$seen"
expected='UDUNITS: 1500 rpm = 157.08 Hz; GNU units: 157.07963
UDUNITS: 25 Hz = 238.732 rpm; GNU units: 238.73241
UDUNITS: 1500 1/min = 25 Hz; GNU units: 25
UDUNITS: 25 cycle/s = 157.08 Hz'
if [[ $seen != "$expected" ]]; then
  echo "This is no longer so." >&2
  exit 1
fi
