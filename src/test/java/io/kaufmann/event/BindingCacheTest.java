package io.kaufmann.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class BindingCacheTest {

    private static final Payload PAYLOAD = Payload.of("event.x", Map.of("name", "Ada", "part", Map.of("n", 1)));

    public record Part(int n) {}

    public record Whole(String name, Part part) {}

    @Test
    void oneOfAClassServesAllThreads() throws Exception {
        int threads = 8;
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            Callable<Whole> bind = () -> {
                start.await();
                return PAYLOAD.as(Whole.class);
            };
            List<Future<Whole>> bound = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                bound.add(pool.submit(bind));
            }
            start.countDown();
            for (Future<Whole> one : bound) {
                assertThat(one.get()).isEqualTo(new Whole("Ada", new Part(1)));
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(Binding.of(Whole.class)).isSameAs(Binding.of(Whole.class));
    }

    @Test
    void aClassThatIsGoneIsNotKept() throws Exception {
        WeakReference<ClassLoader> gone = bindByALoaderOfItsOwn();

        await().until(() -> {
            System.gc();
            return gone.refersTo(null);
        });
    }

    @Test
    void javasOwnClassesDoNotKeepTheLibrary() throws Exception {
        ClassLoader loader = new OwnClasses("io.kaufmann.event.");
        Class<?> payload = loader.loadClass(Payload.class.getName());
        Object text = payload.getMethod("of", String.class, Object.class).invoke(null, "event.x", "tea");
        assertThat(payload.getMethod("as", Class.class).invoke(text, StringBuilder.class))
                .hasToString("tea");
        WeakReference<ClassLoader> gone = new WeakReference<>(loader);
        loader = null;
        payload = null;
        text = null;

        await().until(() -> {
            System.gc();
            return gone.refersTo(null);
        });
    }

    private static WeakReference<ClassLoader> bindByALoaderOfItsOwn() throws Exception {
        ClassLoader loader = new OwnClasses(BindingCacheTest.class.getName());
        Class<?> type = loader.loadClass(Whole.class.getName());
        assertThat(type == Whole.class).isFalse();
        // Not its toString: the JDK makes that of method handles that stay.
        assertThat(type.isInstance(PAYLOAD.as(type))).isTrue();
        return new WeakReference<>(loader);
    }

    /** Loads this test and its records again, as a service that is deployed anew does. */
    private static final class OwnClasses extends ClassLoader {

        private final String prefix;

        OwnClasses(String prefix) {
            super(BindingCacheTest.class.getClassLoader());
            this.prefix = prefix;
        }

        @Override
        public Class<?> loadClass(String name) throws ClassNotFoundException {
            if (!name.startsWith(prefix)) {
                return super.loadClass(name);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream code = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = code.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
