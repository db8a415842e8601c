package io.kaufmann.codec.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.codec.Transcoder.Decoded;
import io.kaufmann.codec.Transcoder.Encoded;
import io.kaufmann.codec.Transcoder.Outgoing;
import io.kaufmann.event.EventName;
import io.kaufmann.event.Payload;
import io.kaufmann.event.PayloadException;
import io.kaufmann.fuzz.HostileCases;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** JSON that is more than JSON should be, and payloads of it. */
public final class JsonHostileCases implements HostileCases {

    private static final int MILLION = 1_000_000;

    private final JsonTranscoder transcoder = JsonTranscoder.create();
    private final List<Case> cases = new ArrayList<>();

    /** With the transcoder as it is without settings. */
    public JsonHostileCases() {}

    /** What payloads are bound to. */
    record Amount(long whole, double fraction, BigDecimal decimal, Object any) {}

    @Override
    public List<Case> cases() {
        sizes();
        depths();
        numbers();
        texts();
        bindings();
        writing();
        return cases;
    }

    private void sizes() {
        for (String bytes :
                new String[] {"", "{", "{}}", "{} {}", "null", "[]", "{\"a\": 1, \"a\": 2}", "{\"a\"", "\u0000"}) {
            refused("the text " + bytes, () -> bytes.getBytes(UTF_8));
        }
        refused("a text of 100 MB", () -> around(100 * MILLION, 'x'));
        refused("100 MB of white space", () -> {
            byte[] spaces = new byte[100 * MILLION];
            Arrays.fill(spaces, (byte) ' ');
            return spaces;
        });
        refused("a key of 15 MB", () -> ("{\"" + "k".repeat(15 * MILLION) + "\": 1}").getBytes(UTF_8));
        refused("7 million zeros", () -> ("{\"a\": [" + "0,".repeat(7 * MILLION) + "0]}").getBytes(UTF_8));
        refused("7 million empty lists", () -> ("{\"a\": [" + "[],".repeat(5 * MILLION) + "0]}").getBytes(UTF_8));
        refused("a million objects", () -> ("{\"a\": [" + "{\"b\":0},".repeat(MILLION) + "0]}").getBytes(UTF_8));
        read(
                "a map of 100,000 entries",
                () -> IntStream.range(0, 100_000)
                        .mapToObj(i -> "\"k" + i + "\": null")
                        .collect(Collectors.joining(", ", "{", "}"))
                        .getBytes(UTF_8));
        read(
                "100,000 keys of one hash",
                () -> IntStream.range(0, 1 << 17)
                        .mapToObj(JsonHostileCases::sameHash)
                        .collect(Collectors.joining("\": 0, \"", "{\"", "\": 0}"))
                        .getBytes(UTF_8));
    }

    /** Texts that differ, and whose hash codes do not: at each of 17 places stands Aa or BB. */
    private static String sameHash(int number) {
        return IntStream.range(0, 17)
                .mapToObj(bit -> (number >> bit & 1) == 0 ? "Aa" : "BB")
                .collect(Collectors.joining());
    }

    private void depths() {
        for (int depth : new int[] {257, 1_001, 10_000, MILLION}) {
            refused(depth + " lists", () -> ("{\"a\": " + "[".repeat(depth) + "]".repeat(depth) + "}").getBytes(UTF_8));
            refused(depth + " open lists", () -> ("{\"a\": " + "[".repeat(depth)).getBytes(UTF_8));
            refused(depth + " objects", () -> ("{\"a\":".repeat(depth) + "1" + "}".repeat(depth)).getBytes(UTF_8));
        }
        read("200 objects", () -> ("{\"a\":".repeat(200) + "1" + "}".repeat(200)).getBytes(UTF_8));
    }

    private void numbers() {
        for (String number : new String[] {
            "1e999999999",
            "-1e-999999999",
            "1E2147483647",
            "1E-2147483648",
            "1e99999999999999999999",
            "1e1000",
            "1e-1000",
            "1".repeat(MILLION),
            "0." + "1".repeat(MILLION),
            "1e" + "9".repeat(MILLION),
            "-" + "9".repeat(15 * MILLION)
        }) {
            refused("a number of " + number.length() + " characters, " + number.substring(0, 5), () -> field(number));
        }
        for (String number : new String[] {"1e400", "-1e-400", "9".repeat(900), "1e308", "18446744073709551616"}) {
            read("the number " + number.substring(0, 4), () -> field(number));
        }
        for (String number : new String[] {"1e999", "-1.5e998", "1e-999", "123456789e-999", "-12e-999"}) {
            cases.add(Case.read("what is read is written so that it can be read, " + number, () -> again(number)));
        }
        for (String number : new String[] {"NaN", "Infinity", "-Infinity", "01", "+1", ".5", "1.", "0x1"}) {
            refused("the number " + number, () -> field(number));
        }
    }

    private void texts() {
        for (Charset charset : List.of(StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16)) {
            refused("text in " + charset, () -> "{\"a\": 1}".getBytes(charset));
        }
        for (String hex : new String[] {"c080", "eda080", "f8808080", "ff", "80", "e28282e2", "f4908080"}) {
            refused("bytes " + hex + " in a text", () -> bytes(hex));
        }
        read("half a surrogate pair", () -> "{\"a\": \"\\ud800\"}".getBytes(UTF_8));
        read("a zero in a text", () -> "{\"a\": \"\\u0000\"}".getBytes(UTF_8));
        refused("a control character in a text", () -> "{\"a\": \"\u0001\"}".getBytes(UTF_8));
    }

    private void bindings() {
        for (String number : new String[] {"1e999", "-1e-999", "9".repeat(900), "1.5"}) {
            byte[] json = ("{\"whole\": " + number + ", \"fraction\": 1, \"decimal\": 1, \"any\": 1}").getBytes(UTF_8);
            cases.add(Case.refused(
                    "a long of " + number.substring(0, 3),
                    PayloadException.class,
                    () -> decode(json).integer("whole")));
            cases.add(Case.refused(
                    "a long component of " + number.substring(0, 3),
                    PayloadException.class,
                    () -> decode(json).as(Amount.class)));
        }
        String numbers =
                "{\"whole\": 1, \"fraction\": %s, \"decimal\": 1e999, \"any\": {\"@class\": \"javax.swing.JFrame\"}}";
        byte[] fits = numbers.formatted("1").getBytes(UTF_8);
        cases.add(Case.read(
                "a decimal beyond doubles, and a class's name",
                () -> decode(fits).as(Amount.class).decimal().toPlainString()));
        byte[] beyond = numbers.formatted("1e999").getBytes(UTF_8);
        cases.add(Case.refused(
                "a double component of 1e999",
                PayloadException.class,
                () -> decode(beyond).as(Amount.class)));
        Payload huge = Payload.of("event.x", Map.of("n", new BigDecimal("1e999999999"), "t", "x".repeat(MILLION)));
        cases.add(Case.refused("a long of 1e999999999", PayloadException.class, () -> huge.integer("n")));
        cases.add(Case.refused("a double of 1e999999999", PayloadException.class, () -> huge.number("n")));
        cases.add(Case.refused("a date of 1e999999999", PayloadException.class, () -> huge.date("n")));
        cases.add(Case.refused("a long of a million letters", PayloadException.class, () -> huge.integer("t")));
        cases.add(Case.refused("a path with a place of 2^31", PayloadException.class, () -> huge.text("t[999999999]")));
    }

    private void writing() {
        for (String number : new String[] {"1e999999999", "1e-999999999"}) {
            cases.add(Case.refused(
                    "writing " + number, TranscodeException.class, () -> encode(Map.of("n", new BigDecimal(number)))));
        }
        Object deep = 1;
        for (int i = 0; i < 10_000; i++) {
            deep = List.of(deep);
        }
        Map<String, Object> nested = Map.of("deep", deep);
        cases.add(Case.refused("writing 10,000 lists", TranscodeException.class, () -> encode(nested)));
        List<Object> itself = new ArrayList<>();
        itself.add(itself);
        cases.add(Case.refused(
                "writing a list that holds itself", TranscodeException.class, () -> encode(Map.of("a", itself))));
    }

    private Object again(String number) {
        return transcoder.decode(record(encode(decode(field(number)))));
    }

    private byte[] encode(Object payload) {
        return transcoder.encode(
                new Outgoing(EventName.of("event.x"), "rapids", Optional.empty(), payload, new RecordHeaders()));
    }

    private void refused(String name, Supplier<byte[]> json) {
        cases.add(Case.refused(name, TranscodeException.class, () -> decode(json.get())));
    }

    private void read(String name, Supplier<byte[]> json) {
        cases.add(Case.read(name, () -> decode(json.get())));
    }

    private Payload decode(byte[] json) {
        Decoded decoded = transcoder.decode(record(json));
        return decoded.payload();
    }

    private static Encoded record(byte[] json) {
        return new Encoded(EventName.of("event.x"), "rapids", new RecordHeaders(), json);
    }

    private static byte[] field(String value) {
        return ("{\"a\": " + value + "}").getBytes(UTF_8);
    }

    private static byte[] around(int size, char fill) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) fill);
        byte[] start = "{\"a\": \"".getBytes(UTF_8);
        System.arraycopy(start, 0, bytes, 0, start.length);
        bytes[size - 2] = '"';
        bytes[size - 1] = '}';
        return bytes;
    }

    private static byte[] bytes(String hex) {
        byte[] inner = HexFormat.of().parseHex(hex);
        byte[] start = "{\"a\": \"".getBytes(UTF_8);
        byte[] all = Arrays.copyOf(start, start.length + inner.length + 2);
        System.arraycopy(inner, 0, all, start.length, inner.length);
        all[all.length - 2] = '"';
        all[all.length - 1] = '}';
        return all;
    }
}
