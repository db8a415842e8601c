package io.kaufmann.schema;

import static io.kaufmann.schema.ScriptedRegistry.named;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/** Threads that ask for the same at the same time. */
@Timeout(60)
class CachingSchemaRegistryConcurrencyTest {

    private static final int THREADS = 8;
    private static final int REPEATS = 100;
    private static final ExecutorService POOL = Executors.newCachedThreadPool();

    private final SettableClock clock = new SettableClock();
    private final ScriptedRegistry registry = new ScriptedRegistry();
    private final CachingSchemaRegistry cache =
            CachingSchemaRegistry.builder(registry).clock(clock).build();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch mayAnswer = new CountDownLatch(1);

    @AfterAll
    static void stop() {
        POOL.shutdownNow();
    }

    private <T> T held(T answer) {
        asked.countDown();
        try {
            mayAnswer.await();
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryUnavailableException("interrupted", e);
        }
    }

    private static <T> List<Future<T>> together(int threads, Callable<T> task) {
        CountDownLatch start = new CountDownLatch(threads);
        List<Future<T>> futures = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            futures.add(POOL.submit(() -> {
                start.countDown();
                start.await();
                return task.call();
            }));
        }
        return futures;
    }

    private static <T> T result(Future<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(20, TimeUnit.SECONDS);
    }

    private static Throwable failure(Future<?> future) throws InterruptedException, TimeoutException {
        try {
            throw new AssertionError("no failure but " + future.get(20, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    @RepeatedTest(REPEATS)
    void threadsThatAskAtOnceShareOneRequest() throws Exception {
        Crowd crowd = new Crowd();
        registry.onId = id -> crowd.answerWhenTheOthersWait(ScriptedRegistry.schema(id));
        registry.onGuid = guid -> crowd.answerWhenTheOthersWait(ScriptedRegistry.schema(7));
        registry.onLatest = subject -> crowd.answerWhenTheOthersWait(named(subject, 1));

        for (Future<RegisteredSchema> future : together(THREADS, () -> crowd.join(() -> cache.byId(7)))) {
            assertThat(result(future).id()).isEqualTo(7);
        }
        for (Future<RegisteredSchema> future : together(THREADS, () -> crowd.join(() -> cache.byGuid("0a")))) {
            assertThat(result(future).id()).isEqualTo(7);
        }
        for (Future<RegisteredSchema> future : together(THREADS, () -> crowd.join(() -> cache.latest("a")))) {
            assertThat(result(future)).isEqualTo(named("a", 1));
        }
        assertThat(registry.idRequests).hasValue(1);
        assertThat(registry.guidRequests).hasValue(1);
        assertThat(registry.latestRequests).hasValue(1);
    }

    /** Lets the thread that asks the registry have its answer only once all others wait for it. */
    private static final class Crowd {
        private final Set<Thread> members = ConcurrentHashMap.newKeySet();

        RegisteredSchema join(Callable<RegisteredSchema> task) throws Exception {
            members.add(Thread.currentThread());
            try {
                return task.call();
            } finally {
                members.remove(Thread.currentThread());
            }
        }

        RegisteredSchema answerWhenTheOthersWait(RegisteredSchema answer) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
            while (waiting() < THREADS - 1 && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            return answer;
        }

        private long waiting() {
            return members.stream()
                    .filter(member -> member.getState() == Thread.State.WAITING)
                    .count();
        }
    }

    @RepeatedTest(REPEATS)
    void threadsThatAskAtOnceShareOneFailureEachWithItsOwnException() throws Exception {
        registry.onId = id -> {
            throw new SchemaNotFoundException("no");
        };

        List<Future<RegisteredSchema>> futures = together(THREADS, () -> cache.byId(7));

        List<Throwable> failures = new ArrayList<>();
        for (Future<RegisteredSchema> future : futures) {
            failures.add(failure(future));
        }
        assertThat(failures).doesNotHaveDuplicates().allMatch(SchemaNotFoundException.class::isInstance);
        assertThat(registry.idRequests).hasValue(1);
    }

    @RepeatedTest(REPEATS)
    void anotherIdDoesNotWait() throws Exception {
        registry.onId = id -> id == 7 ? held(ScriptedRegistry.schema(id)) : ScriptedRegistry.schema(id);
        Future<RegisteredSchema> slow = POOL.submit(() -> cache.byId(7));
        asked.await();

        assertThat(result(POOL.submit(() -> cache.byId(8))).id()).isEqualTo(8);

        assertThat(slow).isNotDone();
        mayAnswer.countDown();
        assertThat(result(slow).id()).isEqualTo(7);
    }

    @RepeatedTest(REPEATS)
    void oneThreadRefreshesWhileTheOthersKeepTheOldVersion() throws Exception {
        cache.latest("a");
        cache.latest("b");
        registry.onLatest = subject -> held(named(subject, 2));
        clock.advance(Duration.ofMinutes(10));
        Future<RegisteredSchema> refresher = POOL.submit(() -> cache.latest("a"));
        asked.await();

        for (Future<RegisteredSchema> future : together(THREADS, () -> cache.latest("a"))) {
            assertThat(result(future)).isEqualTo(named("a", 1));
        }
        // Nor is a second thread held up for another subject.
        assertThat(result(POOL.submit(() -> cache.latest("b")))).isEqualTo(named("b", 1));
        assertThat(registry.latestRequests).hasValue(3);

        mayAnswer.countDown();
        assertThat(result(refresher)).isEqualTo(named("a", 2));
        assertThat(cache.latest("a")).isEqualTo(named("a", 2));
        assertThat(cache.latest("b")).isEqualTo(named("b", 2));
    }

    @RepeatedTest(REPEATS)
    void threadsThatMeetAnOldVersionAtOnceAskOnce() throws Exception {
        cache.latest("a");
        registry.onLatest = subject -> named(subject, 2);
        clock.advance(Duration.ofMinutes(10));

        for (Future<RegisteredSchema> future : together(THREADS, () -> cache.latest("a"))) {
            assertThat(result(future)).isIn(named("a", 1), named("a", 2));
        }

        assertThat(cache.latest("a")).isEqualTo(named("a", 2));
        assertThat(registry.latestRequests).hasValue(2);
    }

    @RepeatedTest(REPEATS)
    void aWaitingThreadAsksItselfWhenTheAskingOneIsInterrupted() throws Exception {
        registry.onId =
                id -> registry.idRequests.get() == 1 ? held(ScriptedRegistry.schema(id)) : ScriptedRegistry.schema(id);
        Future<RegisteredSchema> asking = POOL.submit(() -> cache.byId(7));
        asked.await();
        List<Future<RegisteredSchema>> waiting = together(THREADS, () -> cache.byId(7));

        asking.cancel(true);

        for (Future<RegisteredSchema> future : waiting) {
            assertThat(result(future).id()).isEqualTo(7);
        }
        assertThat(registry.idRequests).hasValue(2);
    }

    @RepeatedTest(REPEATS)
    void aWaitingThreadThatIsInterruptedLeavesTheOthersAlone() throws Exception {
        registry.onId = id -> held(ScriptedRegistry.schema(id));
        Future<RegisteredSchema> asking = POOL.submit(() -> cache.byId(7));
        asked.await();
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread waiting = new Thread(() -> {
            try {
                cache.byId(7);
            } catch (RegistryUnavailableException e) {
                if (Thread.currentThread().isInterrupted()) {
                    interrupted.countDown();
                }
            }
        });
        waiting.start();
        waiting.interrupt();

        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
        mayAnswer.countDown();
        assertThat(result(asking).id()).isEqualTo(7);
        assertThat(cache.byId(7).id()).isEqualTo(7);
        assertThat(registry.idRequests).hasValue(1);
    }

    @RepeatedTest(REPEATS)
    void anAnswerFromBeforeARegistrationIsNotKept() throws Exception {
        registry.onLatest = subject -> held(named(subject, 1));
        Future<RegisteredSchema> early = POOL.submit(() -> cache.latest("a"));
        asked.await();
        registry.onLatest = subject -> named(subject, 2);

        cache.register("a", "\"int\"");

        assertThat(result(POOL.submit(() -> cache.latest("a")))).isEqualTo(named("a", 2));
        mayAnswer.countDown();
        assertThat(result(early)).isEqualTo(named("a", 1));
        assertThat(cache.latest("a")).isEqualTo(named("a", 2));
    }

    @RepeatedTest(REPEATS)
    void aNotFoundFromBeforeARegistrationIsNotKept() throws Exception {
        registry.onLatest = subject -> {
            held(subject);
            throw new SchemaNotFoundException("not yet");
        };
        Future<RegisteredSchema> early = POOL.submit(() -> cache.latest("a"));
        asked.await();
        registry.onLatest = subject -> named(subject, 2);

        cache.register("a", "\"int\"");
        mayAnswer.countDown();

        assertThat(failure(early)).isInstanceOf(SchemaNotFoundException.class);
        assertThat(cache.latest("a")).isEqualTo(named("a", 2));
    }
}
