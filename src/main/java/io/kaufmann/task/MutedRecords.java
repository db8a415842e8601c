package io.kaufmann.task;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** Writes records as lines of JSON: topic, partition, key as text, value and headers in Base64, since they are bytes. Thread-safe. */
final class MutedRecords {

    private static final JsonMapper JSON = new JsonMapper();

    private MutedRecords() {}

    /** The line, with its end. */
    static String line(ProducerRecord<byte[], byte[]> record) {
        ObjectNode line = JSON.createObjectNode().put("topic", record.topic()).put("partition", record.partition());
        line.put("key", record.key() == null ? null : new String(record.key(), UTF_8));
        line.put("value", record.value() == null ? null : Base64.getEncoder().encodeToString(record.value()));
        ArrayNode headers = line.putArray("headers");
        for (Header header : record.headers()) {
            headers.addObject()
                    .put("name", header.key())
                    .put(
                            "value",
                            header.value() == null ? null : Base64.getEncoder().encodeToString(header.value()));
        }
        try {
            return JSON.writeValueAsString(line) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
