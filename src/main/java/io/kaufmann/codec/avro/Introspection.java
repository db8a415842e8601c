package io.kaufmann.codec.avro;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.ser.BeanPropertyWriter;
import com.fasterxml.jackson.databind.ser.PropertyWriter;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import com.fasterxml.jackson.databind.util.LookupCache;
import java.lang.reflect.InaccessibleObjectException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Asks Jackson for the properties of a class, as it would write them to JSON: records' components, getters, public fields,
 * and what its annotations say of them. Serializers are not used: a value goes to Avro as it is.
 *
 * <p>Jackson's caches hold on to classes, so each class gets a mapper of its own, which is gone when its accessors are there.
 */
final class Introspection {

    private static final int TYPES_KEPT = 100;

    private final Class<?> type;
    private final JsonMapper mapper = mapper();

    private Introspection(Class<?> type) {
        this.type = type;
    }

    /** A mapper whose caches are its own. */
    static JsonMapper mapper() {
        LookupCache<Object, JavaType> types = new LRUMap<>(0, TYPES_KEPT);
        return JsonMapper.builder()
                .typeFactory(TypeFactory.defaultInstance().withCache(types))
                .build();
    }

    static BeanType of(Class<?> type) {
        try {
            return new Introspection(type).find();
        } catch (JsonMappingException e) {
            return BeanType.unreadable(type, why(type, e.getOriginalMessage()));
        } catch (IllegalAccessException | IllegalArgumentException e) {
            return BeanType.unreadable(type, why(type, String.valueOf(e.getMessage())));
        }
    }

    private static String why(Class<?> type, String message) {
        boolean access = message.contains(InaccessibleObjectException.class.getSimpleName());
        return access && closed(type) ? open(type) : Values.cut(message, 300);
    }

    private static boolean closed(Class<?> type) {
        return !type.getModule().isOpen(type.getPackageName(), JsonMapper.class.getModule());
    }

    private static String open(Class<?> type) {
        return "its module does not let Jackson in. Add to the module-info of "
                + type.getModule().getName() + ": opens " + type.getPackageName()
                + " to com.fasterxml.jackson.databind";
    }

    private BeanType find() throws JsonMappingException, IllegalAccessException {
        JavaType javaType = mapper.constructType(type);
        AnnotatedMember value =
                mapper.getSerializationConfig().introspect(javaType).findJsonValueAccessor();
        if (value != null) {
            value.fixAccess(true);
            BeanAccessor accessor = BeanAccessor.of(value.getName(), value.getMember(), false);
            return BeanType.of(type, List.of(), Optional.of(accessor));
        }
        List<BeanAccessor> properties = properties(mapper.getSerializerFactory()
                .createSerializer(mapper.getSerializerProviderInstance(), javaType)
                .properties());
        return properties.isEmpty() && !type.isRecord()
                ? BeanType.unreadable(type, "it has no properties. Give it getters, or make it a record")
                : BeanType.of(type, properties, Optional.empty());
    }

    private List<BeanAccessor> properties(Iterator<PropertyWriter> writers)
            throws JsonMappingException, IllegalAccessException {
        List<BeanAccessor> properties = new ArrayList<>();
        while (writers.hasNext()) {
            PropertyWriter writer = writers.next();
            if (!(writer instanceof BeanPropertyWriter bean)
                    || bean.isUnwrapping()
                    || writer.getMember().getMember() == null) {
                throw JsonMappingException.from(
                        mapper.getSerializerProviderInstance(),
                        "property " + writer.getName()
                                + " is unwrapped or made up by an annotation, which Avro's records" + " do not have");
            }
            properties.add(BeanAccessor.of(bean.getName(), bean.getMember().getMember(), bean.willSuppressNulls()));
        }
        return List.copyOf(properties);
    }
}
