#!/usr/bin/env bash
# cron-parser: prev() and next() do not agree on when a schedule fires in the nights of a clock change.
#
# Guess: what next() lists going forward, prev() lists going back: "which run came last?" and "which comes next?" are about the same runs.
# Seen (cron-parser 5.10.6), 02:30 each day in Europe/Berlin: on 2026-10-25, when 02:30 comes twice, next() fires at the first only (00:30 UTC) and prev()
# finds both (01:30 and 00:30 UTC); on 2026-03-29, when there is no 02:30, next() fires at 03:30 (01:30 UTC) and prev() leaves the day out. So a
# watchdog that asks prev() for the run that should have happened misses one in spring, and waits for one in autumn that nobody started.
#
# Needs npm. Ends with 0 while this holds.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --no-audit --no-fund --ignore-scripts --loglevel=error cron-parser@5.10.6 >/dev/null
cat > look.js <<'CODE'
const { CronExpressionParser } = require('cron-parser');
const runs = (from, step, count) => {
  const schedule = CronExpressionParser.parse('30 2 * * *', { currentDate: from, tz: 'Europe/Berlin' });
  return Array.from({ length: count }, () => schedule[step]().toISOString().slice(0, 16));
};
for (const [from, to] of [['2026-03-28T12:00:00Z', '2026-03-30T12:00:00Z'], ['2026-10-24T12:00:00Z', '2026-10-26T12:00:00Z']]) {
  const within = list => list.filter(run => run > from && run < to).sort().join(', ');
  console.log(`${from} to ${to}: next ${within(runs(from, 'next', 4))}; prev ${within(runs(to, 'prev', 4))}`);
}
CODE
seen="$(node look.js)"
echo "$seen"
expected='2026-03-28T12:00:00Z to 2026-03-30T12:00:00Z: next 2026-03-29T01:30, 2026-03-30T00:30; prev 2026-03-30T00:30
2026-10-24T12:00:00Z to 2026-10-26T12:00:00Z: next 2026-10-25T00:30, 2026-10-26T01:30; prev 2026-10-25T00:30, 2026-10-25T01:30, 2026-10-26T01:30'
if [[ $seen != "$expected" ]]; then
  echo "This is no longer so." >&2
  exit 1
fi
