package io.kaufmann.codec;

import io.kaufmann.event.EventName;
import io.kaufmann.schema.RegistryUnavailableException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transcoders of a service, in order, with rules for those events whose format is known beforehand. Immutable and
 * thread-safe: a method that adds a rule returns a changed copy.
 *
 * <pre>{@code
 * Transcoders.of(avro, bare, json).topic("elixir.events", "bare").event("webhook.*", "json")
 * }</pre>
 *
 * <p>Decoding takes the transcoder that a rule names, for the event's name first and then for its topic; without a rule,
 * the first in order that can. Encoding takes the one that the publication asks for, else the one that a rule names, else
 * the first.
 */
public final class Transcoders implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Transcoders.class);

    private final Map<String, Transcoder> byName;
    private final List<Transcoder> inOrder;
    private final List<Rule> events;
    private final List<Rule> topics;

    private Transcoders(Map<String, Transcoder> byName, List<Rule> events, List<Rule> topics) {
        this.byName = byName;
        this.inOrder = List.copyOf(byName.values());
        this.events = events;
        this.topics = topics;
    }

    /**
     * A rule.
     *
     * @param pattern the text to match, or a beginning of it and an asterisk
     * @param transcoder what the rule names
     */
    private record Rule(String pattern, Transcoder transcoder) {

        boolean matches(String text) {
            int star = pattern.length() - 1;
            return pattern.endsWith("*") ? text.regionMatches(0, pattern, 0, star) : text.equals(pattern);
        }
    }

    /**
     * These transcoders, in this order.
     *
     * @param transcoders at least one, each with a name of its own
     * @return the transcoders
     * @throws IllegalArgumentException when there is none, or two share a name
     */
    public static Transcoders of(Transcoder... transcoders) {
        Map<String, Transcoder> byName = new LinkedHashMap<>();
        for (Transcoder transcoder : transcoders) {
            if (byName.put(transcoder.name(), transcoder) != null) {
                throw new IllegalArgumentException("Two transcoders are named " + transcoder.name());
            }
        }
        if (byName.isEmpty()) {
            throw new IllegalArgumentException("A service needs at least one transcoder");
        }
        return new Transcoders(byName, List.of(), List.of());
    }

    /**
     * With a rule for events by name. Of several that match, the first counts.
     *
     * @param pattern the event's name without ordering key, or a beginning of it and an asterisk: {@code webhook.*}
     * @param transcoder the name of one of these transcoders
     * @return a changed copy
     * @throws IllegalArgumentException when the pattern has another asterisk, or no transcoder has this name
     */
    public Transcoders event(String pattern, String transcoder) {
        return new Transcoders(byName, with(events, rule(pattern, transcoder)), topics);
    }

    /**
     * With a rule for the events of a topic, read from it or sent to it, whose name has no rule. Of several that match,
     * the first counts.
     *
     * @param pattern the topic's name, or a beginning of it and an asterisk
     * @param transcoder the name of one of these transcoders
     * @return a changed copy
     * @throws IllegalArgumentException when the pattern has another asterisk, or no transcoder has this name
     */
    public Transcoders topic(String pattern, String transcoder) {
        return new Transcoders(byName, events, with(topics, rule(pattern, transcoder)));
    }

    private Rule rule(String pattern, String transcoder) {
        int star = pattern.indexOf('*');
        if (pattern.isBlank() || (star >= 0 && star < pattern.length() - 1)) {
            throw new IllegalArgumentException("The rule '" + pattern
                    + "' matches nothing that can be told. Write a name, or a beginning of names and one asterisk at"
                    + " its end");
        }
        return new Rule(pattern, named(transcoder));
    }

    private static List<Rule> with(List<Rule> rules, Rule rule) {
        return Stream.concat(rules.stream(), Stream.of(rule)).toList();
    }

    /**
     * Decodes a record by the transcoder that a rule names, else by the first that can.
     *
     * @param record what was read
     * @return metadata and payload
     * @throws TranscodeException when none can; it names each that was tried with its reason
     */
    public Transcoder.Decoded decode(Transcoder.Encoded record) {
        Transcoder ruled = ruled(record.name(), record.topic());
        Attempts attempts = new Attempts();
        if (ruled != null) {
            return attempts.orThrow(attempts.decode(ruled, record));
        }
        for (int i = 0; i < inOrder.size(); i++) {
            Transcoder.Decoded decoded = attempts.decodeIfItMay(inOrder.get(i), record);
            if (decoded != null) {
                return decoded;
            }
        }
        throw attempts.failure();
    }

    /** What was tried on one record, and why it failed. */
    private static final class Attempts {

        // Made when the first one fails, which is rare.
        private List<String> tried;
        private List<Throwable> failures;

        Transcoder.Decoded decode(Transcoder transcoder, Transcoder.Encoded record) {
            try {
                Transcoder.Decoded decoded = transcoder.decode(record);
                if (decoded == null) {
                    failed(transcoder, "returned null", new TranscodeException(transcoder.name() + " returned null"));
                }
                return decoded;
            } catch (RegistryUnavailableException | OutOfMemoryError e) {
                // Neither is the transcoder's failure: the one is the registry's, the other may be another event's.
                throw e;
            } catch (TranscodeException e) {
                failed(transcoder, e.getMessage(), e);
            } catch (RuntimeException | Error e) {
                // What a transcoder of a user's throws is its own failure too, and the next one is tried.
                failed(transcoder, e.toString(), e);
            }
            return null;
        }

        private void failed(Transcoder transcoder, String reason, Throwable failure) {
            tried(transcoder.name() + " (" + reason + ")");
            failures.add(failure);
        }

        private void tried(String what) {
            if (tried == null) {
                tried = new ArrayList<>();
                failures = new ArrayList<>();
            }
            tried.add(what);
        }

        Transcoder.Decoded decodeIfItMay(Transcoder transcoder, Transcoder.Encoded record) {
            if (!transcoder.mayTry(record)) {
                tried(transcoder.name() + " (not without a rule: the value looks like another format)");
                return null;
            }
            return decode(transcoder, record);
        }

        Transcoder.Decoded orThrow(Transcoder.Decoded decoded) {
            if (decoded == null) {
                throw failure();
            }
            return decoded;
        }

        TranscodeException failure() {
            TranscodeException failure = new TranscodeException(
                    "tried " + String.join(", ", tried), failures.isEmpty() ? null : failures.get(0));
            failures.stream().skip(1).forEach(failure::addSuppressed);
            return failure;
        }
    }

    /**
     * The full name of the record type that a value holds, by the topic's transcoder if a rule names one, else by the first
     * that can tell.
     *
     * @param topic the topic it came from
     * @param headers the record's headers
     * @param value the record's value
     * @return the name; empty when none can tell
     */
    public Optional<String> recordName(String topic, Headers headers, byte[] value) {
        Transcoder ruled = first(topics, topic);
        return (ruled == null ? inOrder.stream() : Stream.of(ruled))
                .map(transcoder -> transcoder.recordName(headers, value))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /**
     * Encodes an event.
     *
     * @param event what is to be written
     * @param format the name of the transcoder; empty for the one that a rule names, else the first
     * @return the record's value
     * @throws TranscodeException when no transcoder has this name, or it cannot encode the event
     */
    public byte[] encode(Transcoder.Outgoing event, Optional<String> format) {
        return encoder(event, format).encode(event);
    }

    /** Closes those of them that can be closed. Whoever made them does that; a service closes what it made itself. */
    @Override
    public void close() {
        for (Transcoder transcoder : inOrder) {
            if (transcoder instanceof AutoCloseable closeable) {
                close(transcoder.name(), closeable);
            }
        }
    }

    private static void close(String name, AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            LOG.warn("The transcoder {} could not be closed: {}", name, e.toString());
        }
    }

    private Transcoder encoder(Transcoder.Outgoing event, Optional<String> format) {
        if (format.isPresent()) {
            try {
                return named(format.get());
            } catch (IllegalArgumentException e) {
                throw new TranscodeException(e.getMessage(), e);
            }
        }
        Transcoder ruled = ruled(event.name(), event.topic());
        return ruled == null ? inOrder.get(0) : ruled;
    }

    private Transcoder ruled(EventName name, String topic) {
        Transcoder byEvent = first(events, name.base());
        return byEvent == null ? first(topics, topic) : byEvent;
    }

    private static Transcoder first(List<Rule> rules, String text) {
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).matches(text)) {
                return rules.get(i).transcoder();
            }
        }
        return null;
    }

    private Transcoder named(String name) {
        Transcoder transcoder = byName.get(name);
        if (transcoder == null) {
            throw new IllegalArgumentException(
                    "No transcoder is named '" + name + "'. There are " + String.join(", ", byName.keySet()));
        }
        return transcoder;
    }
}
