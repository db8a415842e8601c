/**
 * Between a record's bytes and an event: transcoders, and the list of those that a service knows.
 */
package io.kaufmann.codec;
