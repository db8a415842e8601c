/**
 * What is sent, where it goes, and what came of it.
 */
package io.kaufmann.publish;
