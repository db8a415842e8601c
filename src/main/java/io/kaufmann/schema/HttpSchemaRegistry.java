package io.kaufmann.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * A schema registry reached over Confluent's REST API: Confluent's own, Apicurio's (base URL {@code
 * .../apis/ccompat/v7}) and others that speak it.
 *
 * <pre>{@code
 * SchemaRegistry registry = HttpSchemaRegistry.of("http://localhost:8081");
 * Schema writer = registry.byId(17).schema();
 * }</pre>
 *
 * <p>Every call is a request; put a {@link CachingSchemaRegistry} before it on the way of events. Immutable and
 * thread-safe.
 */
public final class HttpSchemaRegistry implements SchemaRegistry {

    private final RegistryCalls calls;
    private final CompatibilityRequests compatibility;
    private final DeletionRequests deletion;
    private final GuidRequests guids;
    private final RegistrySettings settings;
    private final SchemaResolver resolver;

    HttpSchemaRegistry(RegistryHttp http) {
        this.calls = new RegistryCalls(http);
        this.compatibility = new CompatibilityRequests(calls);
        this.deletion = new DeletionRequests(calls);
        this.settings = new HttpRegistrySettings(calls);
        this.resolver = new SchemaResolver(http.location(), this::fetch, http.longestResolution());
        this.guids = new GuidRequests(calls, resolver);
    }

    /**
     * A registry with the default limits: 3 s to connect, 5 s for a request, 3 attempts, 10 s in all.
     *
     * @param url the base URL, {@code http} or {@code https}, with a path and with a user and password if need be; several
     *     URLs of the same registry separated by commas
     * @return the registry; nothing is sent yet
     * @throws IllegalArgumentException when the URL cannot be used
     */
    public static HttpSchemaRegistry of(String url) {
        return builder(url).build();
    }

    /**
     * For other limits, for credentials apart from the URL, and for TLS.
     *
     * @param url the base URL; several URLs of the same registry separated by commas
     * @return a builder
     * @throws IllegalArgumentException when the URL cannot be used
     */
    public static HttpSchemaRegistryBuilder builder(String url) {
        return new HttpSchemaRegistryBuilder(RegistryUrl.parseAll(url));
    }

    /**
     * For a registry that is reached under several URLs. The first is asked until it fails (an I/O error, 5xx or 429),
     * then the next, and from then on the one that answered last.
     *
     * @param urls the base URLs of the same registry, at least one
     * @return a builder
     * @throws IllegalArgumentException when there is none, or one cannot be used
     */
    public static HttpSchemaRegistryBuilder builder(List<String> urls) {
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("No URL of a schema registry is given; write one or more");
        }
        return new HttpSchemaRegistryBuilder(
                urls.stream().map(RegistryUrl::parse).toList());
    }

    @Override
    public RegisteredSchema byId(int id) {
        JsonNode answer = calls.object(RegistryRequest.get("read schema id " + id, "/schemas/ids/" + id), "schema");
        return new RegisteredSchema(
                id, Optional.empty(), OptionalInt.empty(), resolver.resolve("schema id " + id, answer));
    }

    @Override
    public RegisteredSchema byGuid(String guid) {
        return guids.byGuid(guid);
    }

    @Override
    public RegisteredSchema latest(String subject) {
        return read(subject, "the latest version of subject " + SchemaTexts.quote(subject), "latest");
    }

    @Override
    public RegisteredSchema version(String subject, int version) {
        String what = "version " + version + " of subject " + SchemaTexts.quote(subject);
        return read(subject, what, String.valueOf(version));
    }

    @Override
    public RegisteredSchema lookUp(String subject, String schema) {
        return lookUp(subject, schema, List.of());
    }

    @Override
    public RegisteredSchema lookUp(String subject, String schema, List<SchemaReference> references) {
        return lookUp(subject, body(subject, schema, references));
    }

    @Override
    public RegisteredSchema register(String subject, String schema) {
        return register(subject, schema, List.of());
    }

    @Override
    public RegisteredSchema register(String subject, String schema, List<SchemaReference> references) {
        return register(subject, body(subject, schema, references));
    }

    @Override
    public List<String> subjects() {
        TreeSet<String> subjects = new TreeSet<>();
        calls.array(RegistryRequest.get("list the subjects", "/subjects"))
                .forEach(subject -> subjects.add(subject.asText()));
        return List.copyOf(subjects);
    }

    @Override
    public List<Integer> versions(String subject) {
        String aim = "list the versions of subject " + SchemaTexts.quote(subject);
        calls.requirePossible(aim, subject);
        TreeSet<Integer> versions = new TreeSet<>();
        calls.array(RegistryRequest.get(aim, RegistryRequest.subjectPath(subject) + "/versions"))
                .forEach(version -> versions.add(version.asInt()));
        return List.copyOf(versions);
    }

    @Override
    public Compatibility checkCompatibility(String subject, String schema) {
        return checkCompatibility(subject, schema, List.of());
    }

    @Override
    public Compatibility checkCompatibility(String subject, String schema, List<SchemaReference> references) {
        return compatibility.check(subject, body(subject, schema, references));
    }

    @Override
    public List<Integer> deleteSubject(String subject, Deletion kind) {
        return deletion.subject(subject, kind);
    }

    @Override
    public void deleteVersion(String subject, int version, Deletion kind) {
        deletion.version(subject, version, kind);
    }

    @Override
    public RegistrySettings settings() {
        return settings;
    }

    @Override
    public String location() {
        return calls.location();
    }

    @Override
    public String toString() {
        return "HttpSchemaRegistry[" + location() + "]";
    }

    private RegisteredSchema register(String subject, ObjectNode body) {
        String aim = "register a schema under subject " + SchemaTexts.quote(subject);
        calls.requireAllowed(aim, subject);
        JsonNode answer = calls.identified(
                RegistryRequest.post(aim, RegistryRequest.subjectPath(subject) + "/versions", body), "id");
        try {
            return lookUp(subject, body);
        } catch (SchemaNotFoundException e) {
            // Only the leader of a group of registries knows it yet; the id is what counts.
            JsonNode sent = body.deepCopy();
            return registered(answer.path("id").asInt(), subject, OptionalInt.empty(), aim, sent);
        }
    }

    private RegisteredSchema lookUp(String subject, ObjectNode body) {
        String aim = "look up a schema under subject " + SchemaTexts.quote(subject);
        calls.requirePossible(aim, subject);
        return registered(
                subject,
                aim,
                calls.identified(RegistryRequest.post(aim, RegistryRequest.subjectPath(subject), body), "schema"));
    }

    private RegisteredSchema read(String subject, String what, String version) {
        calls.requirePossible("read " + what, subject);
        RegistryRequest request =
                RegistryRequest.get("read " + what, RegistryRequest.subjectPath(subject) + "/versions/" + version);
        return registered(subject, what, calls.identified(request, "schema"));
    }

    private RegisteredSchema registered(String subject, String what, JsonNode answer) {
        OptionalInt version = OptionalInt.of(answer.path("version").asInt());
        return registered(answer.path("id").asInt(), subject, version, what, answer);
    }

    private RegisteredSchema registered(int id, String subject, OptionalInt version, String what, JsonNode answer) {
        return new RegisteredSchema(id, Optional.of(subject), version, resolver.resolve(what, answer));
    }

    // A referenced version may have been deleted since, as long as something refers to it.
    private JsonNode fetch(SchemaReference reference) {
        String aim = "read version " + reference.version() + " of subject " + SchemaTexts.quote(reference.subject())
                + ", which another schema refers to";
        String path =
                RegistryRequest.subjectPath(reference.subject()) + "/versions/" + reference.version() + "?deleted=true";
        return calls.object(RegistryRequest.get(aim, path), "schema");
    }

    // Some registries compare texts, so each schema has one form.
    private static ObjectNode body(String subject, String schema, List<SchemaReference> references) {
        String text =
                references.isEmpty() ? SchemaTexts.canonical(subject, schema) : SchemaTexts.compact(subject, schema);
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("schema", text);
        if (!references.isEmpty()) {
            var array = body.putArray("references");
            references.forEach(reference -> array.addObject()
                    .put("name", reference.name())
                    .put("subject", reference.subject())
                    .put("version", reference.version()));
        }
        return body;
    }
}
