package io.kaufmann.codec.avro;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which property of a class goes to which field of a record schema: that of its name, else that of its name in snake case
 * ({@code firstName} to {@code first_name}). Made once for each class and schema. Immutable and thread-safe; it refers to
 * neither, so that nothing holds on to a class.
 */
final class BeanPlan {

    private final BeanType type;
    private final BeanAccessor[] byField;
    private final List<BeanAccessor> strays;

    private BeanPlan(BeanType type, BeanAccessor[] byField, List<BeanAccessor> strays) {
        this.type = type;
        this.byField = byField;
        this.strays = strays;
    }

    /**
     * A plan.
     *
     * @param type the class
     * @param places the record's fields and their places
     */
    static BeanPlan of(BeanType type, Map<String, Integer> places) {
        BeanAccessor[] byField = new BeanAccessor[places.size()];
        List<BeanAccessor> others = new ArrayList<>();
        for (BeanAccessor property : type.properties()) {
            place(places.get(property.name()), property, byField, others);
        }
        List<BeanAccessor> strays = new ArrayList<>();
        for (BeanAccessor property : others) {
            place(snakePlace(property.name(), places), property, byField, strays);
        }
        return new BeanPlan(type, byField, List.copyOf(strays));
    }

    /** Of {@code line1} both {@code line1} and {@code line_1} are snake case. */
    private static Integer snakePlace(String name, Map<String, Integer> places) {
        String snake = SnakeCaseStrategy.INSTANCE.translate(name);
        Integer place = places.get(snake);
        return place == null ? places.get(snake.replaceAll("([a-z])([0-9])", "$1_$2")) : place;
    }

    private static void place(
            Integer place, BeanAccessor property, BeanAccessor[] byField, List<BeanAccessor> otherwise) {
        if (place == null || byField[place] != null) {
            otherwise.add(property);
        } else {
            byField[place] = property;
        }
    }

    BeanType type() {
        return type;
    }

    /** What reads the value of the field at this place; null when the class has nothing for it. */
    BeanAccessor at(int place) {
        return byField[place];
    }

    /** The properties for which there is no field. */
    List<BeanAccessor> strays() {
        return strays;
    }
}
