package io.kaufmann.codec.avro;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.LogicalType;
import org.apache.avro.Resolver.ErrorAction;
import org.apache.avro.Schema;

/** Says why what was written cannot be read as the reader's schema has it. */
final class Unresolvable {

    private Unresolvable() {}

    /** A reader that fails: for a place where two schemas do not go together. */
    static ValueReader reader(ErrorAction action) {
        List<String> missing = missing(action);
        String message = message(action);
        return in -> {
            Misfit misfit = Misfit.unresolvable(message);
            throw missing.size() == 1 ? misfit.inField(missing.get(0)) : misfit;
        };
    }

    private static List<String> missing(ErrorAction action) {
        return action.error != ErrorAction.ErrorType.MISSING_REQUIRED_FIELD
                ? List.of()
                : action.reader.getFields().stream()
                        .filter(field -> !field.hasDefaultValue() && action.writer.getField(field.name()) == null)
                        .map(field -> Values.cut(field.name(), 200))
                        .toList();
    }

    private static String message(ErrorAction action) {
        return switch (action.error) {
            case MISSING_REQUIRED_FIELD ->
                "the written " + shown(action.writer) + " lacks " + String.join(", ", missing(action))
                        + ", for which the reader's schema has no default";
            case NO_MATCHING_BRANCH ->
                "written as " + shown(action.writer) + ", which the reader's union of "
                        + action.reader.getTypes().stream()
                                .map(Unresolvable::shown)
                                .collect(Collectors.joining(", "))
                        + " does not have";
            case NAMES_DONT_MATCH ->
                "written as " + shown(action.writer) + ", which has another name than the reader's "
                        + shown(action.reader) + " and is no alias of it";
            case SIZES_DONT_MATCH ->
                "written as " + shown(action.writer) + " of " + action.writer.getFixedSize() + " bytes, where the"
                        + " reader's has " + action.reader.getFixedSize();
            case INCOMPATIBLE_SCHEMA_TYPES ->
                "written as " + shown(action.writer) + ", which cannot be read as " + shown(action.reader);
        };
    }

    /** A schema in few words: {@code int}, {@code bytes (decimal, scale 2)}, {@code record order.Item}. */
    static String shown(Schema schema) {
        String type = schema.getType().getName();
        String name = switch (schema.getType()) {
            case RECORD, ENUM, FIXED -> type + ' ' + Values.cut(schema.getFullName(), 200);
            default -> type;
        };
        LogicalType logical = LogicalReaders.typeOf(schema);
        if (logical == null) {
            return name;
        }
        String scale = "decimal".equals(logical.getName()) ? ", scale " + LogicalReaders.scale(logical) : "";
        return name + " (" + logical.getName() + scale + ')';
    }
}
