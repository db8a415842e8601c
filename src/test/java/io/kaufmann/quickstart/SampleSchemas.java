package io.kaufmann.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kaufmann.event.EventName;
import io.kaufmann.schema.HttpSchemaRegistry;
import io.kaufmann.schema.RegisteredSchema;
import io.kaufmann.testing.ConfluentFrames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** The schemas of the sample's events, each a file that is named after its subject. Immutable and thread-safe. */
final class SampleSchemas {

    private static final String LIBRARYS = "/io/kaufmann/schemas/";
    private static final String SAMPLES = "/quickstart/schemas/";

    private static final List<String> NAMES = List.of(
            "command.order.cancel",
            "command.order.place",
            "command.order.quote",
            "event.order.cancelled",
            "event.order.placed",
            "event.order.quoted",
            "event.payment.received",
            "event.stock.counted",
            "query.req",
            "query.res");

    private final Names names;
    private final Map<String, RegisteredSchema> bySubject;

    private SampleSchemas(Names names, Map<String, RegisteredSchema> bySubject) {
        this.names = names;
        this.bySubject = Map.copyOf(bySubject);
    }

    /** Registers all of them, and the library's schema of error events. */
    static SampleSchemas register(HttpSchemaRegistry registry, Names names) {
        Map<String, RegisteredSchema> bySubject = new HashMap<>();
        NAMES.forEach(name -> add(registry, names, name, SAMPLES, bySubject));
        add(registry, names, "event.error", LIBRARYS, bySubject);
        return new SampleSchemas(names, bySubject);
    }

    private static void add(
            HttpSchemaRegistry registry,
            Names names,
            String name,
            String folder,
            Map<String, RegisteredSchema> bySubject) {
        String subject = names.subjects() + name;
        bySubject.put(subject, registry.register(subject, withMeta(text(folder + name + ".avsc"))));
    }

    // The files name the type of their meta without repeating it.
    private static String withMeta(String schema) {
        Schema.Parser parser = new Schema.Parser();
        parser.parse(text(LIBRARYS + "event_metadata.avsc"));
        return parser.parse(schema).toString();
    }

    private static String text(String resource) {
        try (InputStream stream = SampleSchemas.class.getResourceAsStream(resource)) {
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int size() {
        return bySubject.size();
    }

    /** The bytes of an event. */
    byte[] frame(String name, Map<String, ?> meta, Map<String, ?> payload) {
        String subject = names.subjectStrategy().subject(EventName.of(name), "");
        RegisteredSchema schema = bySubject.get(subject);
        return ConfluentFrames.write(schema.id(), schema.schema(), Map.of("meta", meta, "payload", payload));
    }
}
