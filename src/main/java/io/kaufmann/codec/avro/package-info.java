/** Reads and writes events in Avro. */
package io.kaufmann.codec.avro;
