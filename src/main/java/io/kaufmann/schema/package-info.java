/**
 * Schema registries: what is asked of one, a client over HTTP, and a cache.
 */
package io.kaufmann.schema;
