/**
 * What a service tells of its work.
 */
package io.kaufmann.telemetry;
