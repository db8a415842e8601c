'use strict';

/*
 * node fixtures.js FROM TO
 *
 * Reads each fixture in FROM, has its value written by the clients that the fixture is for, reads it back with each of
 * them, and writes the fixture with those bytes to TO. To mend fixtures or to add one (without "written"): FROM and TO are
 * both src/test/resources/interop.
 */

const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const {AVSC, CONFLUENT, CONFLUENT_HEADER, CONFLUENT_HEADER_ID, KAFKAJS, clients} = require('./lib/clients');
const {oneSchemaRegistry} = require('./lib/one-schema-registry');
const {fromJson, toJson} = require('./lib/values');

const WRITERS = {confluent: [CONFLUENT, KAFKAJS, CONFLUENT_HEADER, CONFLUENT_HEADER_ID], bare: [AVSC]};

const hex = (bytes) => Buffer.from(bytes).toString('hex');

async function write(fixture) {
  const registry = await oneSchemaRegistry(fixture);
  try {
    const written = {};
    for (const name of WRITERS[fixture.format]) {
      const client = clients(registry.url)[name];
      const event = {...fixture, schemaId: undefined, value: fromJson(fixture.value)};
      const {value, headers} = await client.write(event);
      const again = await client.read({...event, value, headers});
      assert.deepStrictEqual(comparable(toJson(again)), comparable(expected(name, fixture)), `${name} reads something else`);
      written[name] = {value: hex(value)};
      if (Object.keys(headers).length > 0) {
        written[name].headers = Object.fromEntries(Object.entries(headers).map(([key, bytes]) => [key, hex(bytes)]));
      }
    }
    return {...fixture, written};
  } finally {
    registry.close();
  }
}

/** KafkaJS's client resolves to the reader's schema if there is one; Confluent's would take it from the registry. */
function expected(name, {value, resolved}) {
  return name === KAFKAJS && resolved !== undefined ? resolved : value;
}

/** With floats as they come back: of 32 bits. */
function comparable(json) {
  const rounded = (key, each) => (typeof each === 'number' && !Number.isInteger(each) ? Math.fround(each) : each);
  return JSON.parse(JSON.stringify(json, rounded));
}

async function main([from, to]) {
  for (const file of fs.readdirSync(from).filter((name) => name.endsWith('.json')).sort()) {
    try {
      const fixture = await write(JSON.parse(fs.readFileSync(path.join(from, file), 'utf8')));
      fs.writeFileSync(path.join(to, file), JSON.stringify(fixture, null, 2) + '\n');
    } catch (error) {
      throw new Error(`${file}: ${error.message}`, {cause: error});
    }
  }
}

main(process.argv.slice(2)).then(() => process.exit(0), (error) => {
  console.error(error);
  process.exit(1);
});
