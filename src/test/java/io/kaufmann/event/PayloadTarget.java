package io.kaufmann.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.codec.Transcoder.Encoded;
import io.kaufmann.codec.json.JsonTranscoder;
import io.kaufmann.fuzz.FuzzTarget;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Payloads from JSON, bound to a Java record that has a component of each kind. */
public final class PayloadTarget implements FuzzTarget {

    private final JsonTranscoder transcoder = JsonTranscoder.create();

    /** With the transcoder as it is without settings. */
    public PayloadTarget() {}

    enum Kind {
        SMALL,
        LARGE
    }

    record Everything(
            int number,
            Long large,
            double fraction,
            BigDecimal decimal,
            BigInteger integer,
            boolean flag,
            String text,
            Kind kind,
            Optional<UUID> id,
            Times times,
            List<Everything> inner,
            Map<String, Object> open,
            Set<Kind> kinds,
            byte[] bytes,
            ByteBuffer buffer,
            Object any,
            Class<?> type) {}

    record Times(
            Instant instant,
            LocalDate date,
            LocalTime time,
            OffsetDateTime offset,
            ZonedDateTime zoned,
            Duration duration,
            Period period) {}

    @Override
    public List<byte[]> seeds() {
        return Stream.of(
                        """
                        {"number": 1, "large": 2, "fraction": 1.5, "decimal": 2.25, "integer": 3, "flag": true, "text": "x",
                         "kind": "SMALL", "id": "0189d5c8-8f6d-7c3a-9c7e-000000000001", "inner": [{"number": 4}],
                         "open": {"a": [1, {"b": null}]}, "kinds": ["LARGE"], "any": {"x": 1}}""",
                        """
                        {"times": {"instant": "2026-01-01T00:00:00Z", "date": "2026-01-01", "time": "12:00:00.5",
                         "offset": "2026-01-01T00:00:00+01:00", "zoned": "2026-01-01T00:00:00+01:00[Europe/Berlin]",
                         "duration": "PT1H0.5S", "period": "P1Y2M3D"}}""",
                        "{\"number\": 1e900, \"integer\": 1e999, \"fraction\": 1e-999}",
                        "{\"type\": \"jaz.Zer\", \"any\": {\"@class\": \"jaz.Zer\"}}",
                        "{\"bytes\": \"AAAA\"}")
                .map(json -> json.getBytes(UTF_8))
                .toList();
    }

    @Override
    public boolean accepts(byte[] input) {
        Payload payload;
        try {
            payload = transcoder
                    .decode(new Encoded(EventName.of("event.x"), "rapids", new RecordHeaders(), input))
                    .payload();
        } catch (TranscodeException e) {
            return false;
        }
        try {
            payload.as(Everything.class);
        } catch (PayloadException e) {
            // As good as a value: these fields are of other types.
        }
        return true;
    }

    @Override
    public String guidedBy() {
        return "io.kaufmann.**:com.fasterxml.jackson.databind.**";
    }
}
