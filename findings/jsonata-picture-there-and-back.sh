#!/usr/bin/env bash
# jsonata: a time that $fromMillis has written is another time when $toMillis reads it with the same picture.
#
# Guess: with one picture, writing and reading are inverse, up to what the picture leaves out; [f] is the fraction of the second, [Y01] the year in two
# digits, of this century.
# Seen (jsonata 2.2.2, the language of mapping in Node-RED and others): [f] writes the milliseconds as a number without zeros in front, but reads digits behind
# a decimal point: 50 ms are written as "50" and read as 500 ms. [Y01] writes 2026 as "26" and reads 1926, so every date of a logger with two-digit
# years is a century off, without an error. [f001] and [Y0001] are right both ways.
#
# Needs npm. Ends with 0 while this holds.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --no-audit --no-fund --ignore-scripts --loglevel=error jsonata@2.2.2 >/dev/null
cat > look.js <<'CODE'
const jsonata = require('jsonata');
(async () => {
  const at = Date.parse('2026-10-25T02:30:00.050Z');
  for (const picture of ['[Y0001]-[M01]-[D01] [H01]:[m01]:[s01].[f001]', '[Y0001]-[M01]-[D01] [H01]:[m01]:[s01].[f]', '[D01].[M01].[Y01] [H01]:[m01]:[s01].[f001]']) {
    const text = await jsonata('$fromMillis(at, picture)').evaluate({ at, picture });
    const back = await jsonata('$toMillis(text, picture)').evaluate({ text, picture });
    console.log(`${picture}: ${new Date(at).toISOString()} is written as ${text} and read as ${new Date(back).toISOString()}`);
  }
})();
CODE
seen="$(node look.js)"
echo "$seen"
expected='[Y0001]-[M01]-[D01] [H01]:[m01]:[s01].[f001]: 2026-10-25T02:30:00.050Z is written as 2026-10-25 02:30:00.050 and read as 2026-10-25T02:30:00.050Z
[Y0001]-[M01]-[D01] [H01]:[m01]:[s01].[f]: 2026-10-25T02:30:00.050Z is written as 2026-10-25 02:30:00.50 and read as 2026-10-25T02:30:00.500Z
[D01].[M01].[Y01] [H01]:[m01]:[s01].[f001]: 2026-10-25T02:30:00.050Z is written as 25.10.26 02:30:00.050 and read as 1926-10-25T02:30:00.050Z'
if [[ $seen != "$expected" ]]; then
  echo "This is no longer so." >&2
  exit 1
fi
