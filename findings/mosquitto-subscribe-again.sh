#!/usr/bin/env bash
# Mosquitto: a second SUBSCRIBE to the same filter changes its QoS and identifier, and leaves "no local" and "retain as published" as they were.
#
# Guess: a SUBSCRIBE with a filter that the session has already replaces that subscription (MQTT 5, 3.8.4: "MUST replace"), with all its options.
# Seen (mosquitto 2.0.11, Debian 12): no local and retain as published keep the values of the first SUBSCRIBE, for as long as the session lives, though the answer
# grants the new one. So a bridge that is mended with "no local" against its own echo goes on echoing until its session is deleted (a reconnect with clean
# start), and one that now asks for "retain as published" still sees live values only. QoS and the subscription identifier do change. MQTTnet's server
# (5.2) replaces all of them.
#
# Needs Debian's mosquitto and npm. Listens on 127.0.0.1 only. Ends with 0 while this holds.
set -euo pipefail
folder="$(mktemp -d)"
broker=
trap '[[ -z $broker ]] || kill "$broker"; rm -rf "$folder"' EXIT
cd "$folder"
npm install --no-audit --no-fund --ignore-scripts --loglevel=error mqtt@5.16.0 >/dev/null
port="$(node -e "const s = require('net').createServer().listen(0, '127.0.0.1', () => { console.log(s.address().port); s.close(); })")"
printf 'listener %s 127.0.0.1\nallow_anonymous true\npersistence false\n' "$port" > broker.conf
mosquitto -c broker.conf >/dev/null 2>&1 &
broker=$!
cat > look.js <<'CODE'
const mqtt = require('mqtt');
// With reconnectPeriod 0: otherwise this client does not send the second SUBSCRIBE.
const connect = clientId => mqtt.connectAsync({ host: '127.0.0.1', port: Number(process.argv[2]), clientId, protocolVersion: 5, reconnectPeriod: 0 });
(async () => {
  const other = await connect('other');
  for (const [name, first, second] of [
    ['no local, then not', { qos: 1, nl: true }, { qos: 1 }], ['not, then no local', { qos: 1 }, { qos: 1, nl: true }],
    ['retain as published, then not', { qos: 1, rap: true }, { qos: 1 }], ['not, then retain as published', { qos: 1 }, { qos: 1, rap: true }],
    ['QoS 0, then 1', { qos: 0 }, { qos: 1 }],
    ['identifier 1, then 2', { qos: 1, properties: { subscriptionIdentifier: 1 } }, { qos: 1, properties: { subscriptionIdentifier: 2 } }],
  ]) {
    const seen = {};
    const ask = async (who, options) => {
      const client = await connect(`client ${who}`);
      const got = [];
      client.on('message', (topic, payload, packet) => payload.length &&
        got.push(`${payload}${packet.retain ? ' retain' : ''} QoS ${packet.qos}${packet.properties?.subscriptionIdentifier ? ` id ${packet.properties.subscriptionIdentifier}` : ''}`));
      for (const option of options) {
        await client.subscribeAsync(`topic/${who}`, option);
      }
      await other.publishAsync(`topic/${who}`, 'other', { qos: 1, retain: true });
      await client.publishAsync(`topic/${who}`, 'own', { qos: 1 });
      await new Promise(resolve => setTimeout(resolve, 300));
      await other.publishAsync(`topic/${who}`, '', { qos: 1, retain: true });
      await client.endAsync();
      seen[who] = got.join(', ');
    };
    await ask('both', [first, second]);
    await ask('second', [second]);
    console.log(`${name}: ${seen.both === seen.second ? 'replaced' : `not replaced: ${seen.both} instead of ${seen.second}`}`);
  }
  await other.endAsync();
})();
CODE
seen="$(timeout 60 node look.js "$port")"
echo "$seen"
expected='no local, then not: not replaced: other QoS 1 instead of other QoS 1, own QoS 1
not, then no local: not replaced: other QoS 1, own QoS 1 instead of other QoS 1
retain as published, then not: not replaced: other retain QoS 1, own QoS 1 instead of other QoS 1, own QoS 1
not, then retain as published: not replaced: other QoS 1, own QoS 1 instead of other retain QoS 1, own QoS 1
QoS 0, then 1: replaced
identifier 1, then 2: replaced'
if [[ $seen != "$expected" ]]; then
  echo "This is no longer so." >&2
  exit 1
fi
