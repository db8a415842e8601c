'use strict';

/*
 * Avro values as JSON, agreed with the Java side. What JSON cannot say stands in an object with one key:
 *
 *   {"$bytes": "00ff"}                            bytes and fixed, in hexadecimal
 *   {"$long": "9223372036854775807"}              a long beyond what a double keeps
 *   {"$double": "NaN"}                            float and double, also Infinity, -Infinity and -0
 *   {"$union": ["test.Card", {...}]}              a union's branch, where the value does not tell it
 *   {"$decimal": "12.50"}, {"$uuid": "..."}, {"$date": "2024-02-29"}, {"$time": "12:34:56.789"},
 *   {"$instant": "2024-02-29T12:34:56.789Z"}, {"$local": "2024-02-29T12:34:56.789"},
 *   {"$duration": {"months": 1, "days": 2, "millis": 3}}
 *
 * Times have three digits after the point in the types that count milliseconds, six in those that count microseconds.
 */

const avro = require('avsc');

const DAY = 86400000;

function isTag(value, tag) {
  return value !== null && typeof value === 'object' && Object.hasOwn(value, tag);
}

/** A logical type whose values are tagged; `read` and `write` know the plain value beneath. */
function logical(tag, read, write) {
  return class extends avro.types.LogicalType {
    constructor(schema, opts) {
      super(schema, opts);
      this.schema_ = schema;
    }

    _fromValue(plain) {
      return {[tag]: read(plain, this.schema_)};
    }

    _toValue(any) {
      return isTag(any, tag) ? write(any[tag], this.schema_) : undefined;
    }

    _resolve(type) {
      if (avro.Type.isType(type, this.typeName) || avro.Type.isType(type, this.underlyingType.typeName)) {
        const plainOrTagged = (value) => (isTag(value, tag) ? value : this._fromValue(value));
        return plainOrTagged;
      }
      return undefined;
    }
  };
}

/** Two's complement, big endian, in as few bytes as possible or in as many as a fixed has. */
function bigToBytes(value, size) {
  let length = 1;
  while (value < -(1n << BigInt(8 * length - 1)) || value >= 1n << BigInt(8 * length - 1)) {
    length++;
  }
  const bytes = Buffer.alloc(size ?? length);
  let rest = BigInt.asUintN(8 * bytes.length, value);
  for (let i = bytes.length - 1; i >= 0; i--) {
    bytes[i] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return bytes;
}

function readDecimal(bytes, schema) {
  const scale = schema.scale ?? 0;
  const unscaled = BigInt.asIntN(8 * bytes.length, BigInt('0x' + bytes.toString('hex')));
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  const point = digits.length - scale;
  return (unscaled < 0n ? '-' : '') + digits.slice(0, point) + (scale > 0 ? '.' + digits.slice(point) : '');
}

function writeDecimal(text, schema) {
  return bigToBytes(BigInt(text.replace('.', '')), schema.type === 'fixed' ? schema.size : undefined);
}

/** The time of a day or of all time as `2024-02-29T12:34:56.789` and, in microseconds, three digits more. */
function isoOf(count, unitsPerMilli) {
  const millis = Math.floor(count / unitsPerMilli);
  const iso = new Date(millis).toISOString().slice(0, -1);
  return unitsPerMilli === 1 ? iso : iso + String(count - millis * unitsPerMilli).padStart(3, '0');
}

function countOf(iso, unitsPerMilli) {
  const [seconds, fraction] = iso.split('.');
  const millis = Date.parse(seconds + '.' + fraction.slice(0, 3) + 'Z');
  return millis * unitsPerMilli + (unitsPerMilli === 1 ? 0 : Number(fraction.slice(3)));
}

function timestamp(tag, zone, unitsPerMilli) {
  return logical(
    tag,
    (count) => isoOf(count, unitsPerMilli) + zone,
    (text) => countOf(zone ? text.slice(0, -1) : text, unitsPerMilli));
}

function timeOfDay(unitsPerMilli) {
  return logical(
    '$time',
    (count) => isoOf(count, unitsPerMilli).slice('1970-01-01T'.length),
    (text) => countOf('1970-01-01T' + text, unitsPerMilli));
}

function readDuration(bytes) {
  return {months: bytes.readUInt32LE(0), days: bytes.readUInt32LE(4), millis: bytes.readUInt32LE(8)};
}

function writeDuration({months, days, millis}) {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32LE(months, 0);
  bytes.writeUInt32LE(days, 4);
  bytes.writeUInt32LE(millis, 8);
  return bytes;
}

const logicalTypes = {
  'decimal': logical('$decimal', readDecimal, writeDecimal),
  'uuid': logical('$uuid', (text) => text, (text) => text),
  'date': logical('$date', (days) => isoOf(days * DAY, 1).slice(0, 10), (text) => Date.parse(text) / DAY),
  'time-millis': timeOfDay(1),
  'time-micros': timeOfDay(1000),
  'timestamp-millis': timestamp('$instant', 'Z', 1),
  'timestamp-micros': timestamp('$instant', 'Z', 1000),
  'local-timestamp-millis': timestamp('$local', '', 1),
  'local-timestamp-micros': timestamp('$local', '', 1000),
  'duration': logical('$duration', readDuration, writeDuration),
};

/** Longs of all 64 bits, as avsc's documentation suggests. */
const bigLong = avro.types.LongType.__with({
  fromBuffer: (bytes) => bytes.readBigInt64LE(),
  toBuffer: (value) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(value);
    return bytes;
  },
  fromJSON: BigInt,
  toJSON: Number,
  isValid: (value) => typeof value === 'bigint',
  compare: (a, b) => (a === b ? 0 : a < b ? -1 : 1),
});

/** Options of avsc, which both of the registry's clients pass on to it. */
function avroOptions(bigLongs = false) {
  return bigLongs ? {logicalTypes, registry: {long: bigLong}} : {logicalTypes};
}

/** The agreed JSON as values that the clients take. */
function fromJson(json) {
  if (json === null || typeof json !== 'object') {
    return json;
  }
  if (Array.isArray(json)) {
    return json.map(fromJson);
  }
  if (isTag(json, '$bytes')) {
    return Buffer.from(json.$bytes, 'hex');
  }
  if (isTag(json, '$long')) {
    return BigInt(json.$long);
  }
  if (isTag(json, '$double')) {
    return Number(json.$double);
  }
  if (isTag(json, '$union')) {
    return {[json.$union[0]]: fromJson(json.$union[1])};
  }
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, fromJson(value)]));
}

/** What the clients have read, as the agreed JSON. */
function toJson(value) {
  if (Buffer.isBuffer(value)) {
    return {$bytes: value.toString('hex')};
  }
  if (typeof value === 'bigint') {
    return {$long: String(value)};
  }
  if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))) {
    return {$double: Object.is(value, -0) ? '-0' : String(value)};
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(toJson);
  }
  const fields = Object.entries(value).map(([name, each]) => [name, toJson(each)]);
  // Only what avsc makes of a union whose values do not tell their branch has this method.
  return typeof value.unwrap === 'function' ? {$union: fields[0]} : Object.fromEntries(fields);
}

module.exports = {avroOptions, fromJson, toJson};
