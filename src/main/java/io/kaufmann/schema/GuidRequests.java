package io.kaufmann.schema;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Reads schemas by GUID, as Confluent's registry gives them from version 8 on ({@code GET /schemas/guids/{guid}}). Its
 * answer has no id, since the same schema has another id in each registry.
 */
final class GuidRequests {

    private static final Pattern GUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final RegistryCalls calls;
    private final SchemaResolver resolver;

    GuidRequests(RegistryCalls calls, SchemaResolver resolver) {
        this.calls = calls;
        this.resolver = resolver;
    }

    RegisteredSchema byGuid(String guid) {
        String wanted = guid.toLowerCase(Locale.ROOT);
        String what = "schema GUID " + SchemaTexts.quote(wanted);
        if (!GUID.matcher(wanted).matches()) {
            throw new SchemaNotFoundException(
                    "Cannot read " + what + ": it is no GUID, so that " + calls.location() + " was not asked.");
        }
        RegistryRequest request = RegistryRequest.get("read " + what, "/schemas/guids/" + wanted);
        RegistryAnswer answer = calls.send(request);
        if (answer.status() == 404 && answer.errorCode().isEmpty() && calls.isRegistry()) {
            // A path that this registry does not have.
            throw new SchemaNotFoundException("Cannot read " + what + ": the schema registry " + answer.from()
                    + " has no GUIDs. Let the writer put schema ids to its events, or use a registry that has them"
                    + " (Confluent 8).");
        }
        var json = calls.object(request, answer, "schema");
        return new RegisteredSchema(
                json.path("id").asInt(RegisteredSchema.NO_ID),
                Optional.empty(),
                OptionalInt.empty(),
                resolver.resolve(what, json));
    }
}
