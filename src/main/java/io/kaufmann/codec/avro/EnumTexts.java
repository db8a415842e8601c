package io.kaufmann.codec.avro;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.util.EnumValues;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** The texts of Java's enum constants: their names, or what {@code @JsonProperty} says instead. Thread-safe. */
final class EnumTexts {

    private static final ClassValue<Map<Enum<?>, String>> KNOWN = new ClassValue<>() {
        @Override
        protected Map<Enum<?>, String> computeValue(Class<?> type) {
            return texts(type);
        }
    };

    private EnumTexts() {}

    static String of(Enum<?> constant) {
        return KNOWN.get(constant.getDeclaringClass()).get(constant);
    }

    private static Map<Enum<?>, String> texts(Class<?> type) {
        SerializationConfig config = Introspection.mapper().getSerializationConfig();
        BeanDescription bean = config.introspectClassAnnotations(type);
        Map<Enum<?>, String> texts = new HashMap<>();
        EnumValues.construct(config, bean.getClassInfo())
                .internalMap()
                .forEach((constant, text) -> texts.put((Enum<?>) constant, text.getValue()));
        return Collections.unmodifiableMap(texts);
    }
}
