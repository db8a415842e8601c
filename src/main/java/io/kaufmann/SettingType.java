package io.kaufmann;

import java.util.function.Consumer;
import java.util.function.Function;

/**
 * How the values of a setting are read from text, checked and shown.
 *
 * @param form what to write, as it goes after "Write": a whole number from 1
 * @param parser reads a value; throws {@link WrongValueException}
 * @param shower shows a value, never what it must not show
 * @param check throws {@link WrongValueException} for a value that cannot be used
 */
record SettingType<T>(String form, Function<String, T> parser, Function<T, String> shower, Consumer<T> check) {

    static <T> SettingType<T> of(String form, Function<String, T> parser, Function<T, String> shower) {
        return new SettingType<>(form, parser, shower, value -> {});
    }

    /** With a further check. */
    SettingType<T> checked(Consumer<T> further) {
        return new SettingType<>(form, parser, shower, check.andThen(further));
    }

    T parse(String text) {
        return parser.apply(text);
    }

    String show(T value) {
        return shower.apply(value);
    }
}
