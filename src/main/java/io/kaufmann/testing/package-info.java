/**
 * For development and tests: a bus and a publisher without a broker, and schema registries in this process.
 */
package io.kaufmann.testing;
