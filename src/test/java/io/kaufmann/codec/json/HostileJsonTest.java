package io.kaufmann.codec.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kaufmann.codec.TranscodeException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that nobody means well with: each an error in bounded time and memory. */
class HostileJsonTest {

    private final JsonEvents json = new JsonEvents();

    private ThrowableAssertAlternative<TranscodeException> refuses(byte[] value) {
        return assertThatExceptionOfType(TranscodeException.class).isThrownBy(() -> json.decode(value));
    }

    private ThrowableAssertAlternative<TranscodeException> refuses(String text) {
        return refuses(text.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1",
                "{\"a\":",
                "{\"a\"",
                "{",
                "{\"a\":[1",
                "{\"a\":\"text",
                "{\"a\":1,}",
                "{'a':1}",
                "{a:1}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":1.}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":-Infinity}",
                "{\"a\":tru}",
                "{\"a\":1}//",
                "{/**/\"a\":1}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\u0000\"}",
                "{\"a\":undefined}",
                "{\"a\":]}",
            })
    void refusesWhatIsNotJson(String text) {
        refuses(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "[]", "[{}]", "1", "\"text\"", "null", "true", "garbage", "\u0000\u0000"})
    void refusesWhatIsNotAnObject(String text) {
        refuses(text).withMessageStartingWith("not an object");
    }

    @Test
    void refusesNoValue() {
        refuses((byte[]) null).withMessageStartingWith("no value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}{}", "{} 1", "{\"a\":1}}", "{}]", "{}x", "{}\u0000"})
    void refusesWhatFollowsTheObject(String text) {
        refuses(text);
    }

    @Test
    void refusesAKeyThatStandsTwice() {
        refuses("{\"a\":1,\"a\":1}").withMessageContaining("a key stands twice");
        refuses("{\"a\":null,\"a\":null}").withMessageContaining("a key stands twice");
        refuses("{\"b\":[{\"a\":1,\"\\u0061\":2}]}").withMessageContaining("a key stands twice");
        refuses("{\"meta\":{},\"meta\":{}}").withMessageContaining("a key stands twice");
    }

    @Test
    void refusesDepth() {
        String deep = "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000);
        refuses(deep).withMessageContaining("256");
        refuses("{\"a\":" + "[".repeat(100_000)).withMessageContaining("256");
        json.decode("{\"a\":".repeat(256) + "1" + "}".repeat(256));
    }

    @Test
    void refusesSize() {
        byte[] huge = new byte[100 * 1024 * 1024];
        Arrays.fill(huge, (byte) ' ');
        huge[0] = '{';
        huge[huge.length - 1] = '}';
        refuses(huge).withMessageContaining("more than the 16777216");
    }

    @Test
    void readsTextOfAlmostTheLimitAndNoMore() {
        JsonEvents small = new JsonEvents(JsonTranscoder.builder().maxBytes(100).build());
        String text = "{\"a\":\"" + "x".repeat(92) + "\"}";
        assertThat(text).hasSize(100);
        small.decode(text);
        assertThatExceptionOfType(TranscodeException.class)
                .isThrownBy(() -> small.decode(text + " "))
                .withMessageContaining("more than the 100");
    }

    @Test
    void refusesAMillionSmallValues() {
        refuses("{\"a\":[" + "{\"\":0},".repeat(600_000) + "1]}").withMessageContaining("more than 1000000 values");
    }

    @Test
    void refusesNumbersThatGrow() {
        refuses("{\"a\":1e999999999}").withMessageContaining("exponent");
        refuses("{\"a\":1e-999999999}").withMessageContaining("exponent");
        refuses("{\"a\":1e2147483648}");
        refuses("{\"a\":1e99999999999999999999}");
        refuses("{\"a\":" + "9".repeat(1_001) + "}").withMessageContaining("1000");
        refuses("{\"a\":0." + "9".repeat(1_000_000) + "}").withMessageContaining("1000");
        json.decode("{\"a\":" + "9".repeat(1_000) + ",\"b\":4.9e-324,\"c\":1.7976931348623157e308}");
    }

    @Test
    void refusesLongNames() {
        refuses("{\"" + "n".repeat(1_000_000) + "\":1}").withMessageContaining("10000");
    }

    @Test
    void readsAMillionDifferentNamesInBoundedMemory() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < 500_000; i++) {
            text.append(i == 0 ? "" : ",").append('"').append(i).append("\":0");
        }
        assertThat(json.decode(text.append('}').toString()).payload().asMap()).hasSize(500_000);
    }

    @Test
    void readsNamesOfOneHashCode() {
        StringBuilder text = new StringBuilder("{\"last\":0");
        for (int i = 0; i < 1 << 15; i++) {
            text.append(",\"");
            for (int bit = 0; bit < 15; bit++) {
                text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            text.append("\":0");
        }
        assertThat(json.decode(text.append('}').toString()).payload().asMap()).hasSize((1 << 15) + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C0AF", // An overlong slash.
                "EDA080", // A lone surrogate.
                "F4908080", // Beyond Unicode.
                "80", // A continuation that continues nothing.
                "C3", // Cut short.
                "F0A4AD",
                "FF",
            })
    void refusesWhatIsNotUtf8(String bytes) {
        refuses(concat("{\"a\":\"", HexFormat.of().parseHex(bytes), "\"}")).withMessageContaining("not UTF-8 at byte");
        refuses(concat("{\"", HexFormat.of().parseHex(bytes), "\":1}")).withMessageContaining("not UTF-8 at byte");
        refuses(concat("{\"a\":1}", HexFormat.of().parseHex(bytes), "")).withMessageContaining("not UTF-8 at byte");
    }

    @Test
    void refusesOtherEncodings() {
        String text = "{\"ä\":\"ö\"}";
        refuses(text.getBytes(ISO_8859_1));
        for (Charset charset : new Charset[] {
            UTF_16BE, UTF_16LE, Charset.forName("UTF-16"), Charset.forName("UTF-32BE"), Charset.forName("UTF-32LE")
        }) {
            refuses(text.getBytes(charset));
            refuses("{}".getBytes(charset));
            refuses(("\uFEFF" + text).getBytes(charset));
        }
    }

    @Test
    void showsLittleOfWhatItRefuses() {
        String secret = "s3cret".repeat(1_000);
        refuses("{\"a\":" + secret + "}").withMessageMatching("(?s).{1,250}");
        refuses("{\"a\":1} " + secret).withMessageMatching("(?s).{1,250}");
        refuses("{\"a\":\"\u0001\"}").withMessageMatching("\\P{Cntrl}+");
    }

    @RepeatedTest(4)
    void survivesMutatedEvents() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] event = """
                {"meta":{"message_id":"m1","callback_topic":{"topic":"a","partition":3}},"payload":{"text":"Grüße \\u00e4 😀",
                "list":[1,-2.5e10,true,null,{"a":{"b":[[]]}}],"n":12345678901234567890}}
                """.getBytes(UTF_8);
        for (int i = 0; i < 25_000; i++) {
            byte[] mutated = mutated(event, random);
            try {
                json.decode(mutated);
            } catch (TranscodeException expected) {
                assertThat(expected.getMessage()).hasSizeLessThan(500);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ", case " + i + ": " + new String(mutated, ISO_8859_1), e);
            }
        }
    }

    private static byte[] mutated(byte[] event, Random random) {
        byte[] bytes = Arrays.copyOf(event, random.nextInt(10) == 0 ? random.nextInt(event.length) : event.length);
        for (int change = random.nextInt(4); change >= 0 && bytes.length > 0; change--) {
            String likely = "{}[]\":,\\0e-.u\u0000";
            bytes[random.nextInt(bytes.length)] = random.nextBoolean()
                    ? (byte) random.nextInt()
                    : (byte) likely.charAt(random.nextInt(likely.length()));
        }
        return bytes;
    }

    private static byte[] concat(String head, byte[] middle, String tail) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.getBytes(UTF_8));
        all.writeBytes(middle);
        all.writeBytes(tail.getBytes(UTF_8));
        return all.toByteArray();
    }
}
