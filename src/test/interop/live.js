'use strict';

/*
 * node live.js < JOB
 *
 * Writes events to a topic and reads what comes of them, with the clients that the job names; prints what it read. The job:
 *
 *   bootstrapServers, registryUrl, seconds   where, and how long at most
 *   prepare   [{client, subject, schema}], schemas that the clients register before anything is sent
 *   send      [{client, topic, partition?, key, subject, schemaId?, value}]
 *   await     [{client, topic, key, subject, readerSchema?, latest?}], one record for each
 *   register  [{subject, schema}], once all records are there and before they are decoded
 *
 * Printed: [{topic, partition, key, headers, value}] in the order of "await".
 */

const {Kafka, Partitioners, logLevel} = require('kafkajs');
const {clients} = require('./lib/clients');
const {fromJson, toJson} = require('./lib/values');

async function send(kafka, byName, events) {
  const producer = kafka.producer({createPartitioner: Partitioners.DefaultPartitioner});
  await producer.connect();
  for (const event of events) {
    const {topic, key, partition} = event;
    const {value, headers} = await within(byName[event.client].write({...event, value: fromJson(event.value)}), event);
    await producer.send({topic, messages: [{key, value, headers, partition}]});
  }
  await producer.disconnect();
}

/** The first record of each topic and key that is awaited, as it is. */
async function receive(kafka, awaited) {
  if (awaited.length === 0) {
    return [];
  }
  const at = (topic, key) => `${topic} ${key}`;
  const missing = new Set(awaited.map(({topic, key}) => at(topic, key)));
  const found = new Map();
  const consumer = kafka.consumer({groupId: `node-${process.pid}-${Date.now()}`, maxWaitTimeInMs: 100});
  whenOutOfTime = () => `these did not come: ${[...missing].join(', ')}`;
  await consumer.connect();
  await consumer.subscribe({topics: [...new Set(awaited.map(({topic}) => topic))], fromBeginning: true});
  await new Promise((done, failed) => {
    consumer.on(consumer.events.CRASH, ({payload}) => failed(payload.error));
    consumer.run({
      eachMessage: async ({topic, partition, message}) => {
        const key = message.key?.toString();
        if (missing.delete(at(topic, key))) {
          found.set(at(topic, key), {...message, topic, partition, key});
        } else if (key?.startsWith('event.error.') && !found.has(at(topic, key))) {
          failed(new Error(`${key} came instead: ${message.value.toString('latin1').replace(/[^ -~]+/g, ' ')}`));
        }
        if (missing.size === 0) {
          done();
        }
      },
    }).catch(failed);
  });
  return awaited.map((each) => ({...each, record: found.get(at(each.topic, each.key))}));
}

async function register(registryUrl, schemas) {
  for (const {subject, schema} of schemas) {
    const answer = await fetch(`${registryUrl}/subjects/${encodeURIComponent(subject)}/versions`, {
      method: 'POST',
      headers: {'Content-Type': 'application/vnd.schemaregistry.v1+json'},
      body: JSON.stringify({schema: JSON.stringify(schema)}),
    });
    if (!answer.ok) {
      throw new Error(`Cannot register a schema of ${subject}: HTTP ${answer.status} ${await answer.text()}`);
    }
  }
}

async function decode(byName, received) {
  const decoded = [];
  for (const {record, ...how} of received) {
    const value = await within(byName[how.client].read({...how, value: record.value, headers: record.headers}), how);
    const headers = Object.fromEntries(
      Object.entries(record.headers).map(([name, bytes]) => [name, bytes.toString('hex')]));
    decoded.push({topic: record.topic, partition: record.partition, key: record.key, headers, value: toJson(value)});
  }
  return decoded;
}

/** Says whose error it is. */
function within(promise, {client, key}) {
  return promise.catch((error) => {
    throw new Error(`${key} by ${client}: ${error.message}`, {cause: error});
  });
}

let whenOutOfTime = () => 'still sending';

async function main() {
  const job = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
  setTimeout(() => fail(new Error(`Not done within ${job.seconds} s: ${whenOutOfTime()}`)), job.seconds * 1000);
  const kafka = new Kafka({clientId: 'node', brokers: job.bootstrapServers.split(','), logLevel: logLevel.ERROR});
  const byName = clients(job.registryUrl);
  for (const {client, ...schema} of job.prepare) {
    await within(byName[client].register(schema), {client, key: schema.subject});
  }
  await send(kafka, byName, job.send);
  const received = await receive(kafka, job.await);
  await register(job.registryUrl, job.register);
  return decode(byName, received);
}

function fail(error) {
  console.error(error);
  process.exit(1);
}

main().then((records) => process.stdout.write(JSON.stringify(records), () => process.exit(0)), fail);
