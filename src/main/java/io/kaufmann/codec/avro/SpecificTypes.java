package io.kaufmann.codec.avro;

import io.kaufmann.event.PayloadException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Conversion;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.FastReaderBuilder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * The generated classes that a record class and its schema name, and no others: what a writer's schema names is never looked
 * for. Thread-safe.
 *
 * <p>Avro itself would look for a class of each name, and take it when the system property
 * {@code org.apache.avro.SERIALIZABLE_PACKAGES} trusts its package. Here the property counts for nothing: a class counts
 * when it is the one asked for, or when that one's own schema names it, it comes from the same class loader, and it is a
 * generated record, an enum or a fixed. Nothing is initialized to find out.
 */
final class SpecificTypes extends SpecificData {

    private final Schema schema;
    private final Map<String, Schema> named = new HashMap<>();
    private final Map<String, Optional<Class<?>>> classes = new ConcurrentHashMap<>();

    private SpecificTypes(Class<?> type, Schema schema) {
        super(type.getClassLoader());
        this.schema = schema;
        collect(schema);
        classes.put(schema.getFullName(), Optional.of(type));
    }

    /**
     * The classes around this one, with the conversions of logical types that it was generated with.
     *
     * @throws PayloadException when the class has no schema
     */
    static SpecificTypes of(Class<?> type, String event) {
        try {
            SpecificTypes types = new SpecificTypes(type, SpecificData.get().getSchema(type));
            for (Conversion<?> conversion : SpecificData.getForClass(type).getConversions()) {
                types.addLogicalTypeConversion(conversion);
            }
            return types;
        } catch (AvroRuntimeException e) {
            throw new PayloadException(
                    event,
                    "",
                    "a class that Avro generated",
                    type.getName() + ": " + Values.cut(String.valueOf(e.getMessage()), 200));
        }
    }

    /** The schema of the class. */
    Schema schema() {
        return schema;
    }

    /** Makes readers of these classes, which look at no class that a schema's property names. */
    FastReaderBuilder reader() {
        return new FastReaderBuilder(this).withClassPropEnabled(false).withKeyClassEnabled(false);
    }

    private void collect(Schema part) {
        switch (part.getType()) {
            case ENUM, FIXED -> named.put(part.getFullName(), part);
            case RECORD -> {
                if (named.put(part.getFullName(), part) == null) {
                    part.getFields().forEach(field -> collect(field.schema()));
                }
            }
            case ARRAY -> collect(part.getElementType());
            case MAP -> collect(part.getValueType());
            case UNION -> part.getTypes().forEach(this::collect);
            default -> {
                return;
            }
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // As Avro declares it.
    public Class getClass(Schema part) {
        return switch (part.getType()) {
            case RECORD, ENUM, FIXED -> {
                String name = part.getFullName(); // Null for the record that this package makes around a payload.
                yield name == null || !named.containsKey(name)
                        ? null
                        : classes.computeIfAbsent(name, key -> find(part)).orElse(null);
            }
            default -> super.getClass(part);
        };
    }

    private Optional<Class<?>> find(Schema part) {
        String name = SpecificData.getClassName(part);
        for (int dot = name.length(); dot >= 0; dot = name.lastIndexOf('.', dot - 1)) {
            // A type of a nested namespace may be a class in a class.
            String nested = name.substring(0, dot) + name.substring(dot).replace('.', '$');
            Optional<Class<?>> found = find(nested, part.getType());
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Class<?>> find(String name, Schema.Type type) {
        try {
            Class<?> found = Class.forName(name, false, getClassLoader());
            boolean generated = switch (type) {
                case RECORD -> SpecificRecord.class.isAssignableFrom(found);
                case ENUM -> found.isEnum();
                default -> GenericFixed.class.isAssignableFrom(found);
            };
            return generated ? Optional.of(found) : Optional.empty();
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty();
        }
    }

    /** Avro asks for it to read defaults. */
    @Override
    @SuppressWarnings("rawtypes") // As Avro declares it.
    public DatumReader createDatumReader(Schema writer, Schema reader) {
        try {
            return reader().createDatumReader(writer, reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
