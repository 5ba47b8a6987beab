#!/usr/bin/env bash
# node-opcua-json: NaN in an array of Doubles comes back as 0, with a good status.
#
# Guess: NaN and the infinities are the texts "NaN", "Infinity" and "-Infinity", as OPC 10000-6 says of its JSON encoding, and are read back as such.
# Seen (node-opcua-json 2.186.4): all four schemes leave them to JSON.stringify, which writes null, and the reader of an array of Double or Float makes 0
# of the null: [1.5, NaN, 3] becomes [1.5, 0, 3]. A gap in a waveform is a measured 0 from there on. A NaN alone comes back as null. The texts that
# the specification asks for are not read as numbers, either: alone, "NaN" stays a text.
#
# Needs npm. Ends with 0 while this holds.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --no-audit --no-fund --ignore-scripts --loglevel=error node-opcua-json@2.186.4 node-opcua-variant@2.186.4 >/dev/null
cat > look.js <<'CODE'
const { DataType, Variant, VariantArrayType } = require('node-opcua-variant');
const { JsonEncodingScheme, opcuaJsonDecodeVariant, opcuaJsonEncodeVariant } = require('node-opcua-json');
const namespaces = ['http://opcfoundation.org/UA/'];
const show = value => ArrayBuffer.isView(value) ? `[${[...value].join(', ')}]` : JSON.stringify(value);
for (const scheme of ['DeprecatedReversible', 'Verbose', 'Compact']) {
  for (const [arrayType, value] of [[VariantArrayType.Array, [1.5, NaN, 3]], [VariantArrayType.Scalar, NaN], [VariantArrayType.Scalar, -Infinity]]) {
    const text = JSON.stringify(opcuaJsonEncodeVariant(new Variant({ dataType: DataType.Double, arrayType, value }), JsonEncodingScheme[scheme], namespaces));
    console.log(`${scheme} ${text} is read as ${show(opcuaJsonDecodeVariant(JSON.parse(text), undefined, namespaces).value)}`);
  }
}
console.log(`"NaN" is read as ${show(opcuaJsonDecodeVariant({ UaType: 11, Value: 'NaN' }, undefined, namespaces).value)}`);
CODE
seen="$(node look.js)"
echo "$seen"
expected='DeprecatedReversible {"Type":11,"Body":[1.5,null,3]} is read as [1.5, 0, 3]
DeprecatedReversible {"Type":11,"Body":null} is read as null
DeprecatedReversible {"Type":11,"Body":null} is read as null
Verbose {"UaType":11,"Value":[1.5,null,3]} is read as [1.5, 0, 3]
Verbose {"UaType":11,"Value":null} is read as null
Verbose {"UaType":11,"Value":null} is read as null
Compact {"UaType":11,"Value":[1.5,null,3]} is read as [1.5, 0, 3]
Compact {"UaType":11,"Value":null} is read as null
Compact {"UaType":11,"Value":null} is read as null
"NaN" is read as "NaN"'
if [[ $seen != "$expected" ]]; then
  echo "This is no longer so." >&2
  exit 1
fi
