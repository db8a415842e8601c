/**
 * The command line of the tasks in {@code io.kaufmann.task}. It needs picocli, which is an optional dependency of this library.
 */
package io.kaufmann.cli;
