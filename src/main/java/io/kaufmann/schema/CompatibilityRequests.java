package io.kaufmann.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks whether a schema could be registered. Confluent's registry chooses the versions to compare with by the subject's
 * level; Apicurio's takes all or the newest, as the path says, whatever the level. So the level is asked for first.
 */
final class CompatibilityRequests {

    private static final int SUBJECT_NOT_FOUND = 40401;

    private final RegistryCalls calls;

    CompatibilityRequests(RegistryCalls calls) {
        this.calls = calls;
    }

    Compatibility check(String subject, ObjectNode body) {
        String aim = "check a schema against subject " + SchemaTexts.quote(subject);
        calls.requireAllowed(aim, subject);
        String versions = "/compatibility" + RegistryRequest.subjectPath(subject) + "/versions";
        RegistryRequest all = RegistryRequest.post(aim, versions + "?verbose=true", body);
        RegistryRequest newest = RegistryRequest.post(aim, versions + "/latest?verbose=true", body);
        RegistryRequest fitting = isTransitive(aim, subject) ? all : newest;
        RegistryAnswer answer = calls.send(fitting);
        if (answer.errorCode().orElse(0) == SUBJECT_NOT_FOUND) {
            // A first version follows nothing.
            return new Compatibility(true, List.of());
        }
        return compatibility(calls.object(fitting, answer, "is_compatible"));
    }

    private boolean isTransitive(String aim, String subject) {
        String own = "/config/" + RegistryRequest.segment(subject) + "?defaultToGlobal=true";
        for (String path : List.of(own, "/config")) {
            RegistryAnswer answer = calls.send(RegistryRequest.get(aim, path));
            JsonNode level = answer.json().path("compatibilityLevel");
            if (answer.ok() && level.isTextual()) {
                return level.textValue().endsWith("_TRANSITIVE");
            }
        }
        return false;
    }

    private static Compatibility compatibility(JsonNode answer) {
        List<String> messages = new ArrayList<>();
        answer.path("messages").forEach(message -> messages.add(message.asText()));
        return new Compatibility(answer.path("is_compatible").asBoolean(), messages);
    }
}
