/**
 * How a service does, told over HTTP: to orchestrators, to Prometheus, and to people.
 */
package io.kaufmann.http;
