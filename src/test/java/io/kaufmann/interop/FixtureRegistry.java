package io.kaufmann.interop;

import io.kaufmann.schema.Compatibility;
import io.kaufmann.schema.RegisteredSchema;
import io.kaufmann.schema.SchemaNotFoundException;
import io.kaufmann.schema.SchemaRegistry;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.avro.Schema;

/** A registry with a fixture's schema under the fixture's id, and the reader's as the newest, if there is one. */
final class FixtureRegistry implements SchemaRegistry {

    private final Fixture fixture;
    private final boolean withReader;

    FixtureRegistry(Fixture fixture, boolean withReader) {
        this.fixture = fixture;
        this.withReader = withReader;
    }

    @Override
    public RegisteredSchema byId(int id) {
        require(id == fixture.schemaId(), "id " + id);
        return registered(id, 1, fixture.schema());
    }

    @Override
    public RegisteredSchema byGuid(String guid) {
        require(guid.equals(fixture.guid()), "GUID " + guid);
        return byId(fixture.schemaId());
    }

    @Override
    public RegisteredSchema latest(String subject) {
        require(subject.equals(fixture.subject()), "subject " + subject);
        return withReader
                ? registered(fixture.schemaId() + 1, 2, fixture.readerSchema())
                : registered(fixture.schemaId(), 1, fixture.schema());
    }

    private RegisteredSchema registered(int id, int version, Schema schema) {
        return new RegisteredSchema(id, Optional.of(fixture.subject()), OptionalInt.of(version), schema);
    }

    private void require(boolean known, String what) {
        if (!known) {
            throw new SchemaNotFoundException("no " + what + " in " + fixture.file());
        }
    }

    @Override
    public String location() {
        return fixture.file();
    }

    @Override
    public RegisteredSchema version(String subject, int version) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RegisteredSchema lookUp(String subject, String schema) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RegisteredSchema register(String subject, String schema) {
        throw new UnsupportedOperationException();
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
