'use strict';

/*
 * The clients by name. Each writes an event as a record's value and headers, and reads them. The event's name is the
 * subject, as in a Kaufmann service that has no setting for it.
 */

const avro = require('avsc');
const confluent = require('@confluentinc/schemaregistry');
const kafkajs = require('@kafkajs/confluent-schema-registry');
const {avroOptions} = require('./values');

const CONFLUENT = '@confluentinc/schemaregistry';
const CONFLUENT_HEADER = '@confluentinc/schemaregistry, GUID in a header';
const CONFLUENT_HEADER_ID = '@confluentinc/schemaregistry, id in a header';
const CONFLUENT_DEFAULTS = '@confluentinc/schemaregistry, subjects by topic';
const KAFKAJS = '@kafkajs/confluent-schema-registry';
const AVSC = 'avsc';

/** Confluent's clients write GUIDs into headers, but read ids there too, as a serializer of one's own may write them. */
function headerIdSerializer(topic, serdeType, payload, schemaId, headers) {
  headers[confluent.VALUE_SCHEMA_ID_HEADER] = schemaId.idToBytes();
  return payload;
}

/** Confluent's own. A new one for each event type, since what it calls the topic is where it finds the subject. */
function confluentClient(registryUrl, schemaIdSerializer = undefined) {
  const registry = () => new confluent.SchemaRegistryClient({baseURLs: [registryUrl]});
  const subjectNameStrategy = (subject) => subject;
  return {
    register({subject, schema}) {
      return registry().register(subject, {schemaType: 'AVRO', schema: JSON.stringify(schema)});
    },

    async write({subject, schemaId, value, bigLongs}) {
      const serializer = new confluent.AvroSerializer(registry(), confluent.SerdeType.VALUE, {
        ...avroOptions(bigLongs),
        subjectNameStrategy,
        autoRegisterSchemas: false,
        ...(schemaId === undefined ? {useLatestVersion: true} : {useSchemaId: schemaId}),
        schemaIdSerializer,
      });
      const headers = {};
      return {value: await serializer.serialize(subject, value, headers), headers};
    },

    /** With the schema it was written with, or resolved to the newest of the subject. */
    async read({subject, value, headers, latest = false, bigLongs}) {
      const deserializer = new confluent.AvroDeserializer(registry(), confluent.SerdeType.VALUE, {
        ...avroOptions(bigLongs),
        subjectNameStrategy,
        useLatestVersion: latest,
      });
      return deserializer.deserialize(subject, value, headers);
    },
  };
}

/** Confluent's own without any setting about subjects: it looks for one of the topic's. */
function confluentClientWithDefaults(registryUrl) {
  const registry = () => new confluent.SchemaRegistryClient({baseURLs: [registryUrl]});
  return {
    async write({topic, value}) {
      const settings = {...avroOptions(), autoRegisterSchemas: false, useLatestVersion: true};
      const serializer = new confluent.AvroSerializer(registry(), confluent.SerdeType.VALUE, settings);
      const headers = {};
      return {value: await serializer.serialize(topic, value, headers), headers};
    },

    async read({topic, value, headers}) {
      const deserializer = new confluent.AvroDeserializer(registry(), confluent.SerdeType.VALUE, avroOptions());
      return deserializer.deserialize(topic, value, headers);
    },
  };
}

/** That of KafkaJS. Its errors name the request, so it needs no retries to be told from a slow registry. */
function kafkajsClient(registryUrl) {
  const registry = (bigLongs) =>
    new kafkajs.SchemaRegistry({host: registryUrl, retry: {retries: 1}}, {
      [kafkajs.SchemaType.AVRO]: avroOptions(bigLongs),
    });
  return {
    register({subject, schema}) {
      return registry().register({type: kafkajs.SchemaType.AVRO, schema: JSON.stringify(schema)}, {subject});
    },

    async write({subject, schemaId, value, bigLongs}) {
      const client = registry(bigLongs);
      const id = schemaId ?? await client.getLatestSchemaId(subject);
      return {value: await client.encode(id, value), headers: {}};
    },

    /** With the schema it was written with, or resolved to one that the reader has. */
    async read({value, readerSchema, bigLongs}) {
      const options = readerSchema && {[kafkajs.SchemaType.AVRO]: {readerSchema}};
      return registry(bigLongs).decode(value, options);
    },
  };
}

/** Bare Avro with the newest schema of the subject, as KaufmannEx reads and writes. */
function bareClient(registryUrl) {
  async function type({subject, bigLongs}) {
    const answer = await fetch(`${registryUrl}/subjects/${encodeURIComponent(subject)}/versions/latest`);
    if (!answer.ok) {
      throw new Error(`No schema of ${subject}: HTTP ${answer.status} ${await answer.text()}`);
    }
    return avro.Type.forSchema(JSON.parse((await answer.json()).schema), avroOptions(bigLongs));
  }
  return {
    async write(event) {
      return {value: (await type(event)).toBuffer(event.value), headers: {}};
    },

    async read(event) {
      return (await type(event)).fromBuffer(event.value);
    },
  };
}

function clients(registryUrl) {
  return {
    [CONFLUENT]: confluentClient(registryUrl),
    [CONFLUENT_HEADER]: confluentClient(registryUrl, confluent.HeaderSchemaIdSerializer),
    [CONFLUENT_HEADER_ID]: confluentClient(registryUrl, headerIdSerializer),
    [CONFLUENT_DEFAULTS]: confluentClientWithDefaults(registryUrl),
    [KAFKAJS]: kafkajsClient(registryUrl),
    [AVSC]: bareClient(registryUrl),
  };
}

module.exports = {AVSC, CONFLUENT, CONFLUENT_HEADER, CONFLUENT_HEADER_ID, KAFKAJS, clients};
