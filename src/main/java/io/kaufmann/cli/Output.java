package io.kaufmann.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Where a command shows what it did: text for people, in colour on a terminal only, or JSON for machines. One thread's. */
final class Output {

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModules(new Jdk8Module(), new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private final PrintWriter out;
    private final PrintWriter err;
    private final Ansi ansi;
    private final boolean json;

    Output(CommandLine command, boolean json) {
        this.out = command.getOut();
        this.err = command.getErr();
        this.ansi = command.getColorScheme().ansi();
        this.json = json;
    }

    /** Whether machines read it: then nothing but {@link #json} goes to standard output. */
    boolean isJson() {
        return json;
    }

    /** Whether a person watches, so that a bar may move. */
    boolean isTerminal() {
        return ansi.enabled();
    }

    /** A line for people, on standard output; for machines, on standard error. */
    void line(String text) {
        (json ? err : out).println(text);
    }

    /** A line about what is amiss, on standard error. */
    void warn(String text) {
        err.println(coloured(Colour.YELLOW, text));
    }

    /** A line about what failed, on standard error. */
    void error(String text) {
        err.println(coloured(Colour.RED, text));
    }

    /** A value for machines. */
    void json(Object value) {
        try {
            out.println(JSON.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A line that says how far it is, on standard error. */
    void progress(String text) {
        err.println(text);
    }

    /** A line that takes the place of the one before, on a terminal: for a bar that moves. */
    void overwrite(String text) {
        err.print("\r\u001b[2K" + text);
        err.flush();
    }

    /** The text in a colour, on a terminal. */
    String coloured(Colour colour, String text) {
        return ansi.enabled() ? "\u001b[" + colour.code + "m" + text + "\u001b[0m" : text;
    }

    /** A number for people: 1,234,567. */
    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A table for people. */
    void table(List<String> heads, List<List<String>> rows) {
        new Table(heads, rows).lines().forEach(this::line);
    }

    /** What a terminal can show. */
    enum Colour {
        RED(31),
        GREEN(32),
        YELLOW(33),
        DIM(2),
        BOLD(1);

        private final int code;

        Colour(int code) {
            this.code = code;
        }
    }
}
