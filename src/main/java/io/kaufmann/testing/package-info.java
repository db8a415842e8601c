/**
 * For development and tests: schema registries in this process.
 */
package io.kaufmann.testing;
