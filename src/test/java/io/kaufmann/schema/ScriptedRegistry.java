package io.kaufmann.schema;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.apache.avro.Schema;

/** A registry that does what a test tells it to, and counts. */
final class ScriptedRegistry implements SchemaRegistry {

    final AtomicInteger idRequests = new AtomicInteger();
    final AtomicInteger latestRequests = new AtomicInteger();
    final AtomicInteger guidRequests = new AtomicInteger();
    volatile Function<String, RegisteredSchema> onGuid = guid -> schema(RegisteredSchema.NO_ID);
    volatile IntFunction<RegisteredSchema> onId = ScriptedRegistry::schema;
    volatile Function<String, RegisteredSchema> onLatest = subject -> named(subject, 1);
    volatile Function<String, RegisteredSchema> onRegister = subject -> named(subject, 2);

    /** A schema by id alone. */
    static RegisteredSchema schema(int id) {
        return new RegisteredSchema(id, Optional.empty(), OptionalInt.empty(), Schema.create(Schema.Type.INT));
    }

    /** A version of a subject; its id is 100 more. */
    static RegisteredSchema named(String subject, int version) {
        return new RegisteredSchema(
                100 + version, Optional.of(subject), OptionalInt.of(version), Schema.create(Schema.Type.INT));
    }

    @Override
    public RegisteredSchema byId(int id) {
        idRequests.incrementAndGet();
        return onId.apply(id);
    }

    @Override
    public RegisteredSchema byGuid(String guid) {
        guidRequests.incrementAndGet();
        return onGuid.apply(guid);
    }

    @Override
    public RegisteredSchema register(String subject, String schema, List<SchemaReference> references) {
        return onRegister.apply(subject);
    }

    @Override
    public List<Integer> deleteSubject(String subject, Deletion deletion) {
        return List.of(1);
    }

    @Override
    public void deleteVersion(String subject, int version, Deletion deletion) {}

    @Override
    public RegisteredSchema latest(String subject) {
        latestRequests.incrementAndGet();
        return onLatest.apply(subject);
    }

    @Override
    public RegisteredSchema register(String subject, String schema) {
        return onRegister.apply(subject);
    }

    @Override
    public RegisteredSchema version(String subject, int version) {
        return named(subject, version);
    }

    @Override
    public RegisteredSchema lookUp(String subject, String schema) {
        return named(subject, 1);
    }

    @Override
    public List<String> subjects() {
        return List.of("a");
    }

    @Override
    public List<Integer> versions(String subject) {
        return List.of(1);
    }

    @Override
    public Compatibility checkCompatibility(String subject, String schema) {
        return new Compatibility(true, List.of());
    }

    @Override
    public String location() {
        return "http://scripted";
    }
}
