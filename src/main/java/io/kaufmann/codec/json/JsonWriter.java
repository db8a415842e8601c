package io.kaufmann.codec.json;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.kaufmann.codec.TranscodeException;
import io.kaufmann.codec.Transcoder.Outgoing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Writes what handlers give as JSON. Immutable and thread-safe.
 *
 * <p>The payload is written first and by itself, whatever it is, and only then joined with the metadata: whether it is an
 * object, and with which keys, its text tells.
 */
final class JsonWriter {

    private final JsonMapper mapper = JsonMapper.builder(new JsonFactoryBuilder()
                    .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                    .streamWriteConstraints(StreamWriteConstraints.builder()
                            .maxNestingDepth(JsonReader.MAX_DEPTH - 1)
                            .build())
                    .build())
            .addModules(new JavaTimeModule(), new Jdk8Module(), new EventModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /**
     * Writes an event.
     *
     * @throws TranscodeException when its payload cannot be written, or the check refuses it
     */
    byte[] write(Outgoing event, PayloadCheck check) {
        byte[] payload = text(event, Envelope.PAYLOAD, event.payload());
        if (check.concerns(event.name())) {
            check.check(event.name(), parsed(payload));
        }
        Optional<byte[]> meta =
                event.meta().filter(given -> !given.isEmpty()).map(given -> text(event, Envelope.META, given.fields()));
        return Envelope.join(meta, payload, mapper.getFactory());
    }

    private byte[] text(Outgoing event, String part, Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (IOException | RuntimeException e) {
            throw WriteFailure.of(event.name(), part, e);
        }
    }

    private JsonNode parsed(byte[] text) {
        try {
            return mapper.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A value as Jackson's tree. */
    JsonNode tree(Object value) {
        return mapper.valueToTree(value);
    }
}
