package io.kaufmann.codec.json;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.kaufmann.codec.TranscodeException;
import io.kaufmann.codec.Transcoder.Outgoing;
import io.kaufmann.event.Meta;
import io.kaufmann.event.Payload;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Writes what handlers give as JSON. Immutable and thread-safe. */
final class JsonWriter {

    private final JsonMapper mapper = JsonMapper.builder(new JsonFactoryBuilder()
                    .streamWriteConstraints(StreamWriteConstraints.builder()
                            .maxNestingDepth(JsonReader.MAX_DEPTH)
                            .build())
                    .build())
            .addModules(new JavaTimeModule(), new Jdk8Module(), new EventModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    /**
     * Writes an event.
     *
     * @throws TranscodeException when its payload cannot be written, or the check refuses it
     */
    byte[] write(Outgoing event, PayloadCheck check) {
        Map<String, Object> meta = event.meta().map(Meta::fields).orElse(Map.of());
        Object payload = fields(event, check);
        Map<String, Object> root =
                payload instanceof Map<?, ?> map ? Envelope.beside(meta, map) : Envelope.apart(meta, payload);
        try {
            return mapper.writeValueAsBytes(root);
        } catch (JsonProcessingException | RuntimeException e) {
            throw WriteFailure.of(event.name(), WriteFailure.path(e, root), e);
        }
    }

    /** The payload as a map if it is an object in JSON, else as it is. */
    private Object fields(Outgoing event, PayloadCheck check) {
        Object payload = plain(event.payload());
        boolean checked = check.concerns(event.name());
        if (!checked && (payload instanceof Map || isScalar(payload))) {
            return payload;
        }
        JsonNode tree = tree(event, payload);
        if (checked) {
            check.check(event.name(), tree);
        }
        return tree instanceof ObjectNode object ? fields(object) : tree;
    }

    private static Map<String, Object> fields(ObjectNode object) {
        Map<String, Object> fields = new LinkedHashMap<>();
        object.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }

    private JsonNode tree(Outgoing event, Object payload) {
        try {
            return tree(payload);
        } catch (RuntimeException e) {
            throw WriteFailure.of(event.name(), WriteFailure.path(e, Envelope.PAYLOAD), e);
        }
    }

    /** A value as Jackson's tree. */
    JsonNode tree(Object value) {
        return mapper.valueToTree(value);
    }

    private static boolean isScalar(Object value) {
        return value == null || value instanceof String || value instanceof Number || value instanceof Boolean;
    }

    private static Object plain(Object value) {
        Object plain = value instanceof Optional<?> optional ? optional.orElse(null) : value;
        return plain instanceof Payload payload ? payload.value() : plain;
    }
}
