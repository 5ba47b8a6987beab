#!/usr/bin/env bash
# Node-RED's nodes for scaling, smoothing and comparing take a missing reading for 0.
#
# Guess: a payload that is null or "" (what the JSON and the CSV node make of a gap) is handed through or refused, as "n/a" is; the page of the smooth node
# says that what cannot be made a number is rejected.
# Seen (@node-red/nodes 4.1.15, node-red-node-smooth 0.1.2): range 4..20 mA to 0..25 mm/s makes -6.25 of null and of "", and with "scale and limit" 0, a machine that
# stands still; the running mean of 6, null, 6 is 4; a switch "< 7.1" lets null and "" pass as good.
# true counts as 1. So a lost sensor never looks like one behind such a flow, unless a switch on the type stands in front of it.
#
# Needs npm. The nodes run without the editor and its server. Ends with 0 while this holds.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --no-audit --no-fund --ignore-scripts --loglevel=error @node-red/nodes@4.1.15 @node-red/util@4.1.15 node-red-node-smooth@0.1.2 >/dev/null
cat > look.js <<'CODE'
const { EventEmitter } = require('events');
const { util } = require('@node-red/util');
const registered = {};
const RED = {
  util, _: text => text, settings: {}, hooks: { add() {} },
  nodes: { createNode: node => Object.assign(node, { log() {}, warn() {}, error() {}, status() {} }), registerType: (name, type) => { registered[name] = type; } },
};
for (const file of ['@node-red/nodes/core/function/16-range.js', '@node-red/nodes/core/function/10-switch.js', 'node-red-node-smooth/17-smooth.js']) {
  require(file)(RED);
}
const run = async (type, settings, payloads) => {
  const node = Object.setPrototypeOf(new EventEmitter(), Object.assign(registered[type].prototype, EventEmitter.prototype));
  const out = [];
  const send = message => [message].flat().forEach(one => one && out.push(one.payload));
  node.send = send;
  registered[type].call(node, settings);
  for (const payload of payloads) {
    node.emit('input', { payload }, send, () => {});
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  console.log(`${type} ${settings.action ?? '< 7.1'}: ${JSON.stringify(payloads)} -> ${JSON.stringify(out)}`);
};
(async () => {
  const scale = { minin: 4, maxin: 20, minout: 0, maxout: 25, property: 'payload' };
  const gaps = [12, null, '', 'n/a', true];
  await run('range', { ...scale, action: 'scale' }, gaps);
  await run('range', { ...scale, action: 'clamp' }, gaps);
  await run('smooth', { action: 'mean', count: 3, property: 'payload', round: '', mult: 'single' }, [6, null, 6, 'n/a', 6]);
  await run('switch', { property: 'payload', propertyType: 'msg', checkall: 'true', rules: [{ t: 'lt', v: '7.1', vt: 'num' }], outputs: 1 }, gaps);
})();
CODE
seen="$(node look.js)"
echo "$seen"
expected='range scale: [12,null,"","n/a",true] -> [12.5,-6.25,-6.25,-4.6875]
range clamp: [12,null,"","n/a",true] -> [12.5,0,0,0]
smooth mean: [6,null,6,"n/a",6] -> [6,3,4,4]
switch < 7.1: [12,null,"","n/a",true] -> [null,"",true]'
if [[ $seen != "$expected" ]]; then
  echo "This is no longer so." >&2
  exit 1
fi
