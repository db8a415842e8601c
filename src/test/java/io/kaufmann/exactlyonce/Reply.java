package io.kaufmann.exactlyonce;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A reply that was read.
 *
 * @param id the number of the event that it answers
 * @param cause where that event is
 * @param place where the reply is
 * @param process the process that wrote it: its slot and its number there
 * @param handled when its event was handled; all processes of a machine share the running time
 */
record Reply(long id, Place cause, Place place, String process, long handled) {

    /** The headers that tell of it. */
    static final String CAUSE = "cause";

    static final String PROCESS = "process";
    static final String HANDLED = "handled";

    private static final ObjectMapper JSON = new ObjectMapper();

    static Reply of(ConsumerRecord<byte[], byte[]> record) {
        if (record.headers().lastHeader(CAUSE) == null) {
            throw new IllegalStateException("This is no reply: " + new String(record.value(), UTF_8));
        }
        return new Reply(
                id(record.value()),
                Place.parse(header(record, CAUSE)),
                new Place(record.partition(), record.offset()),
                header(record, PROCESS),
                Long.parseLong(header(record, HANDLED)));
    }

    private static long id(byte[] value) {
        try {
            return JSON.readTree(value).path("id").asLong(-1);
        } catch (IOException e) {
            throw new UncheckedIOException("This is no JSON: " + new String(value, UTF_8), e);
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    @Override
    public String toString() {
        return place + " by " + process;
    }
}
