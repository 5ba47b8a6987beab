#!/usr/bin/env bash
# npm's matchers of MQTT topics do not match as brokers do, each in its own way.
#
# Guess: a package that says whether a topic matches a filter keeps to the standard (MQTT 5, 4.7): "#" does not cover $SYS/…, "+" covers an empty level, a/b/#
# covers a/b and below, and not a/bc.
# Seen (mqtt-match 3.0.0, mqtt-pattern 2.1.1, mqtt-wildcard 3.0.9, mqtt-regex 1.1.0): all four take $SYS/x for covered by # and by +/x, so that a router behind a
# client that has also subscribed $SYS/# counts the broker's statistics as readings; mqtt-pattern and mqtt-regex let no empty level pass a "+"; and
# mqtt-regex takes a/bc for covered by a/b/#: press-12 ends up at the handler of press-1. Ordinary topics are right in all.
#
# Needs npm. Ends with 0 while this holds.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --no-audit --no-fund --ignore-scripts --loglevel=error mqtt-match@3.0.0 mqtt-pattern@2.1.1 mqtt-wildcard@3.0.9 mqtt-regex@1.1.0 >/dev/null
cat > look.js <<'CODE'
const match = require('mqtt-match'), pattern = require('mqtt-pattern'), wildcard = require('mqtt-wildcard'), regex = require('mqtt-regex');
const libraries = {
  'mqtt-match': (filter, topic) => (match.default ?? match)(filter, topic),
  'mqtt-pattern': (filter, topic) => pattern.matches(filter, topic),
  'mqtt-wildcard': (filter, topic) => wildcard(topic, filter) !== null,
  'mqtt-regex': (filter, topic) => Boolean(regex(filter).exec(topic)),
};
for (const [filter, topic, standard] of [
  ['line/+/rms', 'line/press-1/rms', true], ['line/press-1/#', 'line/press-1', true], ['line/press-1/#', 'line/press-12', false],
  ['line/+/rms', 'line//rms', true], ['line/+', 'line/', true], ['#', '$SYS/uptime', false], ['+/uptime', '$SYS/uptime', false],
]) {
  const wrong = Object.keys(libraries).filter(name => libraries[name](filter, topic) !== standard);
  console.log(`${filter} ${standard ? 'covers' : 'does not cover'} ${topic}; otherwise in ${wrong.join(', ') || 'none'}`);
}
CODE
seen="$(node look.js)"
echo "$seen"
expected='line/+/rms covers line/press-1/rms; otherwise in none
line/press-1/# covers line/press-1; otherwise in none
line/press-1/# does not cover line/press-12; otherwise in mqtt-regex
line/+/rms covers line//rms; otherwise in mqtt-pattern, mqtt-regex
line/+ covers line/; otherwise in mqtt-pattern, mqtt-regex
# does not cover $SYS/uptime; otherwise in mqtt-match, mqtt-pattern, mqtt-wildcard, mqtt-regex
+/uptime does not cover $SYS/uptime; otherwise in mqtt-match, mqtt-pattern, mqtt-wildcard, mqtt-regex'
if [[ $seen != "$expected" ]]; then
  echo "This is no longer so." >&2
  exit 1
fi
