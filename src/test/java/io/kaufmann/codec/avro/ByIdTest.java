package io.kaufmann.codec.avro;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ByIdTest {

    private final ById<String> kept = new ById<>();

    @Test
    void isMadeOnce() {
        String made = kept.get(-7, id -> "made " + id);

        assertThat(made).isEqualTo("made -7");
        assertThat(kept.get(-7, id -> "again")).isSameAs(made);
    }

    @Test
    void keepsEveryIdApart() {
        Random ids = new Random(1);
        Map<Integer, String> expected = new HashMap<>();
        for (int i = 0; i < 9_000; i++) {
            int id = ids.nextInt();
            expected.put(id, kept.get(id, made -> "made " + made));
        }

        expected.forEach(
                (id, value) -> assertThat(kept.get(id, made -> "again")).isSameAs(value));
    }

    @Test
    void isBounded() {
        AtomicInteger made = new AtomicInteger();
        for (int id = 0; id < 10_001; id++) {
            kept.get(id, key -> "made " + made.incrementAndGet());
        }

        assertThat(kept.get(10_000, id -> "again")).isEqualTo("made 10001");
        assertThat(kept.get(0, id -> "again")).isEqualTo("again");
    }

    @RepeatedTest(100)
    void threadsSeeOneEach() throws Exception {
        int threads = 4;
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<List<String>>> all = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                all.add(pool.submit(() -> {
                    start.await();
                    List<String> seen = new ArrayList<>();
                    for (int id = 0; id < 300; id++) {
                        seen.add(kept.get(
                                id, key -> key + " by " + Thread.currentThread().getName()));
                    }
                    return seen;
                }));
            }
            List<String> first = all.get(0).get();
            for (Future<List<String>> seen : all) {
                assertThat(seen.get()).isEqualTo(first);
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
