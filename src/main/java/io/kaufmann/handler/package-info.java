/**
 * What a service does with its events: handlers, routers and their results.
 */
package io.kaufmann.handler;
