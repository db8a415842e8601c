package io.kaufmann.codec.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kaufmann.fuzz.FuzzTarget;
import io.kaufmann.fuzz.Trial;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** JSON in the shapes of KaufmannEx, and more or less than that. */
public final class JsonTarget implements FuzzTarget {

    private final Trial trial = new Trial(JsonTranscoder.create(), JsonTarget::comparable);

    /** With the transcoder as it is without settings. */
    public JsonTarget() {}

    @Override
    public List<byte[]> seeds() {
        return Stream.of(
                        """
                        {"meta": {"message_id": "1", "timestamp": "2018-01-01 12:00:00.123456Z", "callback_topic": null},
                         "payload": {"name": "J\\u00fcrgen", "n": [1, -2.5, 1e3, true, null, {"deep": {"er": []}}]}}""",
                        "{\"meta\": {\"message_id\": \"1\", \"callback_topic\": {\"topic\": \"t\", \"partition\": 3}}, \"what\": \"x\"}",
                        "{\"metadata\": {\"message_id\": \"1\"}, \"payload\": 12345678901234567890}",
                        "{\"a\": {\"b\": [{\"c\": \"\\u2028 \\ud83d\\ude00\"}]}, \"number\": 1.5E-7, \"flag\": false}",
                        "{\"payload\": [[[[]]]], \"meta\": null}",
                        "\ufeff {}",
                        "[1, 2]",
                        "\"text\"",
                        "{\"a\": [1e999, 1e-999]}",
                        "{\"a\": 1e1000}")
                .map(json -> json.getBytes(UTF_8))
                .toList();
    }

    @Override
    public boolean accepts(byte[] input) {
        return trial.accepts("event.x", new RecordHeaders(), input);
    }

    @Override
    public String guidedBy() {
        return "io.kaufmann.**:com.fasterxml.jackson.core.**";
    }

    /** A number is the same, however it is written: JSON has but one kind of them. */
    private static Object comparable(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> same = new LinkedHashMap<>();
            map.forEach((key, field) -> same.put(key, comparable(field)));
            return same;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(JsonTarget::comparable).collect(Collectors.toList());
        }
        return value instanceof Number number ? new BigDecimal(number.toString()).stripTrailingZeros() : value;
    }
}
