package io.kaufmann.codec.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import io.kaufmann.codec.TranscodeException;
import io.kaufmann.event.EventName;
import java.util.List;
import java.util.Map;

/** Says where in an event a value is that cannot be written, and why. */
final class WriteFailure {

    private static final int MAX_PATH = 300;

    private WriteFailure() {}

    static TranscodeException of(EventName event, String path, Exception e) {
        return new TranscodeException(event.printable() + " " + path + ": " + reason(e), e);
    }

    /** The path of an error in a whole event. */
    static String path(Exception e, Map<String, Object> root) {
        List<JsonMappingException.Reference> steps = steps(e);
        if (steps.isEmpty()) {
            return Envelope.PAYLOAD;
        }
        String first = String.valueOf(steps.get(0).getFieldName());
        boolean apart = first.equals(Envelope.META) || (first.equals(Envelope.PAYLOAD) && root.containsKey(first));
        return path(steps, apart ? "" : Envelope.PAYLOAD);
    }

    /** The path of an error in a part of an event. */
    static String path(Exception e, String part) {
        return path(steps(e), part);
    }

    private static List<JsonMappingException.Reference> steps(Throwable e) {
        for (Throwable at = e; at != null; at = at.getCause()) {
            if (at instanceof JsonMappingException known && !known.getPath().isEmpty()) {
                return known.getPath();
            }
        }
        return List.of();
    }

    private static String path(List<JsonMappingException.Reference> steps, String start) {
        StringBuilder path = new StringBuilder(start);
        for (JsonMappingException.Reference step : steps) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(EventName.printable(step.getFieldName()));
            }
            if (path.length() > MAX_PATH) {
                return path.substring(0, MAX_PATH) + "...";
            }
        }
        return path.toString();
    }

    private static String reason(Throwable e) {
        Throwable at = e;
        while (!(at instanceof JsonProcessingException) && at.getCause() != null) {
            at = at.getCause();
        }
        if (!(at instanceof JsonProcessingException json)) {
            return "reading it failed with " + e.getClass().getName();
        }
        return json.getCause() == null || json.getCause() instanceof JsonProcessingException
                ? EventName.printable(json.getOriginalMessage())
                : "reading it failed with " + json.getCause().getClass().getName();
    }
}
