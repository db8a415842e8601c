/**
 * The words that everyone uses: events, their names, metadata and payloads.
 */
package io.kaufmann.event;
