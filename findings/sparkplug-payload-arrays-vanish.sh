#!/usr/bin/env bash
# sparkplug-payload reads and writes a FloatArray of Sparkplug 3.0 as a metric without type and without value, and says nothing.
#
# Guess: a type that the library does not know is refused, or its bytes are handed over as they are.
# Seen (sparkplug-payload 1.0.3): a payload that holds a spectrum as FloatArray (type 30, bytes_value) is read as {"value":null,"name":"spectrum"}: no type,
# no bytes, no is_null on the wire. Writing {type: 'FloatArray', value: <bytes>} gives a metric of type 0 (Unknown) without value, likewise without an
# error, so the receiver has nothing to notice. All thirteen array types of version 3.0 of the specification behave so, in both directions. Whoever
# sends spectra or waveforms from Node in this way sends names only.
#
# Needs npm. Ends with 0 while this holds.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --no-audit --no-fund --ignore-scripts --loglevel=error sparkplug-payload@1.0.3 >/dev/null
cat > look.js <<'CODE'
const sparkplug = require('sparkplug-payload').get('spBv1.0');
const arrays = ['Int8', 'Int16', 'Int32', 'Int64', 'UInt8', 'UInt16', 'UInt32', 'UInt64', 'Float', 'Double', 'Boolean', 'String', 'DateTime'];
const first = 22; // Number of Int8Array in the specification; the others follow in this order.
const value = Buffer.alloc(8);
value.writeFloatLE(0.5, 0);
value.writeFloatLE(2, 4);
const field = (number, bytes) => Buffer.concat([Buffer.from(number < 16 ? [number * 8 + 2] : [number * 8 + 2 & 0x7f | 0x80, number * 8 + 2 >> 7]), Buffer.from([bytes.length]), bytes]);
const written = arrays.map((_, index) => sparkplug.decodePayload(
  field(2, Buffer.concat([field(1, Buffer.from('spectrum')), Buffer.from([4 * 8, first + index]), field(16, value)]))).metrics[0]);
console.log(`read: ${[...new Set(written.map(metric => JSON.stringify(metric)))].join(', ')}`);
const bytes = arrays.map(type => Buffer.from(sparkplug.encodePayload({ metrics: [{ name: 'spectrum', type: `${type}Array`, value }] })).toString('hex'));
console.log(`written: ${[...new Set(bytes)].join(', ')}`);
CODE
seen="$(node look.js)"
echo "$seen"
expected='read: {"value":null,"name":"spectrum"}
written: 120c0a08737065637472756d2000'
if [[ $seen != "$expected" ]]; then
  echo "This is no longer so." >&2
  exit 1
fi
