package io.kaufmann.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A table as lines of text: columns as wide as their widest cell, numbers to the right. Immutable.
 *
 * @param heads the columns' heads
 * @param rows the cells, as many in each row as there are heads; they may be coloured
 */
record Table(List<String> heads, List<List<String>> rows) {

    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9][0-9,.]*|-");
    private static final String BETWEEN = "  ";

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(line(heads));
        lines.add(line(heads.stream().map(head -> "-".repeat(head.length())).toList()));
        rows.forEach(row -> lines.add(line(row)));
        return lines;
    }

    private String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < heads.size(); column++) {
            String cell = cells.get(column);
            String room = " ".repeat(width(column) - bare(cell).length());
            line.append(column == 0 ? "" : BETWEEN).append(isOfNumbers(column) ? room + cell : cell + room);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return rows.stream()
                .mapToInt(row -> bare(row.get(column)).length())
                .reduce(heads.get(column).length(), Math::max);
    }

    private boolean isOfNumbers(int column) {
        return !rows.isEmpty()
                && rows.stream()
                        .allMatch(row -> NUMBER.matcher(bare(row.get(column))).matches());
    }

    private static String bare(String cell) {
        return COLOUR.matcher(cell).replaceAll("");
    }
}
