package io.kaufmann.codec.json;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.codec.Transcoder;
import io.kaufmann.event.Meta;
import io.kaufmann.event.Payload;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * JSON in KaufmannEx's shapes: an object with {@code meta} (or {@code metadata}) and {@code payload}, an object with
 * {@code meta} beside the payload's own keys, or an object without metadata, which is all payload. Immutable and
 * thread-safe.
 *
 * <p>Decoded, objects are maps in their written order, arrays are lists, whole numbers are {@link Long}, or
 * {@link java.math.BigInteger} where they are larger, and numbers with a fraction or an exponent are
 * {@link java.math.BigDecimal}, to the last digit; all are unmodifiable. Bytes that are no JSON in UTF-8, a key that
 * stands twice in one object, more than one value, nesting deeper than 256 levels, a value larger than the limit: each is
 * an error, found in time and memory that are bounded.
 *
 * <p>Encoded may be maps, Java records, POJOs and Jackson's own trees, records of Avro, lists, scalars. Times are written
 * as ISO 8601, decimals in plain digits, bytes in base64; not-a-number and infinity have no form in JSON and are an error.
 * Metadata stands beside the payload's keys; where these would make that ambiguous, and for a payload that is no object,
 * it is the form with {@code meta} and {@code payload}.
 */
public final class JsonTranscoder implements Transcoder {

    /** The name by which publications ask for it. */
    public static final String NAME = "json";

    private final JsonReader reader;
    private final JsonWriter writer;
    private final PayloadCheck check;

    private JsonTranscoder(JsonReader reader, JsonWriter writer, PayloadCheck check) {
        this.reader = reader;
        this.writer = writer;
        this.check = check;
    }

    /** A transcoder without JSON Schemas. */
    public static JsonTranscoder create() {
        return builder().build();
    }

    /** For JSON Schemas and another limit. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Decoded decode(Encoded record) {
        Map<String, Object> root = reader.read(record.value());
        Object payload = Envelope.payload(root);
        if (check.concerns(record.name())) {
            check.check(record.name(), writer.tree(payload));
        }
        Meta meta = Envelope.meta(root).map(Meta::over).orElse(Meta.empty());
        return new Decoded(meta, Payload.of(record.name().base(), payload));
    }

    /**
     * {@inheritDoc}
     *
     * @throws TranscodeException when the payload cannot be written as JSON or does not fit its JSON Schema; the message
     *     names the path
     */
    @Override
    public byte[] encode(Outgoing event) {
        return writer.write(event, check);
    }

    @Override
    public String toString() {
        return NAME + ", schemas: " + check;
    }

    /** Settings of a {@link JsonTranscoder}. Not thread-safe; what it builds is. */
    public static final class Builder {

        private static final int MIB = 1024 * 1024;

        private List<Path> folders = List.of();
        private int maxBytes = 16 * MIB;

        private Builder() {}

        /**
         * Checks payloads against JSON Schemas when they are decoded and when they are encoded. Default: no check.
         *
         * <p>The schemas are the files of these folders, and the folders in them, that end in {@code .json}. A file's name
         * without that, or without {@code .schema.json}, is the event's name; as with schemas of Avro, all names with
         * {@code query.} share {@code query.req} or {@code query.res}, and error events share {@code event.error}. The
         * payload of an event that has no file is not checked. A schema may refer to other files of these folders, by
         * relative path or by their {@code $id}; nothing else is ever read or fetched. Without {@code $schema} a file is of
         * draft 2020-12.
         *
         * @param folders the folders; where two have a file for the same event, the first counts
         * @return this
         */
        public Builder schemas(List<Path> folders) {
            this.folders = List.copyOf(folders);
            return this;
        }

        /**
         * How large a record's value may be. Default: 16 MiB.
         *
         * @param bytes the limit, in bytes
         * @return this
         * @throws IllegalArgumentException when it is not positive
         */
        public Builder maxBytes(int bytes) {
            if (bytes <= 0) {
                throw new IllegalArgumentException("maxBytes must be positive, but is " + bytes);
            }
            this.maxBytes = bytes;
            return this;
        }

        /**
         * The transcoder.
         *
         * @return the transcoder
         * @throws IllegalArgumentException when a folder cannot be read, or a file is no JSON Schema; it names each
         * @throws IllegalStateException when there are folders and {@code com.networknt:json-schema-validator} is not on
         *     the class path
         */
        public JsonTranscoder build() {
            return new JsonTranscoder(new JsonReader(maxBytes), new JsonWriter(), check());
        }

        private PayloadCheck check() {
            if (folders.isEmpty()) {
                return PayloadCheck.NONE;
            }
            try {
                return JsonSchemas.in(folders);
            } catch (NoClassDefFoundError e) {
                throw new IllegalStateException(
                        "JSON Schemas in " + folders + " need a library that is not there: add the dependency"
                                + " com.networknt:json-schema-validator, 2.0.1 or a later 2.x (3.x is for Jackson 3)",
                        e);
            }
        }
    }
}
