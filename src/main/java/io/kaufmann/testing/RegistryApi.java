package io.kaufmann.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Confluent's REST API over a store: schemas and subjects. */
final class RegistryApi {

    private final SchemaStore store;
    private final SchemaDeletion deletion;

    private RegistryApi(SchemaStore store) {
        this.store = store;
        this.deletion = new SchemaDeletion(store);
    }

    /** Everything the development registry answers. */
    static RegistryRoutes routes(SchemaStore store) {
        RegistryRoutes routes = new RegistryRoutes().on("GET", "/", call -> Map.of());
        RegistryApi api = new RegistryApi(store);
        api.addSchemas(routes);
        api.addSubjects(routes);
        api.addCompatibility(routes);
        new RegistryConfigApi(store.rules()).addTo(routes);
        new RegistryModeApi(store.modes()).addTo(routes);
        return routes;
    }

    private void addSchemas(RegistryRoutes routes) {
        routes.on("GET", "/schemas/types", call -> List.of("AVRO"))
                .on("GET", "/schemas/guids/*", call -> schema(byGuid(call)))
                .on(
                        "GET",
                        "/schemas/guids/*/ids",
                        call -> List.of(
                                Map.of("context", ".", "id", byGuid(call).id())))
                .on("GET", "/schemas/ids/*", call -> schema(byId(call)))
                .on(
                        "GET",
                        "/schemas/ids/*/schema",
                        call -> RegistryJson.parse(byId(call).text()))
                .on(
                        "GET",
                        "/schemas/ids/*/versions",
                        call -> places(call).stream()
                                .map(place -> Map.of("subject", place.subject(), "version", place.number()))
                                .toList())
                .on(
                        "GET",
                        "/schemas/ids/*/subjects",
                        call -> places(call).stream()
                                .map(StoredVersion::subject)
                                .distinct()
                                .toList());
    }

    private void addSubjects(RegistryRoutes routes) {
        routes.on("GET", "/subjects", call -> store.subjects(call.flag("deleted")))
                .on(
                        "POST",
                        "/subjects/*",
                        call -> version(
                                store.lookUp(call.subject(), call.schema(), call.references(), call.flag("deleted"))))
                .on("DELETE", "/subjects/*", call -> deletion.subject(call.subject(), call.flag("permanent")))
                .on(
                        "GET",
                        "/subjects/*/versions",
                        call -> store.versions(call.subject(), call.flag("deleted")).stream()
                                .map(StoredVersion::number)
                                .toList())
                .on(
                        "POST",
                        "/subjects/*/versions",
                        call -> version(store.register(call.subject(), call.schema(), call.references())))
                .on("GET", "/subjects/*/versions/*", call -> version(find(call, call.flag("deleted"))))
                .on(
                        "DELETE",
                        "/subjects/*/versions/*",
                        call -> deletion.version(find(call, true), call.flag("permanent")))
                .on(
                        "GET",
                        "/subjects/*/versions/*/schema",
                        call -> RegistryJson.parse(
                                find(call, call.flag("deleted")).schema().text()))
                .on("GET", "/subjects/*/versions/*/referencedby", call -> deletion.referencedBy(find(call, true)));
    }

    private void addCompatibility(RegistryRoutes routes) {
        routes.on("POST", "/compatibility/subjects/*/versions", call -> compatibility(call, Optional.empty()))
                .on("POST", "/compatibility/subjects/*/versions/*", call -> compatibility(call, beside(call)));
    }

    private Map<String, Object> compatibility(RegistryCall call, Optional<StoredVersion> beside) {
        List<String> violations = store.violations(call.subject(), call.schema(), call.references(), beside);
        return call.flag("verbose")
                ? Map.of("is_compatible", violations.isEmpty(), "messages", violations)
                : Map.of("is_compatible", violations.isEmpty());
    }

    // A subject without versions takes any schema as its first.
    private Optional<StoredVersion> beside(RegistryCall call) {
        boolean first =
                call.path().get(1).equals("latest") && !store.subjects(false).contains(call.subject());
        return first ? Optional.empty() : Optional.of(find(call, false));
    }

    private StoredVersion find(RegistryCall call, boolean deleted) {
        String version = call.path().get(1);
        if (version.equals("latest") || version.equals("-1")) {
            return store.newest(call.subject(), deleted);
        }
        int number =
                number(version, RegistryProblem.INVALID_VERSION, "The specified version is not a valid version id");
        if (number < 1) {
            throw new RegistryProblem(
                    RegistryProblem.INVALID_VERSION,
                    "The specified version '" + version + "' is not a valid version id. Allowed values are between"
                            + " [1, 2^31-1] and the string \"latest\"");
        }
        return store.find(call.subject(), number, deleted);
    }

    private List<StoredVersion> places(RegistryCall call) {
        int id = byId(call).id();
        return store.places(schema -> schema.id() == id, call.flag("deleted"));
    }

    private StoredSchema byId(RegistryCall call) {
        return store.byId(number(call.path().get(0), 404, "HTTP 404 Not Found"));
    }

    private StoredSchema byGuid(RegistryCall call) {
        return store.byGuid(call.path().get(0));
    }

    private static int number(String text, int code, String message) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new RegistryProblem(code, message);
        }
    }

    private static Map<String, Object> version(StoredVersion version) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("subject", version.subject());
        json.put("version", version.number());
        json.put("id", version.schema().id());
        json.putAll(schema(version.schema()));
        return json;
    }

    // As Confluent 8 does; the type and the references are left out when they are the usual ones.
    private static Map<String, Object> schema(StoredSchema schema) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("guid", schema.guid());
        json.put("schema", schema.text());
        if (!schema.references().isEmpty()) {
            json.put(
                    "references",
                    schema.references().stream()
                            .map(reference -> Map.of(
                                    "name", reference.name(),
                                    "subject", reference.subject(),
                                    "version", reference.version()))
                            .toList());
        }
        return json;
    }
}
