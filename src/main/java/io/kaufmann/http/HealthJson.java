package io.kaufmann.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kaufmann.health.Ending;
import io.kaufmann.health.Health;
import io.kaufmann.health.LastFailure;
import io.kaufmann.health.PartitionHealth;
import io.kaufmann.health.Reachability;
import io.kaufmann.health.Traffic;
import io.kaufmann.health.WorkerHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Writes a health as JSON: the words of {@link Health}, times in seconds, and null for what is not known or not so. Every field is
 * there always. Thread-safe.
 */
final class HealthJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final double NANOS = 1e9;

    private final String service;

    HealthJson(String service) {
        this.service = service;
    }

    byte[] write(Health health, Instant now) {
        ObjectNode json = NODES.objectNode()
                .put("service", service)
                .put("at", now.toString())
                .put("status", health.status().name())
                .put("live", health.live())
                .put("ready", health.ready())
                .put("state", health.state().name());
        health.problems().forEach(json.putArray("problems")::add);
        json.set("broker", reachability(health.probes().broker()));
        json.set("registry", reachability(health.probes().registry()));
        json.set("workers", workers(health.workers()));
        json.set("traffic", traffic(health.traffic()));
        ArrayNode failures = json.putArray("lastFailures");
        health.lastFailures().forEach(failure -> failures.add(failure(failure)));
        ArrayNode partitions = json.putArray("partitions");
        health.partitions().forEach(partition -> partitions.add(partition(partition)));
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of numbers and texts can be written", e);
        }
    }

    private static ObjectNode reachability(Reachability reachability) {
        return NODES.objectNode()
                .put("answer", reachability.answer().name())
                .put("lastingSeconds", seconds(reachability.lasting()))
                .put("problem", reachability.problem().orElse(null));
    }

    private static ObjectNode workers(WorkerHealth workers) {
        return NODES.objectNode()
                .put("size", workers.size())
                .put("busy", workers.busy())
                .put("lost", workers.lost())
                .put("queued", workers.queued());
    }

    private static ObjectNode traffic(Traffic traffic) {
        ObjectNode json = NODES.objectNode();
        ObjectNode ended = json.putObject("ended");
        for (Ending ending : Ending.values()) {
            ended.put(ending.name(), traffic.ended(ending));
        }
        json.put("passedOver", traffic.passedOver()).put("retried", traffic.retried());
        ObjectNode latencies = json.putObject("latencies");
        ArrayNode bounds = latencies.putArray("upperBoundSeconds");
        traffic.latencies().counts().forEach(latencies.putArray("counts")::add);
        for (int i = 0; i < traffic.latencies().counts().size(); i++) {
            bounds.add(Traffic.Latencies.upperBound(i).map(HealthJson::seconds).orElse(null));
        }
        return json;
    }

    private static ObjectNode partition(PartitionHealth partition) {
        ObjectNode json = NODES.objectNode()
                .put("topic", partition.topic())
                .put("partition", partition.partition())
                .put("committed", partition.committed())
                .put("position", partition.position())
                .put("span", partition.span())
                .put("lag", partition.lag().isPresent() ? partition.lag().getAsLong() : null)
                .put("events", partition.events())
                .put("bytes", partition.bytes())
                .put("gapMapBytes", partition.gapMapBytes())
                .put("stalled", partition.stalled())
                .put("pause", partition.pause().map(Enum::name).orElse(null));
        putOldest(json, "running", partition.running());
        putOldest(json, "queued", partition.queued());
        putOldest(json, "answering", partition.answering());
        putOldest(json, "retrying", partition.retrying());
        return json;
    }

    private static void putOldest(ObjectNode json, String kind, Optional<PartitionHealth.Oldest> oldest) {
        json.set(
                kind,
                oldest.<JsonNode>map(present -> NODES.objectNode()
                                .put("event", present.event())
                                .put("offset", present.offset())
                                .put("ageSeconds", seconds(present.age())))
                        .orElseGet(NODES::nullNode));
    }

    private static ObjectNode failure(LastFailure failure) {
        return NODES.objectNode()
                .put("at", failure.at().toString())
                .put("event", failure.event())
                .put("error", failure.error())
                .put("consequence", failure.consequence());
    }

    private static double seconds(Duration time) {
        return time.toNanos() / NANOS;
    }
}
