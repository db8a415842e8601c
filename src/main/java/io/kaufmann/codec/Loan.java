package io.kaufmann.codec;

import java.util.function.Function;

/** Lends what may not be used by two threads at once, or what may. Thread-safe. */
interface Loan<T> extends AutoCloseable {

    /** Calls with a thing that no other thread uses meanwhile, unless it is one that any number may use. */
    <R> R call(Function<T, R> use);

    /** Closes what was made here; what is lent out is closed when it comes back. */
    @Override
    void close();

    /** Lends one thing to everybody, and never closes it: it is somebody else's. */
    static <T> Loan<T> shared(T thing) {
        return new Loan<>() {
            @Override
            public <R> R call(Function<T, R> use) {
                return use.apply(thing);
            }

            @Override
            public void close() {}

            @Override
            public String toString() {
                return thing.getClass().getName();
            }
        };
    }
}
