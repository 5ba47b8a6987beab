#!/usr/bin/env bash
# cayenne-lpp cuts where it should round: 2.3 arrives as 2.29.
#
# Guess: a value that the format can hold exactly (analog and gyrometer have steps of 0.01, an accelerometer of 0.001) comes back as it was.
# Seen (cayenne-lpp 1.0.2): value / step is cut to a whole number, and 2.3 / 0.01 is 229.99999999999997, so 2.3 becomes 2.29 and 1.001 g becomes 1 g. Of the
# 3,276 values of two digits from 0.01 to 32.76 as analog input, 156 come back one step lower, of those below zero as many one step higher: towards zero, so
# that a mean has a bias that no noise explains. Temperatures, with one digit, are all right.
#
# Needs npm. Ends with 0 while this holds.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --no-audit --no-fund --ignore-scripts --loglevel=error cayenne-lpp@1.0.2 >/dev/null
cat > look.js <<'CODE'
const { encoder, decoder } = require('cayenne-lpp');
const analog = value => decoder.decode(encoder.encodeAnalogInput(1, value))[0].analog_input_1;
console.log(`analog 2.3 -> ${analog(2.3)}, 8.2 -> ${analog(8.2)}, -1.15 -> ${analog(-1.15)}`);
console.log(`accelerometer ${JSON.stringify(decoder.decode(encoder.encodeAccelerometer(1, { x: 1.001, y: 0.57, z: -1.001 }))[0])}`);
let off = 0, lower = 0, offBelow = 0, temperatures = 0;
for (let step = 1; step <= 3276; step++) {
  const value = Number((step / 100).toFixed(2));
  off += analog(value) !== value;
  lower += analog(value) === Number(((step - 1) / 100).toFixed(2));
  offBelow += analog(-value) !== -value;
  const degrees = Number((step / 10).toFixed(1));
  temperatures += decoder.decode(encoder.encodeTemperature(1, degrees))[0].temperature_1 !== degrees;
}
console.log(`of 3276 analog values ${off} are off, ${lower} of them one step lower; of those below zero ${offBelow}; of 3276 temperatures ${temperatures}`);
CODE
seen="$(node look.js)"
echo "$seen"
expected='analog 2.3 -> 2.29, 8.2 -> 8.19, -1.15 -> -1.14
accelerometer {"accelerometer_1":{"x":1,"y":0.57,"z":-1}}
of 3276 analog values 156 are off, 156 of them one step lower; of those below zero 156; of 3276 temperatures 0'
if [[ $seen != "$expected" ]]; then
  echo "This is no longer so." >&2
  exit 1
fi
