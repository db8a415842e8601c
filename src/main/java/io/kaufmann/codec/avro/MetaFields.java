package io.kaufmann.codec.avro;

import io.kaufmann.event.Meta;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/**
 * Which metadata a schema can hold. Of the fields that every event carries, those that a team's smaller schema lacks are
 * left out; what somebody set on purpose (a field of their own, or where the answer is awaited) must not vanish and stays
 * in, so that writing it fails by name.
 */
final class MetaFields {

    /** What {@code MetaSource.standard} sets on each event, whether anybody wants it or not. */
    private static final Set<String> CARRIED_ALWAYS =
            Set.of("message_id", "emitter_service", "emitter_service_id", "callback_id", "message_name", "timestamp");

    private static final String CALLBACK_TOPIC = "callback_topic";

    private final Optional<Schema.Field> field;
    private final boolean anyName;
    private final Set<String> names;

    private MetaFields(Optional<Schema.Field> field, boolean anyName, Set<String> names) {
        this.field = field;
        this.anyName = anyName;
        this.names = names;
    }

    static MetaFields of(Optional<Schema.Field> field) {
        boolean map = field.stream()
                .flatMap(meta -> Envelope.branches(meta.schema()).stream())
                .anyMatch(branch -> branch.getType() == Schema.Type.MAP);
        Set<String> names = field.stream()
                .flatMap(meta -> Envelope.branches(meta.schema()).stream())
                .filter(branch -> branch.getType() == Schema.Type.RECORD)
                .flatMap(branch -> branch.getFields().stream())
                .map(Schema.Field::name)
                .collect(Collectors.toUnmodifiableSet());
        return new MetaFields(field, map, names);
    }

    /** Puts an event's metadata where the schema wants it. */
    void put(Meta meta, Map<String, Object> root) {
        Map<String, Object> known = known(meta);
        if (field.isPresent()) {
            put(field.get(), meta.isEmpty() ? null : known, root);
        } else if (!known.isEmpty()) {
            throw new Misfit("the schema has no metadata, which is to hold "
                    + Values.cut(known.keySet().toString(), 200));
        }
    }

    private static void put(Schema.Field field, Map<String, Object> known, Map<String, Object> root) {
        if (known != null || field.schema().isNullable()) {
            root.put(field.name(), known);
        } else if (!field.hasDefaultValue()) {
            throw new Misfit("the event has no metadata, and the schema does not admit null there")
                    .inField(field.name());
        }
    }

    private Map<String, Object> known(Meta meta) {
        if (anyName || names.containsAll(meta.fields().keySet())) {
            return meta.fields();
        }
        Map<String, Object> known = new LinkedHashMap<>();
        meta.fields().forEach((name, value) -> {
            boolean mayVanish = CARRIED_ALWAYS.contains(name) || (name.equals(CALLBACK_TOPIC) && value == null);
            if (names.contains(name) || !mayVanish) {
                known.put(name, value);
            }
        });
        return known;
    }
}
