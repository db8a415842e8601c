/**
 * The way in: {@link io.kaufmann.KaufmannConfig} says what a service is to do, {@link io.kaufmann.Kaufmann} runs it.
 */
package io.kaufmann;
