package io.kaufmann.codec.avro;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** Writes maps, Avro records, Java records and POJOs as records, field by field, by name. */
final class RecordWriter implements ValueWriter {

    private final String schema;
    private final String simpleName;
    private final Map<String, Integer> places = new HashMap<>();
    private final ClassValue<BeanPlan> plans;
    private FieldWriter[] fields;

    // Any thread may set it: what is lost is found again, and it cannot be changed itself.
    private volatile RecordPlaces lastPlaces;

    RecordWriter(Schema schema) {
        this.schema = schema.getFullName();
        this.simpleName = schema.getName();
        schema.getFields().forEach(field -> places.put(field.name(), field.pos()));
        this.plans = plans(places);
    }

    /** A class keeps its plan, so the plan must not know the writer: static, lest it does. */
    private static ClassValue<BeanPlan> plans(Map<String, Integer> places) {
        return new ClassValue<>() {
            @Override
            protected BeanPlan computeValue(Class<?> type) {
                return BeanPlan.of(BeanType.of(type), places);
            }
        };
    }

    /** Completes the writer: one that writes itself, through some field, must be there before its fields' writers are. */
    void fields(List<FieldWriter> writers) {
        fields = writers.toArray(FieldWriter[]::new);
    }

    FieldWriter field(int place) {
        return fields[place];
    }

    void forEach(Consumer<FieldWriter> action) {
        for (FieldWriter field : fields) {
            action.accept(field);
        }
    }

    @Override
    public String expected() {
        return "record " + schema;
    }

    /** What a value gives for the fields; null when it is no such thing. */
    Fields fieldsOf(Object value) {
        if (value instanceof Map<?, ?> map) {
            return Fields.OfMap.of(map);
        }
        if (value instanceof IndexedRecord record) {
            return new Fields.OfRecord(record, placesIn(record.getSchema()));
        }
        return value == null || BeanType.of(value.getClass()) == null ? null : ofBean(value);
    }

    @SuppressWarnings("ReferenceEquality") // Comparing schemas takes longer than finding the places again.
    private RecordPlaces placesIn(Schema given) {
        RecordPlaces known = lastPlaces;
        if (known != null && known.given() == given) {
            return known;
        }
        RecordPlaces found = RecordPlaces.of(given, places);
        lastPlaces = found;
        return found;
    }

    private Fields ofBean(Object value) {
        BeanPlan plan = plans.get(value.getClass());
        plan.type().problem().ifPresent(problem -> {
            throw new Misfit("expected " + expected() + ", found "
                    + value.getClass().getName() + ", which cannot be read: " + problem);
        });
        return new BeanFields(value, plan, this);
    }

    /** Whether the record has a field of this name. */
    boolean knows(String name) {
        return places.containsKey(name);
    }

    @Override
    public void write(Object value, Output out) {
        Fields given = fieldsOf(value);
        if (given == null) {
            throw Misfit.expected(expected(), value);
        }
        write(given, out);
    }

    /** Writes the fields in their order. */
    void write(Fields given, Output out) {
        out.enter();
        int known = 0;
        for (FieldWriter field : fields) {
            if (write(field, given, out)) {
                known++;
            }
        }
        if (given.unknown(known) > 0) {
            throw unknown(given);
        }
        out.leave();
    }

    /** Whether the field was given. */
    private boolean write(FieldWriter field, Fields given, Output out) {
        try {
            Object value = given.get(field);
            if (value != null || given.has(field)) {
                field.write(value, out);
                return true;
            }
            if (field.hasDefault()) {
                field.writeDefault(out);
                return false;
            }
        } catch (Misfit e) {
            throw e.inField(field.name());
        }
        throw missing(field, given);
    }

    /** A field that is missing while another is unknown is most likely a misspelt one. */
    private Misfit missing(FieldWriter field, Fields given) {
        return given.names().stream().allMatch(this::knows)
                ? new Misfit("missing, and the schema has no default for it: expected "
                                + field.writer().expected())
                        .inField(field.name())
                : unknown(given);
    }

    private Misfit unknown(Fields given) {
        Set<Object> strays = new LinkedHashSet<>(given.names());
        strays.removeAll(places.keySet());
        String name = String.valueOf(strays.iterator().next());
        String nearest = Nearest.of(name, places.keySet())
                .map(candidate -> "Did you mean " + candidate + "?")
                .orElseGet(() -> "Its fields are " + Values.cut(FieldWriter.names(List.of(fields)), 400));
        return new Misfit("no such field in record " + schema + ". " + nearest + given.remedy())
                .inField(Values.cut(name));
    }

    @Override
    public Fit fit(Object value, int levels) {
        Fields given = fieldsOf(value);
        if (given == null) {
            return Fit.NONE;
        }
        if (levels == 0 || given.isOf(schema)) {
            return Fit.EXACT;
        }
        Fit fit = Fit.stretched(given.stretch(simpleName));
        int known = 0;
        for (FieldWriter field : fields) {
            Object part = given.get(field);
            if (part != null || given.has(field)) {
                known++;
                fit = fit.plus(field.writer().fit(part, levels - 1));
            } else {
                fit = fit.plus(field.hasDefault() ? Fit.stretched(1) : Fit.NONE);
            }
        }
        return fit.plus(new Fit(given.unknown(known), 0));
    }
}
