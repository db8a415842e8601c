package io.kaufmann.task;

import io.kaufmann.event.EventName;
import io.kaufmann.event.EventNaming;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** What is odd about a schema that can be registered all the same. */
final class SchemaWarnings {

    private static final String SOME_TOPIC = "some-topic";

    private SchemaWarnings() {}

    static List<String> of(SchemaSource source, Schema schema, SchemaChoices choices) {
        List<String> warnings = new ArrayList<>();
        String subject = source.subject();
        String wanted = choices.subjects().subject(EventName.of(subject), SOME_TOPIC);
        if (!wanted.equals(subject) && !wanted.contains(SOME_TOPIC)) {
            warnings.add("Warning: no event's schema is looked for under " + subject + ": events of this name have "
                    + wanted + ". Rename the file to " + wanted + SchemaFolders.ENDING);
        }
        if (isEvent(subject) && schema.getType() != Schema.Type.RECORD) {
            warnings.add("Warning: an event is a record with the fields meta and payload, and this is of type "
                    + schema.getType().getName());
        }
        if (choices.naming().equals(EventNaming.record())
                && schema.getType() == Schema.Type.RECORD
                && !schema.getFullName().equals(subject)) {
            warnings.add(
                    "Warning: events have their record's full name here (kaufmann.event.naming is record), which is "
                            + schema.getFullName() + ", and the file is named " + subject);
        }
        strictly(schema, warnings);
        return warnings;
    }

    private static void strictly(Schema schema, List<String> warnings) {
        try {
            new Schema.Parser().parse(schema.toString());
        } catch (RuntimeException e) {
            warnings.add("Warning: Avro's rules do not allow this, and a registry may refuse it: " + e.getMessage());
        }
    }

    private static boolean isEvent(String subject) {
        return Stream.of("command.", "event.", "query.").anyMatch(subject::startsWith);
    }
}
