#!/usr/bin/env bash
# cbor-x and msgpackr: a time in milliseconds is a number or a BigInt, depending on which library has written it.
#
# Guess: 1764000000123, which a JavaScript number holds exactly, is decoded as a number, as by their own encoders' bytes and by the other libraries.
# Seen (cbor-x 1.6.9, msgpackr 2.1.4): their encoders write whole numbers above 2^32 as doubles and read those as numbers; all other encoders (cbor 10.0.12,
# @msgpack/msgpack 3.1.3, and those of devices and of .NET) write 64-bit integers, and these are read as BigInt. Then new Date(time) and
# JSON.stringify(message) throw, time + 1000 throws, time === 1764000000123 is false, while time < Date.now() works: a flow that was tested with its own
# sender breaks at the first real one. (Options int64AsType and int64AsNumber, off by default, help.)
#
# Needs npm. Ends with 0 while this holds.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --no-audit --no-fund --ignore-scripts --loglevel=error cbor-x@1.6.9 cbor@10.0.12 msgpackr@2.1.4 @msgpack/msgpack@3.1.3 >/dev/null
cat > look.mjs <<'CODE'
import cbor from 'cbor';
import * as cborX from 'cbor-x';
import * as msgpack from '@msgpack/msgpack';
import * as msgpackr from 'msgpackr';
const attempt = action => { try { return action(); } catch (fault) { return `throws ${fault.name}`; } };
for (const [name, bytes, read] of [
  ['cbor-x reads cbor-x', cborX.encode, cborX.decode], ['cbor-x reads cbor', cbor.encode, cborX.decode], ['cbor reads cbor-x', cborX.encode, cbor.decode],
  ['msgpackr reads msgpackr', msgpackr.pack, msgpackr.unpack], ['msgpackr reads msgpack', msgpack.encode, msgpackr.unpack], ['msgpack reads msgpackr', msgpackr.pack, msgpack.decode],
]) {
  const message = read(Buffer.from(bytes({ time: 1764000000123, rms: 2.5 })));
  console.log(`${name}: ${typeof message.time}, Date ${attempt(() => new Date(message.time).toISOString())}, JSON ${attempt(() => JSON.stringify(message))}`);
}
CODE
seen="$(node look.mjs)"
echo "$seen"
expected='cbor-x reads cbor-x: number, Date 2025-11-24T16:00:00.123Z, JSON {"time":1764000000123,"rms":2.5}
cbor-x reads cbor: bigint, Date throws TypeError, JSON throws TypeError
cbor reads cbor-x: number, Date 2025-11-24T16:00:00.123Z, JSON {"time":1764000000123,"rms":2.5}
msgpackr reads msgpackr: number, Date 2025-11-24T16:00:00.123Z, JSON {"time":1764000000123,"rms":2.5}
msgpackr reads msgpack: bigint, Date throws TypeError, JSON throws TypeError
msgpack reads msgpackr: number, Date 2025-11-24T16:00:00.123Z, JSON {"time":1764000000123,"rms":2.5}'
if [[ $seen != "$expected" ]]; then
  echo "This is no longer so." >&2
  exit 1
fi
