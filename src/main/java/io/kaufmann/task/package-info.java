/**
 * What an operator does with a service now and then: registers its schemas, replays its history, sends dead letters back, and
 * looks at its group. From Java; {@code io.kaufmann.cli} offers the same on a command line.
 */
package io.kaufmann.task;
