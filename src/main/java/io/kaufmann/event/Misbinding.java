package io.kaufmann.event;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.PropertyBindingException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A value that could not be bound to a user's type: Jackson's error in the words and paths of a payload. */
final class Misbinding {

    private static final int MAX_CONSTANTS = 20;
    private static final int MAX_REASON = 200;

    private final Trail trail;
    private final Class<?> type;
    private final Exception error;

    /**
     * An error.
     *
     * @param trail the way to what was bound
     * @param type what it was bound to
     * @param error what came of it
     */
    Misbinding(Trail trail, Class<?> type, Exception error) {
        this.trail = trail;
        this.type = type;
        this.error = error;
    }

    PayloadException toException() {
        if (error instanceof JsonMappingException mapping) {
            mapping.getPath().forEach(this::step);
        }
        Throwable reason = reason();
        if (reason instanceof PropertyBindingException) {
            return trail.expected("no such field", more(reason), null);
        }
        return trail.expected(expected(reason), more(reason), usersOwn(reason));
    }

    /** One step of Jackson's; its names are those of the type, where the payload's may be in snake_case. */
    private void step(JsonMappingException.Reference reference) {
        String name = reference.getFieldName();
        if (name == null) {
            trail.step(reference.getIndex());
        } else if (PathSteps.has(trail.value(), name)) {
            trail.step(name);
        } else {
            trail.step(SnakeNames.of(name).stream()
                    .filter(snake -> PathSteps.has(trail.value(), snake))
                    .findFirst()
                    .orElse(name));
        }
    }

    /** The error at the bottom of those that Jackson wraps around it to say where it was. */
    private Throwable reason() {
        Throwable reason = error;
        while (reason.getClass() == JsonMappingException.class && reason.getCause() != null) {
            reason = reason.getCause();
        }
        return reason;
    }

    private String expected(Throwable reason) {
        Optional<Class<?>> target = target(reason);
        return target.isEmpty() && stepped() ? "another value" : nameOf(target.orElse(type));
    }

    private boolean stepped() {
        return error instanceof JsonMappingException mapping
                && !mapping.getPath().isEmpty();
    }

    private static Optional<Class<?>> target(Throwable reason) {
        if (reason instanceof InvalidTypeIdException unknown) {
            return Optional.of(unknown.getBaseType().getRawClass());
        }
        if (reason instanceof MismatchedInputException mismatch) {
            return item(mismatch).or(() -> Optional.ofNullable(mismatch.getTargetType()));
        }
        if (reason instanceof InputCoercionException outOfRange) {
            return Optional.ofNullable(outOfRange.getTargetType());
        }
        if (reason instanceof ValueInstantiationException refused) {
            return Optional.of(refused.getType().getRawClass());
        }
        return reason instanceof InvalidDefinitionException unsuitable
                ? Optional.ofNullable(unsuitable.getType()).map(JavaType::getRawClass)
                : Optional.empty();
    }

    /** The type of an item in an array of primitives, where Jackson names the array. */
    private static Optional<Class<?>> item(MismatchedInputException mismatch) {
        List<JsonMappingException.Reference> path = mismatch.getPath();
        return path.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(path.get(path.size() - 1).getFrom())
                        .<Class<?>>map(holder -> holder.getClass().getComponentType())
                        .filter(Class::isPrimitive);
    }

    private static String more(Throwable reason) {
        Throwable own = usersOwn(reason);
        if (own != null) {
            return ", refused by " + own.getClass().getName() + ": "
                    + Shown.escaped(String.valueOf(own.getMessage()), MAX_REASON);
        }
        if (reason instanceof StreamConstraintsException excess) {
            return ". " + excess.getOriginalMessage();
        }
        if (reason instanceof InvalidTypeIdException unknown) {
            return ". No subtype has the name " + Shown.value(unknown.getTypeId());
        }
        return reason instanceof InvalidDefinitionException unsuitable ? unsuitable(unsuitable) : "";
    }

    /** Jackson says it of an array of primitives too, whatever it was to be made of, and may quote that. */
    private static String unsuitable(InvalidDefinitionException unsuitable) {
        JavaType type = unsuitable.getType();
        if (type != null && type.isArrayType()) {
            return "";
        }
        String message = unsuitable.getOriginalMessage();
        int quotes = message.indexOf(" to deserialize from ");
        return ". Nothing can be bound to this type: "
                + Shown.escaped(quotes < 0 ? message : message.substring(0, quotes), MAX_REASON);
    }

    /** What a user's constructor or setter threw; null when it is Jackson's own, which may quote the whole value. */
    private static Throwable usersOwn(Throwable reason) {
        return reason instanceof JacksonException && !(reason instanceof ValueInstantiationException)
                ? null
                : cause(reason);
    }

    private static Throwable cause(Throwable reason) {
        return reason instanceof ValueInstantiationException ? reason.getCause() : reason;
    }

    /** What a message calls a type. */
    static String nameOf(Class<?> type) {
        if (type.isEnum()) {
            return constants(type.getEnumConstants());
        }
        if (Collection.class.isAssignableFrom(type) || (type.isArray() && type != byte[].class)) {
            return "list";
        }
        return Map.class.isAssignableFrom(type) ? "record" : type.getSimpleName();
    }

    private static String constants(Object[] constants) {
        StringBuilder names = new StringBuilder("one of [");
        for (int i = 0; i < constants.length && i < MAX_CONSTANTS; i++) {
            names.append(i == 0 ? "" : ", ").append(((Enum<?>) constants[i]).name());
        }
        return names.append(constants.length > MAX_CONSTANTS ? ", ...]" : "]").toString();
    }
}
