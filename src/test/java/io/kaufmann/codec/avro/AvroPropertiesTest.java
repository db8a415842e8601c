package io.kaufmann.codec.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.schema.RegisteredSchema;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.Schema;

class AvroPropertiesTest {

    private static final String EVENT = "event.x";

    @Property(tries = 3_000)
    void whatIsEncodedDecodesEqual(@ForAll long seed) {
        RandomSchemas random = RandomSchemas.ofEverything(seed);
        Schema schema = random.record(4);
        Object value = random.value(schema);
        Events events = new Events();
        events.shelf.put(EVENT, schema);

        Object decoded =
                events.decode(EVENT, events.encode(EVENT, value)).payload().value();

        assertThat(decoded).isEqualTo(value);
        assertThat(value).isEqualTo(decoded);
        assertThat(decoded).hasSameHashCodeAs(value);
    }

    @Property(tries = 3_000)
    void avrosOwnReaderAndWriterAgree(@ForAll long seed) {
        RandomSchemas random = RandomSchemas.ofEverything(seed);
        Schema schema = random.record(4);
        Object value = random.value(schema);
        Events events = new Events();
        RegisteredSchema registered = events.shelf.put(EVENT, schema);

        Object datum = Events.logical(registered, events.encode(EVENT, value));

        assertThat(RandomSchemas.plain(datum)).isEqualTo(value);
        assertThat(events.decode(EVENT, Events.logicalFrame(registered, datum))
                        .payload()
                        .value())
                .isEqualTo(value);
        assertThat(events.encode(EVENT, datum))
                .as("Avro's own record as payload")
                .isEqualTo(Events.logicalFrame(registered, datum));
    }

    /** What a service has that knows nothing of logical types: numbers, text and bytes. */
    @Property(tries = 3_000)
    void rawValuesOfLogicalTypesAreWrittenAsAvrosOwnWriterWritesThem(@ForAll long seed) {
        RandomSchemas random = RandomSchemas.ofEverything(seed);
        Schema schema = random.record(4);
        Events events = new Events();
        RegisteredSchema registered = events.shelf.put(EVENT, schema);

        Object raw = Events.datum(registered, events.encode(EVENT, random.value(schema)));

        assertThat(events.encode(EVENT, raw)).isEqualTo(Events.frame(registered, raw));
    }
}
