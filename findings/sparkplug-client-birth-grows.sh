#!/usr/bin/env bash
# sparkplug-client adds its bdSeq to the birth that it is given, so a birth that is published again has it twice.
#
# Guess: publishNodeBirth(payload) leaves the caller's payload as it is, as an application keeps one birth and publishes it whenever the client asks ("birth",
# at each connect, and at each rebirth command).
# Seen (sparkplug-client 3.2.4): it pushes bdSeq to payload.metrics: the n-th birth of the same payload has n metrics of that name. Metric names must be unique in a
# birth. A host that checks it refuses the node after its first reconnect; one that takes the last or the first does not notice (all are 0).
#
# Needs npm. Listens on 127.0.0.1 only. Ends with 0 while this holds.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --no-audit --no-fund --ignore-scripts --loglevel=error sparkplug-client@3.2.4 sparkplug-payload@1.0.3 aedes@1.2.0 >/dev/null
cat > look.js <<'CODE'
const net = require('net');
const { Aedes } = require('aedes');
const { newClient } = require('sparkplug-client');
const sparkplug = require('sparkplug-payload').get('spBv1.0');
(async () => {
  const broker = await Aedes.createBroker();
  const server = net.createServer(broker.handle);
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  broker.on('publish', packet => packet.topic.includes('/NBIRTH/') &&
    console.log(`NBIRTH: ${sparkplug.decodePayload(packet.payload).metrics.map(metric => metric.name).join(', ')}`));
  const node = newClient({
    serverUrl: `mqtt://127.0.0.1:${server.address().port}`, username: '', password: '', groupId: 'G', edgeNode: 'N', clientId: 'N', version: 'spBv1.0',
  });
  const birth = { timestamp: Date.now(), metrics: [{ name: 'rms', type: 'Float', value: 1.5 }] };
  node.on('birth', () => node.publishNodeBirth(birth));
  node.on('ncmd', () => node.publishNodeBirth(birth));
  const rebirth = Buffer.from(sparkplug.encodePayload({ timestamp: Date.now(), metrics: [{ name: 'Node Control/Rebirth', type: 'Boolean', value: true }] }));
  for (let command = 0; command < 2; command++) {
    await new Promise(resolve => setTimeout(resolve, 1000));
    broker.publish({ topic: 'spBv1.0/G/NCMD/N', payload: rebirth, qos: 0, retain: false }, () => {});
  }
  await new Promise(resolve => setTimeout(resolve, 1000));
  process.exit();
})();
CODE
seen="$(timeout 60 node look.js)"
echo "$seen"
expected='NBIRTH: rms, bdSeq
NBIRTH: rms, bdSeq, bdSeq
NBIRTH: rms, bdSeq, bdSeq, bdSeq'
if [[ $seen != "$expected" ]]; then
  echo "This is no longer so." >&2
  exit 1
fi
