package io.kaufmann.internal.work;

import java.lang.reflect.Method;
import java.util.Optional;

/** Makes the threads of workers: platform threads, or virtual ones where the JVM has them. Immutable. */
public final class WorkerThreads {

    private static final WorkerThreads PLATFORM = new WorkerThreads(WorkerThreads::platform);

    private final Maker maker;

    @FunctionalInterface
    private interface Maker {
        Thread make(String name, Runnable task);
    }

    private WorkerThreads(Maker maker) {
        this.maker = maker;
    }

    /** Daemon threads of the operating system. */
    public static WorkerThreads platform() {
        return PLATFORM;
    }

    /** Virtual threads; empty before Java 21. */
    public static Optional<WorkerThreads> virtual() {
        return VirtualThreads.maker().map(WorkerThreads::new);
    }

    /** A thread that is not started yet. */
    Thread make(String name, Runnable task) {
        return maker.make(name, task);
    }

    private static Thread platform(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** {@code Thread.ofVirtual().name(name).unstarted(task)}, which Java 17, for which this is compiled, does not know. */
    private static final class VirtualThreads {

        static Optional<Maker> maker() {
            if (Runtime.version().feature() < 21) {
                return Optional.empty();
            }
            try {
                Class<?> builder = Class.forName("java.lang.Thread$Builder");
                Method ofVirtual = Thread.class.getMethod("ofVirtual");
                Method name = builder.getMethod("name", String.class);
                Method unstarted = builder.getMethod("unstarted", Runnable.class);
                return Optional.of((threadName, task) -> {
                    try {
                        return (Thread) unstarted.invoke(name.invoke(ofVirtual.invoke(null), threadName), task);
                    } catch (ReflectiveOperationException e) {
                        throw new IllegalStateException("This JVM makes no virtual threads", e);
                    }
                });
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("This JVM makes no virtual threads though it is Java 21 or later", e);
            }
        }
    }
}
