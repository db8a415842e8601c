package io.kaufmann.codec.json;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.kaufmann.codec.TranscodeException;
import io.kaufmann.event.EventName;
import java.io.IOException;
import java.util.Map;

/** Reads bytes that may be hostile as one JSON object. Immutable and thread-safe. */
final class JsonReader {

    static final int MAX_DEPTH = 256;

    /** The digits of a number: more than any double has. */
    static final int MAX_NUMBER = 1_000;

    private static final int MAX_NAME = 10_000;
    private static final int MAX_SHOWN = 40;

    private final int maxBytes;
    private final JsonFactory factory;

    JsonReader(int maxBytes) {
        this.maxBytes = maxBytes;
        this.factory = new JsonFactoryBuilder()
                // Names come from anybody: they would stay in the JVM's own table for ever.
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .errorReportConfiguration(ErrorReportConfiguration.builder()
                        .maxErrorTokenLength(MAX_SHOWN)
                        .build())
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNameLength(MAX_NAME)
                        .maxNumberLength(MAX_NUMBER)
                        .maxStringLength(maxBytes)
                        .maxDocumentLength(maxBytes)
                        .build())
                .build();
    }

    /**
     * The object that these bytes are.
     *
     * @throws TranscodeException when they are not exactly one object, or exceed a limit
     */
    Map<String, Object> read(byte[] value) {
        if (value == null) {
            throw new TranscodeException("no value: a tombstone, or sent without a body");
        }
        if (value.length > maxBytes) {
            throw new TranscodeException("the value has " + value.length + " bytes, more than the " + maxBytes
                    + " that are allowed (maxBytes)");
        }
        JsonText.check(value);
        try (JsonParser parser = factory.createParser(value)) {
            return read(parser);
        } catch (TranscodeException e) {
            throw e;
        } catch (JsonProcessingException e) {
            throw new TranscodeException("no proper JSON" + place(e) + EventName.printable(e.getOriginalMessage()));
        } catch (IOException | RuntimeException e) { // Of the parser itself: whatever it is, it is about these bytes.
            throw new TranscodeException("no proper JSON: " + e.getClass().getSimpleName());
        }
    }

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null ? ": " : " at byte " + e.getLocation().getByteOffset() + ": ";
    }

    private static Map<String, Object> read(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new TranscodeException("not an object");
        }
        Map<String, Object> object = new JsonValues(parser).object();
        if (parser.nextToken() != null) {
            throw new TranscodeException("more follows behind the object, at byte "
                    + parser.currentTokenLocation().getByteOffset());
        }
        return object;
    }
}
