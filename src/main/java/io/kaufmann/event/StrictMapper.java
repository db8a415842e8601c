package io.kaufmann.event;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.cfg.MutableCoercionConfig;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.List;

/** Jackson, set so that it converts nothing that would change. */
final class StrictMapper {

    private static final List<Scalar<?>> SCALARS = List.of(
            Scalar.TEXT,
            Scalar.CHARACTERS,
            Scalar.DECIMAL,
            Scalar.DOUBLE,
            Scalar.BOXED_DOUBLE,
            Scalar.FLOAT,
            Scalar.BOXED_FLOAT,
            Scalar.BYTE,
            Scalar.BOXED_BYTE,
            Scalar.BYTES,
            Scalar.BYTE_ARRAY,
            Scalar.UNIQUE_ID,
            Scalar.INSTANT,
            Scalar.DATE,
            Scalar.TIME,
            Scalar.DATE_TIME,
            Scalar.OFFSET,
            Scalar.OLD_DATE,
            Scalar.ZONED,
            Scalar.TIME_PERIOD,
            Scalar.DURATION,
            Scalar.PERIOD,
            // Reading it from text would load the class of that name.
            new Scalar<>(Class.class, value -> null));

    private StrictMapper() {}

    /** One with caches of its own: what it knows of a user's classes goes when it goes. */
    static JsonMapper create() {
        return JsonMapper.builder()
                .typeFactory(TypeFactory.createDefaultInstance())
                .annotationIntrospector(new SnakeNames())
                .polymorphicTypeValidator(new NoClassNames())
                .addModules(new Jdk8Module(), new JavaTimeModule(), scalars())
                .withCoercionConfigDefaults(StrictMapper::refuseEmpty)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.ACCEPT_FLOAT_AS_INT,
                        DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .enable(
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }

    private static void refuseEmpty(MutableCoercionConfig coercions) {
        coercions
                .setAcceptBlankAsEmpty(false)
                .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.EmptyArray, CoercionAction.Fail);
    }

    private static SimpleModule scalars() {
        SimpleModule module = new SimpleModule("kaufmann").setDeserializerModifier(new CreatedOnce());
        SCALARS.forEach(scalar -> add(module, scalar));
        return module;
    }

    private static <T> void add(SimpleModule module, Scalar<T> scalar) {
        module.addDeserializer(scalar.type(), new ScalarDeserializer<>(scalar));
    }
}
