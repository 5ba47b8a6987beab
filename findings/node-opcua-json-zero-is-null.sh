#!/usr/bin/env bash
# node-opcua-json: the reader of OPC UA 1.05 makes null of 0, false and "".
#
# Guess: a DataValue whose value is 0 is read as 0, whether the writer leaves defaults out (Compact) or names them (Verbose); the package's own page says
# of leaving out: "Decoding is unaffected".
# Seen (node-opcua-json 2.186.4): a DataValue with 0, false or "" is read as a variant of type Null, from Compact and from Verbose, where the 0 is in the text
# and is passed over. So a machine that stands still, or a contact that is open, comes back as "no value". Of a variant alone Compact gives null for a
# Double and throws for an Int32 and a Boolean. The deprecated encoding of 1.04 brings all of them back. Other values, as 2.5, are right in all.
#
# Needs npm. Ends with 0 while this holds.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --no-audit --no-fund --ignore-scripts --loglevel=error node-opcua-json@2.186.4 node-opcua-data-value@2.186.4 node-opcua-variant@2.186.4 >/dev/null
cat > look.js <<'CODE'
const { DataType, Variant } = require('node-opcua-variant');
const { DataValue } = require('node-opcua-data-value');
const json = require('node-opcua-json');
const namespaces = ['http://opcfoundation.org/UA/'];
const attempt = action => { try { return action(); } catch { return 'throws'; } };
for (const name of ['DeprecatedReversible', 'Verbose', 'Compact']) {
  const scheme = json.JsonEncodingScheme[name];
  for (const [dataType, value] of [[DataType.Double, 0], [DataType.Int32, 0], [DataType.Boolean, false], [DataType.String, ''], [DataType.Double, 2.5]]) {
    const variant = new Variant({ dataType, value });
    const text = JSON.stringify(json.opcuaJsonEncodeDataValue(new DataValue({ value: variant }), scheme, namespaces));
    const read = json.opcuaJsonDecodeDataValue(JSON.parse(text), undefined, namespaces).value;
    const alone = attempt(() => JSON.stringify(json.opcuaJsonDecodeVariant(json.opcuaJsonEncodeVariant(variant, scheme, namespaces), undefined, namespaces).value));
    console.log(`${name} ${text} is read as ${DataType[read.dataType]} ${JSON.stringify(read.value)}; variant alone: ${alone}`);
  }
}
CODE
seen="$(node look.js)"
echo "$seen"
expected='DeprecatedReversible {"Value":{"Type":11,"Body":0}} is read as Double 0; variant alone: 0
DeprecatedReversible {"Value":{"Type":6,"Body":0}} is read as Int32 0; variant alone: 0
DeprecatedReversible {"Value":{"Type":1,"Body":false}} is read as Boolean false; variant alone: false
DeprecatedReversible {"Value":{"Type":12,"Body":""}} is read as String ""; variant alone: ""
DeprecatedReversible {"Value":{"Type":11,"Body":2.5}} is read as Double 2.5; variant alone: 2.5
Verbose {"UaType":11,"Value":0} is read as Null null; variant alone: 0
Verbose {"UaType":6,"Value":0} is read as Null null; variant alone: 0
Verbose {"UaType":1,"Value":false} is read as Null null; variant alone: false
Verbose {"UaType":12,"Value":""} is read as Null null; variant alone: ""
Verbose {"UaType":11,"Value":2.5} is read as Double 2.5; variant alone: 2.5
Compact {"UaType":11} is read as Null null; variant alone: null
Compact {"UaType":6} is read as Null null; variant alone: throws
Compact {"UaType":1} is read as Null null; variant alone: throws
Compact {"UaType":12} is read as Null null; variant alone: null
Compact {"UaType":11,"Value":2.5} is read as Double 2.5; variant alone: 2.5'
if [[ $seen != "$expected" ]]; then
  echo "This is no longer so." >&2
  exit 1
fi
