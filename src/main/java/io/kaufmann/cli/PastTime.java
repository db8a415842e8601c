package io.kaufmann.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time: 2026-01-31T12:00:00Z, or how long ago it is, such as 90s, 30m, 2h or 1d. */
final class PastTime implements ITypeConverter<Instant> {

    private static final Pattern AGO = Pattern.compile("(\\d{1,9})(s|m|h|d)");

    @Override
    public Instant convert(String text) {
        try {
            Matcher ago = AGO.matcher(text);
            if (ago.matches()) {
                String unit = ago.group(2).toUpperCase(Locale.ROOT);
                return Instant.now().minus(Duration.parse((unit.equals("D") ? "P" : "PT") + ago.group(1) + unit));
            }
            return text.startsWith("P")
                    ? Instant.now().minus(Duration.parse(text))
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException | ArithmeticException e) {
            throw new TypeConversionException("'" + text
                    + "' is no time: write 2026-01-31T12:00:00Z, or how long ago it is, such as 30m, 2h or 1d");
        }
    }
}
