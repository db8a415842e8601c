package io.kaufmann.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class SchemasByIdTest {

    @Test
    void findsWhatWasPutForAnyId() {
        SchemasById table = new SchemasById(10_000);
        int[] ids = IntStream.concat(
                        IntStream.of(0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE), new Random(17).ints(5_000))
                .distinct()
                .toArray();

        for (int id : ids) {
            assertThat(table.get(id)).isNull();
            table.put(ScriptedRegistry.schema(id));
        }

        for (int id : ids) {
            assertThat(table.get(id).id()).isEqualTo(id);
        }
        assertThat(table.size()).isEqualTo(ids.length);
    }

    @Test
    void neverHoldsMoreThanItMay() {
        for (int capacity : List.of(1, 2, 9, 10, 64, 100)) {
            SchemasById table = new SchemasById(capacity);
            for (int id = 0; id < 1_000; id++) {
                table.put(ScriptedRegistry.schema(id));
                assertThat(table.get(id).id()).isEqualTo(id);
                assertThat(table.size()).isBetween(1, capacity);
            }
        }
    }

    @Test
    void keepsTheFirstOfTwoWithTheSameId() {
        SchemasById table = new SchemasById(10);
        RegisteredSchema first = ScriptedRegistry.schema(1);
        table.put(first);
        table.put(ScriptedRegistry.schema(1));

        assertThat(table.get(1)).isSameAs(first);
        assertThat(table.size()).isEqualTo(1);
    }

    @RepeatedTest(100)
    void whatIsThereIsFoundWhileOthersAdd() throws Exception {
        SchemasById table = new SchemasById(10_000);
        table.put(ScriptedRegistry.schema(42));
        CountDownLatch start = new CountDownLatch(3);
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try {
            List<Future<?>> writers = IntStream.of(0, 1)
                    .<Future<?>>mapToObj(writer -> pool.submit(() -> {
                        start.countDown();
                        start.await();
                        for (int id = 1_000; id < 3_000; id++) {
                            table.put(ScriptedRegistry.schema(id));
                            assertThat(table.get(id).id()).isEqualTo(id);
                        }
                        return writer;
                    }))
                    .toList();
            start.countDown();
            start.await();
            while (!writers.stream().allMatch(Future::isDone)) {
                assertThat(table.get(42).id()).isEqualTo(42);
                assertThat(table.get(7)).isNull();
            }
            for (Future<?> writer : writers) {
                writer.get(10, TimeUnit.SECONDS);
            }
            assertThat(table.size()).isEqualTo(2_001);
        } finally {
            pool.shutdownNow();
        }
    }
}
