package io.kaufmann.fuzz;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.codec.Transcoder;
import io.kaufmann.codec.Transcoder.Decoded;
import io.kaufmann.codec.Transcoder.Encoded;
import io.kaufmann.codec.Transcoder.Outgoing;
import io.kaufmann.event.EventName;
import io.kaufmann.event.Meta;
import io.kaufmann.event.Payload;
import io.kaufmann.event.PayloadException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * One transcoder and one record: it decodes or is refused; what decodes can be read, and encodes again to the same event.
 *
 * @param transcoder what is tried
 * @param comparable a payload's value in a form in which equal means the same
 */
public record Trial(Transcoder transcoder, UnaryOperator<Object> comparable) {

    private static final List<BiConsumer<Payload, String>> READINGS = List.of(
            Payload::text,
            Payload::integer,
            Payload::number,
            Payload::decimal,
            Payload::flag,
            Payload::bytes,
            Payload::uuid,
            Payload::instant,
            Payload::date,
            Payload::list,
            Payload::map,
            Payload::field);

    /** A transcoder whose events are equal when they are the same. */
    public static Trial of(Transcoder transcoder) {
        return new Trial(transcoder, UnaryOperator.identity());
    }

    /** True when the value decodes, false when it is refused. */
    public boolean accepts(String event, Headers headers, byte[] value) {
        Encoded record = new Encoded(EventName.of(event), "rapids", headers, value);
        transcoder.mayTry(record);
        transcoder.recordName(headers, value);
        Decoded decoded;
        try {
            decoded = transcoder.decode(record);
        } catch (TranscodeException e) {
            return false;
        }
        read(decoded.payload());
        try {
            requireSame(decoded, again(event, decoded));
        } catch (TranscodeException e) {
            requireBeyondItsSchema(e);
        }
        return true;
    }

    private void requireSame(Decoded decoded, Decoded again) {
        if (!same(again.meta().fields(), decoded.meta().fields())
                || !same(again.payload().value(), decoded.payload().value())) {
            throw new AssertionError("decodes to another event once it is encoded again");
        }
    }

    /** A decimal of more digits than its schema says is read, as Avro's own reader does it, but not written. */
    private static void requireBeyondItsSchema(TranscodeException refused) {
        if (!refused.getMessage().contains(": expected decimal of ")) {
            throw new AssertionError("decodes, but does not encode again", refused);
        }
    }

    private boolean same(Object one, Object other) {
        return Objects.equals(comparable.apply(one), comparable.apply(other));
    }

    private Decoded again(String event, Decoded decoded) {
        EventName name = EventName.of(event);
        Optional<Meta> meta = Optional.of(decoded.meta()).filter(read -> !read.isEmpty());
        RecordHeaders headers = new RecordHeaders();
        byte[] value = transcoder.encode(new Outgoing(name, "rapids", meta, decoded.payload(), headers));
        return transcoder.decode(new Encoded(name, "rapids", headers, value));
    }

    /** Every field as everything. */
    private static void read(Payload payload) {
        if (payload.value() instanceof Map<?, ?> fields) {
            for (Object field : fields.keySet()) {
                String path = "[\"" + field.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"]";
                READINGS.forEach(reading -> read(payload, path, reading));
            }
        }
    }

    private static void read(Payload payload, String path, BiConsumer<Payload, String> reading) {
        try {
            reading.accept(payload, path);
        } catch (PayloadException e) {
            // What it must be when the field is something else.
        }
    }
}
