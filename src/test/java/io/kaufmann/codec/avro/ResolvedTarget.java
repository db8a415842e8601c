package io.kaufmann.codec.avro;

import io.kaufmann.fuzz.FuzzTarget;
import io.kaufmann.fuzz.Trial;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Frames of schemas that have become others since, to which they are resolved. */
public final class ResolvedTarget implements FuzzTarget {

    private static final int PAIRS = 80;

    private final Events events = new Events();
    private final Trial trial =
            Trial.of(AvroTranscoder.builder(events.shelf).readLatest().build());
    private final Map<Integer, String> subjects = new HashMap<>();
    private final List<byte[]> frames = new ArrayList<>();

    /** With its schemas. */
    public ResolvedTarget() {
        for (int i = 0; i < PAIRS; i++) {
            String subject = "event." + i;
            RandomSchemas random = new RandomSchemas(i);
            Schema writer = random.record(4);
            subjects.put(events.shelf.put(subject, writer).id(), subject);
            frames.add(events.encode(subject, random.value(writer)));
            subjects.put(
                    events.shelf.put(subject, new Evolution(i + 1).of(writer)).id(), subject);
        }
    }

    @Override
    public List<byte[]> seeds() {
        return frames;
    }

    @Override
    public boolean accepts(byte[] input) {
        int id = input.length < Frame.HEAD
                ? -1
                : ByteBuffer.wrap(input, 1, Integer.BYTES).getInt();
        return trial.accepts(subjects.getOrDefault(id, "event.0"), new RecordHeaders(), input);
    }
}
