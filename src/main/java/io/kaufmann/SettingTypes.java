package io.kaufmann;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The plain types of settings: texts, numbers, choices and lists. */
final class SettingTypes {

    private static final int MAX_PORT = 65_535;

    private SettingTypes() {}

    static SettingType<String> text(String form) {
        return SettingType.<String>of(form, Function.identity(), Function.identity())
                .checked(SettingTypes::notBlank);
    }

    /** A text that nothing ever shows. */
    static SettingType<String> secret(String form) {
        return SettingType.of(form, Function.identity(), value -> Secrets.HIDDEN);
    }

    static SettingType<Integer> number(int from) {
        return SettingType.of("a whole number from " + from, SettingTypes::parseInt, String::valueOf)
                .checked(value -> atLeast(from, value));
    }

    static SettingType<Integer> port() {
        return SettingType.of("a port from 0 to " + MAX_PORT, SettingTypes::parseInt, String::valueOf)
                .checked(value -> {
                    if (value < 0 || value > MAX_PORT) {
                        throw new WrongValueException("is no port");
                    }
                });
    }

    /** Texts, none of them blank. */
    static SettingType<List<String>> texts(String form) {
        return SettingType.of(form, SettingTypes::split, texts -> String.join(",", texts))
                .checked(texts -> each(texts, SettingTypes::notBlank));
    }

    static SettingType<Long> longNumber(long from) {
        return SettingType.of("a whole number from " + from, SettingTypes::parseLong, String::valueOf)
                .checked(value -> atLeast(from, value));
    }

    static SettingType<Boolean> flag() {
        return SettingType.of("true or false", SettingTypes::parseFlag, String::valueOf);
    }

    static <E extends Enum<E>> SettingType<E> choice(Class<E> type) {
        List<E> all = List.of(type.getEnumConstants());
        String form = all.stream().map(SettingTypes::name).collect(Collectors.joining(" or "));
        return SettingType.of(form, text -> oneOf(all, text), SettingTypes::name);
    }

    static SettingType<List<Path>> paths() {
        return SettingType.of(
                "folders, separated by commas",
                text -> split(text).stream().map(SettingTypes::parsePath).toList(),
                paths -> paths.stream().map(Path::toString).collect(Collectors.joining(",")));
    }

    /** The items between the commas of a text. */
    static List<String> split(String text) {
        List<String> items =
                Arrays.stream(text.split(",", -1)).map(String::strip).distinct().toList();
        if (items.contains("")) {
            throw new WrongValueException("has nothing between two commas, or at an end");
        }
        return items;
    }

    /** Checks each item; a reason tells which one, unless there is just one. */
    static void each(List<String> items, Consumer<String> check) {
        for (String item : items) {
            try {
                check.accept(item);
            } catch (WrongValueException e) {
                throw items.size() == 1 ? e : e.of(item);
            }
        }
    }

    static void notBlank(String text) {
        if (text.isBlank()) {
            throw new WrongValueException("is blank");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new WrongValueException("has a line break or another control character");
        }
    }

    private static int parseInt(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new WrongValueException("is not a whole number up to " + Integer.MAX_VALUE);
        }
    }

    private static long parseLong(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new WrongValueException("is not a whole number up to " + Long.MAX_VALUE);
        }
    }

    private static void atLeast(long least, long value) {
        if (value < least) {
            throw new WrongValueException("is too small");
        }
    }

    private static boolean parseFlag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new WrongValueException("is neither true nor false");
        };
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> E oneOf(List<E> all, String text) {
        return all.stream()
                .filter(constant -> constant.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new WrongValueException("is not among the choices"));
    }

    private static Path parsePath(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new WrongValueException("is not a path: " + e.getReason());
        }
    }
}
