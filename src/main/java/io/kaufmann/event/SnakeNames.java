package io.kaufmann.event;

import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedField;
import com.fasterxml.jackson.databind.introspect.AnnotatedMethod;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Lets a component {@code firstName} take the field {@code first_name} too, unless an annotation names it. */
final class SnakeNames extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1L;
    private static final Pattern BEFORE_DIGITS = Pattern.compile("([a-z])([0-9])");

    @Override
    public List<PropertyName> findPropertyAliases(Annotated member) {
        List<PropertyName> aliases = new ArrayList<>();
        List<PropertyName> annotated = super.findPropertyAliases(member);
        if (annotated != null) {
            aliases.addAll(annotated);
        }
        propertyName(member).ifPresent(name -> of(name).forEach(snake -> aliases.add(PropertyName.construct(snake))));
        return aliases;
    }

    /** The snake_case forms of a name that differ from it: {@code line1} is {@code line1} or {@code line_1}. */
    static Set<String> of(String name) {
        String snake = SnakeCaseStrategy.INSTANCE.translate(name);
        Set<String> names = new LinkedHashSet<>();
        names.add(snake);
        names.add(BEFORE_DIGITS.matcher(snake).replaceAll("$1_$2"));
        names.remove(name);
        return names;
    }

    /** The fields of a record that are the snake_case form of another of its fields, and that other one; as a rule none. */
    static Map<String, String> twins(Map<?, ?> fields) {
        Map<String, String> twins = Map.of();
        for (Object field : fields.keySet()) {
            if (field instanceof String name && mayHaveTwin(name)) {
                for (String snake : of(name)) {
                    if (fields.containsKey(snake)) {
                        twins = twins.isEmpty() ? new LinkedHashMap<>() : twins;
                        twins.put(snake, name);
                    }
                }
            }
        }
        return twins;
    }

    private static boolean mayHaveTwin(String name) {
        for (int i = 1; i < name.length(); i++) {
            char c = name.charAt(i);
            if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
                return true;
            }
        }
        return false;
    }

    private Optional<String> propertyName(Annotated member) {
        PropertyName annotated = findNameForDeserialization(member);
        if (annotated != null && annotated.hasSimpleName()) {
            return Optional.empty();
        }
        if (member instanceof AnnotatedParameter parameter) {
            return component(parameter);
        }
        if (member instanceof AnnotatedMethod method) {
            return setter(method.getName());
        }
        return member instanceof AnnotatedField field ? Optional.of(field.getName()) : Optional.empty();
    }

    private static Optional<String> component(AnnotatedParameter parameter) {
        Class<?> owner = parameter.getDeclaringClass();
        boolean canonical = owner.isRecord()
                && owner.getRecordComponents().length == parameter.getOwner().getParameterCount();
        return canonical ? Optional.of(owner.getRecordComponents()[parameter.getIndex()].getName()) : Optional.empty();
    }

    private static Optional<String> setter(String method) {
        return method.length() > 3 && method.startsWith("set")
                ? Optional.of(method.substring(3, 4).toLowerCase(Locale.ROOT) + method.substring(4))
                : Optional.empty();
    }
}
