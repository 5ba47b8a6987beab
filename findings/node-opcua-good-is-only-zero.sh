#!/usr/bin/env bash
# node-opcua: isGood() is false for good values; only the code 0 counts.
#
# Guess: isGood() looks at the severity, the two highest bits of a StatusCode, as the specification tells clients to do (00 is good), and isNotGood() is
# true for uncertain and bad.
# Seen (node-opcua-status-code 2.186.1): isGood() is `code == 0`. GoodClamped, GoodLocalOverride (a value set by hand), and a plain Good that carries
# information bits, such as Overflow (a sample was dropped from the queue of a monitored item) or the bits of a historian, are all "not good". So a client
# that filters with isGood() drops a reading with a good level just when sampling is faster than publishing. isGoodish() is the one that was meant.
#
# Needs npm. Ends with 0 while this holds.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --no-audit --no-fund --ignore-scripts --loglevel=error node-opcua-status-code@2.186.1 >/dev/null
cat > look.js <<'CODE'
const { coerceStatusCode } = require('node-opcua-status-code');
for (const code of [0x00000000, 0x00300000, 0x00960000, 0x00000400, 0x00000480, 0x00000401, 0x40000000, 0x80000000]) {
  const status = coerceStatusCode(code);
  console.log(`${code.toString(16).padStart(8, '0')} ${status.name}: isGood ${status.isGood()}, isNotGood ${status.isNotGood()}, isGoodish ${status.isGoodish()}`);
}
CODE
seen="$(node look.js)"
echo "$seen"
expected='00000000 Good: isGood true, isNotGood false, isGoodish true
00300000 GoodClamped: isGood false, isNotGood true, isGoodish true
00960000 GoodLocalOverride: isGood false, isNotGood true, isGoodish true
00000400 Good#InfoTypeDataValue: isGood false, isNotGood true, isGoodish true
00000480 Good#InfoTypeDataValue|Overflow: isGood false, isNotGood true, isGoodish true
00000401 Good#InfoTypeDataValue|HistorianCalculated: isGood false, isNotGood true, isGoodish true
40000000 Uncertain: isGood false, isNotGood true, isGoodish false
80000000 Bad: isGood false, isNotGood true, isGoodish false'
if [[ $seen != "$expected" ]]; then
  echo "This is no longer so." >&2
  exit 1
fi
