package io.kaufmann.codec;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The transcoders of a service, in order. Decoding takes the first that can; encoding takes the one that a publication
 * asks for, else the first. Immutable and thread-safe.
 */
public final class Transcoders {

    private final List<Transcoder> transcoders;

    private Transcoders(List<Transcoder> transcoders) {
        this.transcoders = transcoders;
    }

    /**
     * These transcoders, in this order.
     *
     * @param transcoders at least one, each with a name of its own
     * @return the transcoders
     * @throws IllegalArgumentException when there is none, or two share a name
     */
    public static Transcoders of(Transcoder... transcoders) {
        Set<String> names = new LinkedHashSet<>();
        for (Transcoder transcoder : transcoders) {
            if (!names.add(transcoder.name())) {
                throw new IllegalArgumentException("Two transcoders are named " + transcoder.name());
            }
        }
        if (names.isEmpty()) {
            throw new IllegalArgumentException("A service needs at least one transcoder");
        }
        return new Transcoders(List.of(transcoders));
    }

    /**
     * Decodes a record by the first transcoder that can.
     *
     * @param record what was read
     * @return metadata and payload
     * @throws TranscodeException when none can; it names each with its reason
     */
    public Transcoder.Decoded decode(Transcoder.Encoded record) {
        List<TranscodeException> failures = new ArrayList<>(0);
        for (Transcoder transcoder : transcoders) {
            try {
                return transcoder.decode(record);
            } catch (TranscodeException e) {
                failures.add(e);
            }
        }
        throw failure(failures);
    }

    private TranscodeException failure(List<TranscodeException> failures) {
        StringBuilder tried = new StringBuilder("tried ");
        for (int i = 0; i < failures.size(); i++) {
            tried.append(i == 0 ? "" : ", ").append(transcoders.get(i).name());
            tried.append(" (").append(failures.get(i).getMessage()).append(')');
        }
        TranscodeException failure = new TranscodeException(tried.toString(), failures.get(0));
        failures.stream().skip(1).forEach(failure::addSuppressed);
        return failure;
    }

    /**
     * Encodes an event.
     *
     * @param event what is to be written
     * @param format the name of the transcoder; empty for the first
     * @return the record's value
     * @throws TranscodeException when no transcoder has this name, or it cannot encode the event
     */
    public byte[] encode(Transcoder.Outgoing event, Optional<String> format) {
        return format.map(this::named).orElse(transcoders.get(0)).encode(event);
    }

    private Transcoder named(String format) {
        return transcoders.stream()
                .filter(transcoder -> transcoder.name().equals(format))
                .findFirst()
                .orElseThrow(() -> new TranscodeException("No transcoder is named '" + format + "'. There are "
                        + transcoders.stream().map(Transcoder::name).collect(Collectors.joining(", "))));
    }
}
