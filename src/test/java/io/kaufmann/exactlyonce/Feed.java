package io.kaufmann.exactlyonce;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kaufmann.testing.RawProducer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends numbered events, such that there is work as long as the faults last, however long that is: each step, from one fault
 * to the next, has its share of them, which goes in fast at first and then slower and slower. Its thread ends when all are sent, or
 * with {@link #close()}.
 */
final class Feed implements AutoCloseable {

    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** How many go in at the first tick of a step: 900 events/s. */
    private static final int MOST = 45;
    /** What is kept for the last step, and to trickle meanwhile when a step takes long. */
    private static final double RESERVE = 0.1;

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final int partitions;
    private final int events;
    private final int steps;
    private final Thread thread = new Thread(this::run, "feed");
    private volatile int step = 1;
    private volatile boolean last;
    private volatile boolean ending;
    private volatile RuntimeException failure;

    private final AtomicInteger sent = new AtomicInteger();

    Feed(String bootstrapServers, String topic, int partitions, int events, int steps) {
        this.topic = topic;
        this.partitions = partitions;
        this.events = events;
        this.steps = steps;
        this.producer = RawProducer.patient(bootstrapServers);
        thread.start();
    }

    private void run() {
        try {
            while (sent.get() < events && !ending) {
                for (int i = last ? events - sent.get() : nextTick(); i > 0; i--) {
                    send(sent.getAndIncrement());
                }
                LockSupport.parkNanos(TICK_NANOS);
            }
            producer.flush();
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private int nextTick() {
        double share = events * (1 - RESERVE) / steps;
        double left = share * step - sent.get();
        return Math.min(events - sent.get(), Math.max(1, (int) (MOST * left / share)));
    }

    private void send(int id) {
        Place place = place(id);
        byte[] value = ("{\"id\":" + id + "}").getBytes(UTF_8);
        var unused = producer.send(
                new ProducerRecord<>(topic, place.partition(), ReplyService.ASKED.getBytes(UTF_8), value),
                (metadata, error) -> {
                    if (error != null) {
                        failure = new IllegalStateException("Event " + id + " could not be sent", error);
                    } else if (metadata.offset() != place.offset()) {
                        failure = new IllegalStateException(
                                "Event " + id + " is at " + metadata + ", not at " + place + ": the feed was doubled");
                    }
                });
    }

    private Place place(int id) {
        return new Place(id % partitions, id / partitions);
    }

    /** A step begins, from 1. */
    void begin(int number) {
        step = number;
    }

    /** All that is left goes in. */
    void lastStep() {
        last = true;
    }

    /** The number of each event that was sent, by its place. */
    Map<Place, Long> events() {
        Map<Place, Long> places = new HashMap<>();
        for (int id = 0; id < sent.get(); id++) {
            places.put(place(id), (long) id);
        }
        return places;
    }

    /** Sends nothing any more. */
    void end() {
        ending = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end();
        producer.close();
    }

    /** Fails when it has failed: then what is missing says nothing about the services. */
    void check() {
        if (failure != null) {
            throw failure;
        }
    }
}
