// An edge node with one device, for tests. Arguments: port, group, edge node, device. It does what lines on standard input say, tells what
// happens in lines on standard output, and ends with its input; killed, it leaves the rest to its will.
'use strict';
const readline = require('readline');
const { newClient } = require('sparkplug-client');

const [port, group, node, device] = process.argv.slice(2);
const unit = { engUnit: { type: 'String', value: 'mm/s' } };
let level = 2.5;

const client = newClient({
  serverUrl: `mqtt://127.0.0.1:${port}`, username: 'edge', password: 'edge', groupId: group, edgeNode: node, clientId: `edge-${group}-${node}`,
});

const tell = (event) => console.log(event);

function publishDeviceBirth() {
  client.publishDeviceBirth(device, {
    timestamp: Date.now(),
    metrics: [
      { name: 'Vibration/RMS', alias: 11, type: 'Double', value: level, timestamp: Date.now(), properties: unit },
      { name: 'Vibration/Baseline', alias: 12, type: 'Float', value: 2, timestamp: Date.now() },
      { name: 'Serial', alias: 13, type: 'String', value: 'SN-1', timestamp: Date.now() },
    ],
  });
}

function publishBirths() {
  client.publishNodeBirth({
    timestamp: Date.now(),
    metrics: [
      { name: 'Node Control/Rebirth', type: 'Boolean', value: false },
      { name: 'Cabinet', alias: 1, type: 'Int16', value: 3, timestamp: Date.now(), properties: unit },
    ],
  });
  publishDeviceBirth();
  tell('born');
}

const actions = {
  // A level by its alias.
  data: (value) => {
    level = Number(value);
    client.publishDeviceData(device, { timestamp: Date.now(), metrics: [{ alias: 11, type: 'Double', value: level, timestamp: Date.now() }] });
  },
  // A level from an hour ago, as a node sends that had stored it.
  historical: (value) => client.publishDeviceData(device, {
    timestamp: Date.now(), metrics: [{ alias: 11, type: 'Double', value: Number(value), timestamp: Date.now() - 3600000, isHistorical: true }],
  }),
  // An alias that no birth has given.
  unknown: () => client.publishDeviceData(device, { timestamp: Date.now(), metrics: [{ alias: 99, type: 'Double', value: 1, timestamp: Date.now() }] }),
  // A message that gets lost.
  skip: () => client.incrementSeqNum(),
  death: () => client.publishDeviceDeath(device, { timestamp: Date.now() }),
  birth: () => publishDeviceBirth(),
};

client.on('birth', publishBirths);
client.on('error', (error) => tell(`error ${error.message}`));
client.on('ncmd', (payload) => {
  if (payload.metrics.some((metric) => metric.name === 'Node Control/Rebirth' && metric.value === true)) {
    tell('rebirth');
    publishBirths();
  }
});

readline.createInterface({ input: process.stdin })
  .on('line', (line) => {
    const [action, value] = line.split(' ');
    actions[action](value);
  })
  .on('close', () => process.exit(0));
