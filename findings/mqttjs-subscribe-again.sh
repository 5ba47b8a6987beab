#!/usr/bin/env bash
# MQTT.js sends no second SUBSCRIBE for a filter that it has, whatever other options it is given, and reports success.
#
# Guess: subscribe() sends a SUBSCRIBE each time; to ask again with other options (an identifier, no local, retain as published), or only to be sent the
# retained message once more, is what the standard has the second one for.
# Seen (mqtt 5.16.0): with automatic reconnect, which is the default, a filter that is subscribed is dropped from the packet, and if none is left nothing is
# sent: the promise gives [] and no error. Only a higher QoS goes through. With reconnectPeriod 0 every call is sent. So a page that "subscribes again to get the
# current state" gets it on the first call alone, and works in the test of somebody who has switched off the reconnect.
#
# Needs npm. Listens on 127.0.0.1 only. Ends with 0 while this holds.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --no-audit --no-fund --ignore-scripts --loglevel=error mqtt@5.16.0 aedes@1.2.0 >/dev/null
cat > look.js <<'CODE'
const net = require('net');
const { Aedes } = require('aedes');
const mqtt = require('mqtt');
(async () => {
  const broker = await Aedes.createBroker();
  const server = net.createServer(broker.handle);
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const connect = reconnectPeriod => mqtt.connectAsync({ host: '127.0.0.1', port: server.address().port, reconnectPeriod });
  for (const period of [1000, 0]) {
    const client = await connect(period);
    await client.publishAsync('state', 'running', { qos: 1, retain: true });
    let sent = 0, states = 0;
    client.on('packetsend', packet => { sent += packet.cmd === 'subscribe'; });
    client.on('message', () => { states++; });
    const granted = [];
    for (const qos of [0, 0, 1]) {
      granted.push(JSON.stringify((await client.subscribeAsync('state', { qos })).map(one => one.qos)));
      await new Promise(resolve => setTimeout(resolve, 300));
    }
    console.log(`reconnectPeriod ${period}: of 3 calls with QoS 0, 0 and 1, ${sent} sent, granted ${granted.join(' ')}, retained state received ${states} times`);
    await client.endAsync(true);
  }
  server.close();
  broker.close(() => process.exit());
})();
CODE
seen="$(timeout 60 node look.js)"
echo "$seen"
expected='reconnectPeriod 1000: of 3 calls with QoS 0, 0 and 1, 2 sent, granted [0] [] [1], retained state received 2 times
reconnectPeriod 0: of 3 calls with QoS 0, 0 and 1, 3 sent, granted [0] [0] [1], retained state received 3 times'
if [[ $seen != "$expected" ]]; then
  echo "This is no longer so." >&2
  exit 1
fi
