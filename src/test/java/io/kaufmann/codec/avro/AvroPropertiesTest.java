package io.kaufmann.codec.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.schema.RegisteredSchema;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.LogicalType;
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
        // Avro's writer takes the first of them for every LocalTime, the library the one that keeps the value.
        Assume.that(!hasUnionOfBothTimesOfDay(schema));
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
        // There Avro goes by the Java class, ByteBuffer, and the library by the size: docs/decisions/0008.
        Assume.that(!hasUnionOfFixedAndBytes(schema));
        Events events = new Events();
        RegisteredSchema registered = events.shelf.put(EVENT, schema);

        Object raw = Events.datum(registered, events.encode(EVENT, random.value(schema)));

        assertThat(events.encode(EVENT, raw)).isEqualTo(Events.frame(registered, raw));
    }

    private static boolean hasUnionOfFixedAndBytes(Schema schema) {
        return hasUnion(
                schema,
                branches -> branches.stream()
                        .map(Schema::getType)
                        .collect(Collectors.toSet())
                        .containsAll(Set.of(Schema.Type.FIXED, Schema.Type.BYTES)),
                new HashSet<>());
    }

    private static boolean hasUnionOfBothTimesOfDay(Schema schema) {
        return hasUnion(
                schema,
                branches -> branches.stream()
                        .map(Schema::getLogicalType)
                        .filter(Objects::nonNull)
                        .map(LogicalType::getName)
                        .collect(Collectors.toSet())
                        .containsAll(Set.of("time-millis", "time-micros")),
                new HashSet<>());
    }

    private static boolean hasUnion(Schema schema, Predicate<List<Schema>> sought, Set<String> seen) {
        return switch (schema.getType()) {
            case UNION ->
                sought.test(schema.getTypes())
                        || schema.getTypes().stream().anyMatch(branch -> hasUnion(branch, sought, seen));
            case RECORD ->
                seen.add(schema.getFullName())
                        && schema.getFields().stream().anyMatch(field -> hasUnion(field.schema(), sought, seen));
            case ARRAY -> hasUnion(schema.getElementType(), sought, seen);
            case MAP -> hasUnion(schema.getValueType(), sought, seen);
            default -> false;
        };
    }

    /**
     * The schemas of runs that once failed: a union of a fixed of 12 bytes and a decimal that happened to have 12, and one of
     * both times of day.
     */
    @Example
    void knowsTheUnionsThatAreLeftOut() {
        assertThat(hasUnionOfFixedAndBytes(RandomSchemas.ofEverything(-18358).record(4)))
                .isTrue();
        assertThat(hasUnionOfBothTimesOfDay(RandomSchemas.ofEverything(-46964).record(4)))
                .isTrue();
        assertThat(hasUnionOfBothTimesOfDay(RandomSchemas.ofEverything(-18358).record(4)))
                .isFalse();
    }
}
