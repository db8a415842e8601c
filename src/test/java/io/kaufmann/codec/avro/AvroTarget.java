package io.kaufmann.codec.avro;

import io.kaufmann.fuzz.FuzzTarget;
import io.kaufmann.fuzz.Trial;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Frames of Confluent's wire format under many schemas, of which the frame's id picks one. */
public final class AvroTarget implements FuzzTarget {

    private final AvroCases cases = new AvroCases();
    private final Trial trial = Trial.of(cases.events.transcoder);

    /** With its schemas. */
    public AvroTarget() {}

    @Override
    public List<byte[]> seeds() {
        return cases.frames;
    }

    @Override
    public boolean accepts(byte[] input) {
        return trial.accepts(cases.subjectOf(id(input)), new RecordHeaders(), input);
    }

    private static int id(byte[] frame) {
        return frame.length < Frame.HEAD
                ? -1
                : ByteBuffer.wrap(frame, 1, Integer.BYTES).getInt();
    }
}
