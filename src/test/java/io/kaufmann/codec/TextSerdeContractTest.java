package io.kaufmann.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kaufmann.codec.Transcoder.Decoded;
import io.kaufmann.codec.Transcoder.Encoded;
import io.kaufmann.codec.Transcoder.Outgoing;
import io.kaufmann.codec.json.JsonTranscoder;
import io.kaufmann.event.EventName;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka's own serializer of text, given as an instance, with a form that makes JSON of it. */
class TextSerdeContractTest extends SchemalessContract {

    static final class TextForm implements EventForm {

        private final JsonTranscoder json = JsonTranscoder.create();

        @Override
        public Decoded toEvent(EventName name, Object value) {
            byte[] text = value.toString().getBytes(UTF_8);
            return json.decode(new Encoded(name, "", new RecordHeaders(), text));
        }

        @Override
        public Object fromEvent(Outgoing event) {
            return new String(json.encode(event), UTF_8);
        }
    }

    @Override
    protected Transcoder transcoder() {
        return KafkaSerdeTranscoder.builder("text", new TextForm())
                .serializer(new StringSerializer())
                .deserializer(new StringDeserializer())
                .build();
    }
}
