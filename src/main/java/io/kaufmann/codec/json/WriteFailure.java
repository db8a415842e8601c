package io.kaufmann.codec.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import io.kaufmann.codec.TranscodeException;
import io.kaufmann.event.EventName;
import java.util.List;

/** Says where in an event a value is that cannot be written, and why. */
final class WriteFailure {

    private static final int MAX_PATH = 300;

    private WriteFailure() {}

    /**
     * The failure.
     *
     * @param part the part of the event that was written: {@code meta} or {@code payload}
     */
    static TranscodeException of(EventName event, String part, Exception e) {
        return new TranscodeException(event.printable() + " " + path(steps(e), part) + ": " + reason(e), e);
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
                path.append('.').append(EventName.printable(step.getFieldName()));
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
