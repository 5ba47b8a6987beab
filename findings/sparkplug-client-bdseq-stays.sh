#!/usr/bin/env bash
# sparkplug-client says bdSeq 0 in every session, in the will and in the birth.
#
# Guess: bdSeq counts the MQTT sessions: each CONNECT carries an NDEATH with the next number, and the NBIRTH after it the same one ("increment by one on
# every new MQTT CONNECT packet", Sparkplug 3.0), so that a host can tell the death of the last session from that of the present one.
# Seen (sparkplug-client 3.2.4): at its automatic reconnects NDEATH and NBIRTH have the old number, 0, and the NDEATH has still the timestamp of the first
# start. If the death of the lost connection comes late (a broker notices a dead link only after 1.5 times the keep-alive), it fits the new
# session, and a host that trusts bdSeq takes a node for dead that is alive, until the next birth.
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
const number = payload => Number(sparkplug.decodePayload(payload).metrics.find(metric => metric.name === 'bdSeq').value);
const pause = time => new Promise(resolve => setTimeout(resolve, time));
(async () => {
  const broker = await Aedes.createBroker();
  const sockets = new Set();
  const server = net.createServer(socket => {
    sockets.add(socket);
    broker.handle(socket);
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const deaths = [];
  broker.on('client', client => {
    deaths.push(Number(sparkplug.decodePayload(client.will.payload).timestamp));
    console.log(`CONNECT: the will has bdSeq ${number(client.will.payload)}${deaths.length > 1 && deaths.at(-1) === deaths.at(-2) ? ', timestamp as before' : ''}`);
  });
  broker.on('publish', packet => packet.topic.includes('/NBIRTH/') && console.log(`NBIRTH: bdSeq ${number(packet.payload)}`));
  const node = newClient({
    serverUrl: `mqtt://127.0.0.1:${server.address().port}`, username: '', password: '', groupId: 'G', edgeNode: 'N', clientId: 'N', version: 'spBv1.0', reconnectPeriod: 300,
  });
  node.on('birth', () => node.publishNodeBirth({ timestamp: Date.now(), metrics: [{ name: 'rms', type: 'Float', value: 1.5 }] }));
  for (let loss = 0; loss < 2; loss++) {
    await pause(1500);
    console.log('The connection is lost.');
    sockets.forEach(socket => socket.destroy());
  }
  await pause(1500);
  process.exit();
})();
CODE
seen="$(timeout 60 node look.js)"
echo "$seen"
expected='CONNECT: the will has bdSeq 0
NBIRTH: bdSeq 0
The connection is lost.
CONNECT: the will has bdSeq 0, timestamp as before
NBIRTH: bdSeq 0
The connection is lost.
CONNECT: the will has bdSeq 0, timestamp as before
NBIRTH: bdSeq 0'
if [[ $seen != "$expected" ]]; then
  echo "This is no longer so." >&2
  exit 1
fi
