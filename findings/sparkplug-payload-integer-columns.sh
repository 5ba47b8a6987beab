#!/usr/bin/env bash
# sparkplug-payload cannot read a DataSet with an integer or a time in it, though it has written the payload itself.
#
# Guess: decodePayload(encodePayload(x)) gives x for every type that Sparkplug B names for a column, as it does for a metric.
# Seen (sparkplug-payload 1.0.3): of the scalar column types Int8, Int16, Int32, UInt8, UInt16, UInt64, DateTime and Text throw "Invalid DataSetValue" on
# reading, and with that column the whole payload with all its other metrics is lost. Int64, UInt32, Float, Double, Boolean and String come back as they
# were. The bytes are right: they hold the number. The same values as metrics of their own are read.
# An application that a device sends an event table (an Int32 code and a DateTime in each row is the usual one) gets an exception for a valid message.
#
# Needs npm. Ends with 0 while this holds.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --no-audit --no-fund --ignore-scripts --loglevel=error sparkplug-payload@1.0.3 >/dev/null
cat > look.js <<'CODE'
const sparkplug = require('sparkplug-payload').get('spBv1.0');
const cells = {
  Int8: 5, Int16: 5, Int32: 5, Int64: 5, UInt8: 5, UInt16: 5, UInt32: 4000000000, UInt64: 5,
  Float: 0.5, Double: 0.5, Boolean: true, String: 'a', DateTime: 1764000000123, Text: 'a',
};
const there = metric => sparkplug.decodePayload(sparkplug.encodePayload({ metrics: [metric] })).metrics[0].value;
for (const [type, value] of Object.entries(cells)) {
  let cell;
  try {
    cell = there({ name: 'table', type: 'DataSet', value: { numOfColumns: 1, columns: ['c'], types: [type], rows: [[value]] } }).rows[0][0];
  } catch (fault) {
    cell = `throws ${fault.message.split(':')[0]}`;
  }
  console.log(`${type} ${value}: as a metric ${there({ name: 'metric', type, value })}, as a cell ${cell}`);
}
CODE
seen="$(node look.js)"
echo "$seen"
expected='Int8 5: as a metric 5, as a cell throws Invalid DataSetValue
Int16 5: as a metric 5, as a cell throws Invalid DataSetValue
Int32 5: as a metric 5, as a cell throws Invalid DataSetValue
Int64 5: as a metric 5, as a cell 5
UInt8 5: as a metric 5, as a cell throws Invalid DataSetValue
UInt16 5: as a metric 5, as a cell throws Invalid DataSetValue
UInt32 4000000000: as a metric 4000000000, as a cell 4000000000
UInt64 5: as a metric 5, as a cell throws Invalid DataSetValue
Float 0.5: as a metric 0.5, as a cell 0.5
Double 0.5: as a metric 0.5, as a cell 0.5
Boolean true: as a metric true, as a cell true
String a: as a metric a, as a cell a
DateTime 1764000000123: as a metric 1764000000123, as a cell throws Invalid DataSetValue
Text a: as a metric a, as a cell throws Invalid DataSetValue'
if [[ $seen != "$expected" ]]; then
  echo "This is no longer so." >&2
  exit 1
fi
