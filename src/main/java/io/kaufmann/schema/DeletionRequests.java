package io.kaufmann.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.TreeSet;

/**
 * Deletes subjects and versions. Confluent's registry deletes for good only what was deleted softly before, Apicurio's
 * anything: here one call does all that is needed.
 */
final class DeletionRequests {

    private static final int SUBJECT_NOT_SOFT_DELETED = 40405;
    private static final int VERSION_NOT_SOFT_DELETED = 40407;

    private final RegistryCalls calls;

    DeletionRequests(RegistryCalls calls) {
        this.calls = calls;
    }

    List<Integer> subject(String subject, Deletion deletion) {
        String aim = "delete subject " + SchemaTexts.quote(subject);
        calls.requirePossible(aim, subject);
        TreeSet<Integer> versions = new TreeSet<>();
        JsonNode deleted = delete(aim, RegistryRequest.subjectPath(subject), deletion, SUBJECT_NOT_SOFT_DELETED);
        deleted.forEach(version -> versions.add(version.asInt()));
        return List.copyOf(versions);
    }

    void version(String subject, int version, Deletion deletion) {
        String aim = "delete version " + version + " of subject " + SchemaTexts.quote(subject);
        calls.requirePossible(aim, subject);
        String path = RegistryRequest.subjectPath(subject) + "/versions/" + version;
        delete(aim, path, deletion, VERSION_NOT_SOFT_DELETED);
    }

    private JsonNode delete(String aim, String path, Deletion deletion, int softFirst) {
        RegistryRequest soft = RegistryRequest.delete(aim, path);
        if (deletion == Deletion.SOFT) {
            return calls.any(soft);
        }
        RegistryRequest permanent = RegistryRequest.delete(aim, path + "?permanent=true");
        RegistryAnswer answer = calls.send(permanent);
        if (answer.errorCode().orElse(0) == softFirst) {
            calls.any(soft);
            return calls.any(permanent);
        }
        return calls.any(permanent, answer);
    }
}
