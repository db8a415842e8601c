package io.kaufmann.codec.avro;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;

class AvroConcurrencyTest {

    private static final int THREADS = 8;

    @RepeatedTest(100)
    void manyThreadsShareOneTranscoder() throws Exception {
        Events events = new Events();
        events.put("event.x", """
                {"name": "n", "type": "int"}, {"name": "text", "type": "string"}""");
        CyclicBarrier start = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                int first = 1_000 * t;
                done.add(threads.submit(() -> {
                    start.await();
                    for (int n = first; n < first + 50; n++) {
                        Map<String, Object> payload = Map.of("n", n, "text", "number " + n);
                        assertThat(events.decode("event.x", events.encode("event.x", payload))
                                        .payload()
                                        .value())
                                .isEqualTo(payload);
                    }
                    return null;
                }));
            }
            for (Future<?> future : done) {
                future.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
