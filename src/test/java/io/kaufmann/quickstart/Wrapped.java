package io.kaufmann.quickstart;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Lays out the fields of an event in lines that fit a screen. */
final class Wrapped {

    private static final int WIDTH = 100;

    private Wrapped() {}

    /** Fields as {@code name=value}, with further lines below the first. */
    static String fields(Map<?, ?> fields, int indent) {
        List<String> words = fields.entrySet().stream()
                .flatMap(field -> Stream.of((field.getKey() + "=" + field.getValue() + ",").split(" ")))
                .toList();
        StringBuilder text = new StringBuilder();
        int column = indent;
        for (String word : words) {
            if (!text.isEmpty() && column + 1 + word.length() > WIDTH) {
                text.append('\n').append(" ".repeat(indent));
                column = indent;
            } else if (!text.isEmpty()) {
                text.append(' ');
                column++;
            }
            text.append(word);
            column += word.length();
        }
        return text.substring(0, text.length() - 1);
    }
}
