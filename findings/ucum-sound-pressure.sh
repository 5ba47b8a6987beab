#!/usr/bin/env bash
# @atomic-ehr/ucum converts decibels of sound pressure and rates per degree to nonsense, without an error.
#
# Guess: two UCUM libraries agree: 94 dB[SPL] is 1 Pa, 0 B[SPL] is the reference of 20 µPa, and Cel/h, a special unit in a quotient, is refused, as UCUM has
# it, or read as K/h.
# Seen (@atomic-ehr/ucum 0.2.5 beside @lhncbc/ucum-lhc 7.1.10): the prefix of dB[SPL] is not applied and the reference is lost: 94 dB[SPL] are 1e41 Pa and 0 B[SPL] are
# 10 µPa; 1 Cel/h is 273.15 K/h, and a sensitivity of 1 per degree Celsius 274.15 per kelvin: the offset of the scale goes into the rate. ucum-lhc
# gives 1.0 Pa and 20 µPa and refuses the rates. The plain dB (20 dB = 100) and Cel to K are right in both.
#
# Needs npm. Ends with 0 while this holds.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --no-audit --no-fund --ignore-scripts --loglevel=error @atomic-ehr/ucum@0.2.5 @lhncbc/ucum-lhc@7.1.10 >/dev/null
cat > look.mjs <<'CODE'
import { ucum } from '@atomic-ehr/ucum';
import lhc from '@lhncbc/ucum-lhc';
const other = lhc.UcumLhcUtils.getInstance();
const short = value => Number(value.toPrecision(4));
for (const [value, from, to] of [[20, 'Cel', 'K'], [20, 'dB', '1'], [94, 'dB[SPL]', 'Pa'], [0, 'B[SPL]', 'Pa'], [1, 'Cel/h', 'K/h'], [1, '/Cel', '/K']]) {
  const second = other.convertUnitTo(from, value, to);
  console.log(`${value} ${from} in ${to}: atomic-ehr ${short(ucum.convert(value, from, to))}, lhc ${second.status === 'succeeded' ? short(second.toVal) : 'refused'}`);
}
CODE
seen="$(node look.mjs)"
echo "$seen"
expected='20 Cel in K: atomic-ehr 293.1, lhc 293.1
20 dB in 1: atomic-ehr 100, lhc 100
94 dB[SPL] in Pa: atomic-ehr 1e+41, lhc 1.002
0 B[SPL] in Pa: atomic-ehr 0.00001, lhc 0.00002
1 Cel/h in K/h: atomic-ehr 273.2, lhc refused
1 /Cel in /K: atomic-ehr 274.1, lhc refused'
if [[ $seen != "$expected" ]]; then
  echo "This is no longer so." >&2
  exit 1
fi
