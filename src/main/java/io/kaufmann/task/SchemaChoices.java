package io.kaufmann.task;

import io.kaufmann.event.EventNaming;
import io.kaufmann.schema.SubjectStrategy;

/**
 * What a caller may choose about schemas. Immutable.
 *
 * @param form how a registry gets a schema that names types of others
 * @param subjects under which subject the service looks for an event's schema
 * @param naming where the service finds an event's name
 */
record SchemaChoices(MetadataForm form, SubjectStrategy subjects, EventNaming naming) {

    static final SchemaChoices DEFAULT =
            new SchemaChoices(MetadataForm.INLINE, SubjectStrategy.eventName(), EventNaming.key());

    SchemaChoices with(MetadataForm other) {
        return new SchemaChoices(other, subjects, naming);
    }

    SchemaChoices with(SubjectStrategy otherSubjects, EventNaming otherNaming) {
        return new SchemaChoices(form, otherSubjects, otherNaming);
    }
}
