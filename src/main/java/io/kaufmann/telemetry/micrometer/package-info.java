/** Measures a service with Micrometer. */
package io.kaufmann.telemetry.micrometer;
