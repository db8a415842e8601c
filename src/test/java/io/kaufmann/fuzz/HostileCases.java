package io.kaufmann.fuzz;

import java.util.List;
import java.util.concurrent.Callable;

/** Inputs made to do harm. Made by a constructor without arguments, in a JVM with a small heap. */
public interface HostileCases {

    /** All of them. */
    List<Case> cases();

    /**
     * One of them.
     *
     * @param name what it is
     * @param refusals how it may be refused; empty when it must be read
     * @param attempt reads it
     */
    record Case(String name, List<Class<? extends Exception>> refusals, Callable<?> attempt) {

        /** One that must be refused by this exception. */
        public static Case refused(String name, Class<? extends Exception> refusal, Callable<?> attempt) {
            return new Case(name, List.of(refusal), attempt);
        }

        /** One that is odd, but good. */
        public static Case read(String name, Callable<?> attempt) {
            return new Case(name, List.of(), attempt);
        }
    }
}
