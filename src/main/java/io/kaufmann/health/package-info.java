/**
 * Where a service stands, as values.
 */
package io.kaufmann.health;
