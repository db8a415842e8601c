package io.kaufmann.codec.avro;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/** Writes maps and Avro records as records, field by field, by name. */
final class RecordWriter implements ValueWriter {

    private final String schema;
    private final Set<String> names = new HashSet<>();
    private FieldWriter[] fields;

    RecordWriter(Schema schema) {
        this.schema = schema.getFullName();
        schema.getFields().forEach(field -> names.add(field.name()));
    }

    /** Completes the writer: one that writes itself, through some field, must be there before its fields' writers are. */
    void fields(List<FieldWriter> writers) {
        fields = writers.toArray(FieldWriter[]::new);
    }

    @Override
    public String expected() {
        return "record " + schema;
    }

    @Override
    public void write(Object value, Output out) {
        Fields given = Fields.of(value);
        if (given == null) {
            throw Misfit.expected(expected(), value);
        }
        out.enter();
        int used = 0;
        for (FieldWriter field : fields) {
            if (write(field, given, out)) {
                used++;
            }
        }
        if (used < given.size()) {
            throw unknown(given);
        }
        out.leave();
    }

    /** Whether the field was given. */
    private boolean write(FieldWriter field, Fields given, Output out) {
        Object value = given.get(field.name());
        boolean has = value != null || given.has(field.name());
        if (!has && !field.hasDefault()) {
            throw missing(field, given);
        }
        try {
            if (has) {
                field.write(value, out);
            } else {
                field.writeDefault(out);
            }
        } catch (Misfit e) {
            throw e.inField(field.name());
        }
        return has;
    }

    /** A field that is missing while another is unknown is most likely a misspelt one. */
    private Misfit missing(FieldWriter field, Fields given) {
        return names.containsAll(given.names())
                ? new Misfit("missing, and the schema has no default for it: expected "
                                + field.writer().expected())
                        .inField(field.name())
                : unknown(given);
    }

    private Misfit unknown(Fields given) {
        Set<Object> strays = new LinkedHashSet<>(given.names());
        strays.removeAll(names);
        String name = String.valueOf(strays.iterator().next());
        String nearest = Nearest.of(name, names)
                .map(candidate -> "Did you mean " + candidate + "?")
                .orElseGet(() -> "Its fields are " + Values.cut(FieldWriter.names(List.of(fields)), 400));
        return new Misfit("no such field in record " + schema + ". " + nearest).inField(Values.cut(name));
    }

    @Override
    public Fit fit(Object value, int levels) {
        Fields given = Fields.of(value);
        if (given == null) {
            return Fit.NONE;
        }
        if (levels == 0 || given.isOf(schema)) {
            return Fit.EXACT;
        }
        Fit fit =
                Fit.stretched(1); // An Avro record that was made for this very schema fits better than any other value.
        int used = 0;
        for (FieldWriter field : fields) {
            if (given.has(field.name())) {
                used++;
                fit = fit.plus(field.writer().fit(given.get(field.name()), levels - 1));
            } else {
                fit = fit.plus(field.hasDefault() ? Fit.stretched(1) : Fit.NONE);
            }
        }
        return fit.plus(new Fit(given.size() - used, 0));
    }
}
