package io.kaufmann.codec.avro;

import io.kaufmann.schema.Compatibility;
import io.kaufmann.schema.RegisteredSchema;
import io.kaufmann.schema.RegistryUnavailableException;
import io.kaufmann.schema.SchemaNotFoundException;
import io.kaufmann.schema.SchemaRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;

/** The least registry that a transcoder needs: schemas by id and the newest of each subject, and an outage on demand. */
final class SchemaShelf implements SchemaRegistry {

    private final List<RegisteredSchema> schemas = new ArrayList<>();
    private final Map<String, RegisteredSchema> latest = new ConcurrentHashMap<>();
    private final Map<String, RegisteredSchema> guids = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean down;

    /** Parses as the library does: schemas of Elixir services have defaults that Avro's own check refuses. */
    static Schema parse(String schema, Schema... known) {
        Schema.Parser parser = new Schema.Parser().setValidateDefaults(false);
        Map<String, Schema> types = new TreeMap<>();
        for (Schema type : known) {
            types.put(type.getFullName(), type);
        }
        parser.addTypes(types.values());
        return parser.parse(schema);
    }

    RegisteredSchema put(String subject, Schema schema) {
        RegisteredSchema registered = new RegisteredSchema(
                schemas.size() + 100, Optional.of(subject), OptionalInt.of(schemas.size() + 1), schema);
        schemas.add(registered);
        latest.put(subject, registered);
        return registered;
    }

    /** Also found by this GUID, and as some registries do, without its id. */
    void putGuid(String guid, RegisteredSchema schema) {
        guids.put(
                guid,
                new RegisteredSchema(RegisteredSchema.NO_ID, Optional.empty(), OptionalInt.empty(), schema.schema()));
    }

    void goDown() {
        down = true;
    }

    int asked() {
        return asked.get();
    }

    private void ask() {
        asked.incrementAndGet();
        if (down) {
            throw new RegistryUnavailableException("down", null);
        }
    }

    @Override
    public RegisteredSchema byId(int id) {
        ask();
        if (id < 100 || id >= 100 + schemas.size()) {
            throw new SchemaNotFoundException("no id " + id);
        }
        return schemas.get(id - 100);
    }

    @Override
    public RegisteredSchema byGuid(String guid) {
        ask();
        RegisteredSchema schema = guids.get(guid);
        return schema == null ? SchemaRegistry.super.byGuid(guid) : schema;
    }

    @Override
    public RegisteredSchema latest(String subject) {
        ask();
        RegisteredSchema schema = latest.get(subject);
        if (schema == null) {
            throw new SchemaNotFoundException("no subject " + subject);
        }
        return schema;
    }

    @Override
    public String location() {
        return "http://shelf";
    }

    @Override
    public RegisteredSchema version(String subject, int version) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RegisteredSchema lookUp(String subject, String schema) {
        ask();
        return schemas.stream()
                .filter(known -> known.subject().equals(Optional.of(subject)))
                .filter(known -> known.schema().toString().equals(schema))
                .findFirst()
                .orElseThrow(() -> new SchemaNotFoundException("no such schema under subject " + subject));
    }

    @Override
    public RegisteredSchema register(String subject, String schema) {
        return put(subject, parse(schema));
    }

    @Override
    public List<String> subjects() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Integer> versions(String subject) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Compatibility checkCompatibility(String subject, String schema) {
        throw new UnsupportedOperationException();
    }
}
