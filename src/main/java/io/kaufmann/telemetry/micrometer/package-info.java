/**
 * Telemetry as Micrometer's meters.
 */
package io.kaufmann.telemetry.micrometer;
