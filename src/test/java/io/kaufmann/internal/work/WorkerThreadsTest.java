package io.kaufmann.internal.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkerThreadsTest {

    private static final int JAVA = Runtime.version().feature();

    @Test
    void makesDaemonThreadsByTheirNames() {
        Thread thread = WorkerThreads.platform().make("kaufmann-worker-1", () -> {});
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getName()).isEqualTo("kaufmann-worker-1");
        assertThat(thread.getState()).isEqualTo(Thread.State.NEW);
    }

    @Test
    void hasVirtualThreadsFromJava21On() {
        assertThat(WorkerThreads.virtual().isPresent()).isEqualTo(JAVA >= 21);
    }

    /** As many platform threads would be more than most machines bear. */
    @Test
    void makesVirtualThreadsByTheTenThousand() throws InterruptedException {
        assumeThat(JAVA).as("virtual threads need Java 21").isGreaterThanOrEqualTo(21);
        int count = 20_000;
        CountDownLatch inside = new CountDownLatch(count);
        CountDownLatch release = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Thread thread = WorkerThreads.virtual().orElseThrow().make("kaufmann-worker-" + i, () -> {
                inside.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            threads.add(thread);
            thread.start();
        }
        assertThat(inside.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(threads.get(7).getName()).isEqualTo("kaufmann-worker-7");
        release.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
