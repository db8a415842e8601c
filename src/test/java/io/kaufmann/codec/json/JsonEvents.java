package io.kaufmann.codec.json;

import io.kaufmann.codec.Transcoder.Decoded;
import io.kaufmann.codec.Transcoder.Encoded;
import io.kaufmann.codec.Transcoder.Outgoing;
import io.kaufmann.event.EventName;
import io.kaufmann.event.Meta;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** A JSON transcoder for a test, fed and read with text. */
final class JsonEvents {

    static final String NAME = "event.order.placed";

    final JsonTranscoder transcoder;

    JsonEvents() {
        this(JsonTranscoder.create());
    }

    JsonEvents(JsonTranscoder transcoder) {
        this.transcoder = transcoder;
    }

    Decoded decode(String json) {
        return decode(json.getBytes(StandardCharsets.UTF_8));
    }

    Decoded decode(byte[] value) {
        return decode(NAME, value);
    }

    Decoded decode(String name, byte[] value) {
        return transcoder.decode(new Encoded(EventName.of(name), "rapids", new RecordHeaders(), value));
    }

    String encode(Object payload) {
        return encode(NAME, Optional.empty(), payload);
    }

    String encode(Meta meta, Object payload) {
        return encode(NAME, Optional.of(meta), payload);
    }

    String encode(String name, Optional<Meta> meta, Object payload) {
        byte[] value =
                transcoder.encode(new Outgoing(EventName.of(name), "rapids", meta, payload, new RecordHeaders()));
        return new String(value, StandardCharsets.UTF_8);
    }
}
