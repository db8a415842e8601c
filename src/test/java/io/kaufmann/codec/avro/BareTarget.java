package io.kaufmann.codec.avro;

import io.kaufmann.fuzz.FuzzTarget;
import io.kaufmann.fuzz.Trial;
import io.kaufmann.schema.SubjectStrategy;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Bare Avro under many schemas: an input's first byte picks the event and with it the schema, the others are the value. */
public final class BareTarget implements FuzzTarget {

    private final AvroCases cases = new AvroCases();
    private final Trial trial = Trial.of(BareTranscoder.of(cases.events.shelf, SubjectStrategy.eventName()));

    /** With its schemas. */
    public BareTarget() {}

    @Override
    public List<byte[]> seeds() {
        return IntStream.range(0, cases.frames.size()).mapToObj(this::seed).toList();
    }

    private byte[] seed(int index) {
        byte[] frame = cases.frames.get(index);
        byte[] seed = Arrays.copyOfRange(frame, Frame.HEAD - 1, frame.length);
        seed[0] = (byte) index;
        return seed;
    }

    @Override
    public boolean accepts(byte[] input) {
        if (input.length == 0) {
            return false;
        }
        String subject = AvroCases.subject((input[0] & 0xff) % cases.frames.size());
        return trial.accepts(subject, new RecordHeaders(), Arrays.copyOfRange(input, 1, input.length));
    }
}
