package io.kaufmann.schema;

import static io.kaufmann.schema.StubRegistry.INT_SCHEMA;
import static io.kaufmann.schema.StubRegistry.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes over the wire, and how answers are read. */
class HttpSchemaRegistryTest {

    private static final Schema INT = Schema.create(Schema.Type.INT);

    private final StubRegistry stub = new StubRegistry();
    private final HttpSchemaRegistry registry =
            HttpSchemaRegistry.builder(stub.url()).backOff(Duration.ofMillis(1)).build();

    @AfterEach
    void close() {
        stub.close();
    }

    @Test
    void asksAsConfluentsApiSays() {
        stub.then(200, INT_SCHEMA).then(200, answer(7, 2)).then(200, answer(7, 2));

        registry.byId(7);
        registry.version("a b/c#é", 2);
        registry.lookUp("a", "{ \"type\" : \"int\" }");

        assertThat(stub.lines())
                .containsExactly(
                        "GET /schemas/ids/7", "GET /subjects/a%20b%2Fc%23%C3%A9/versions/2", "POST /subjects/a");
        assertThat(stub.received().get(0).accept()).contains(JSON).contains("application/json");
        assertThat(stub.received().get(2).contentType()).isEqualTo(JSON);
        assertThat(stub.received().get(2).body()).isEqualTo("{\"schema\":\"\\\"int\\\"\"}");
    }

    @Test
    void putsTheUrlsPathBeforeItsOwn() {
        stub.then(200, INT_SCHEMA);

        HttpSchemaRegistry.of(stub.url() + "/apis/ccompat/v7/").byId(7);

        assertThat(stub.lines()).containsExactly("GET /apis/ccompat/v7/schemas/ids/7");
    }

    @Test
    void ignoresFieldsItDoesNotKnow() {
        stub.then(
                200,
                "{\"subject\":\"a\",\"version\":3,\"id\":7,\"guid\":\"1b2c\",\"schemaType\":\"AVRO\",\"schema\":"
                        + "\"\\\"int\\\"\",\"references\":[],\"ts\":1751,\"deleted\":false,\"metadata\":null}");

        RegisteredSchema schema = registry.latest("a");

        assertThat(schema.id()).isEqualTo(7);
        assertThat(schema.version()).hasValue(3);
        assertThat(schema.schema()).isEqualTo(INT);
    }

    @Test
    void sendsReferences() {
        stub.then(200, "{\"id\":7}").then(200, answer(7, 1));

        registry.register("a", "\"int\"", List.of(new SchemaReference("n.B", "b", 3)));

        assertThat(stub.received().get(0).body())
                .isEqualTo("{\"schema\":\"\\\"int\\\"\",\"references\":"
                        + "[{\"name\":\"n.B\",\"subject\":\"b\",\"version\":3}]}");
        assertThat(stub.received().get(1).body())
                .isEqualTo(stub.received().get(0).body());
    }

    @Test
    void registersInARegistryThatDoesNotShowTheVersionYet() {
        stub.then(200, "{\"id\":7}").thenError(404, 40403);

        RegisteredSchema schema = registry.register("a", "\"int\"");

        assertThat(schema.id()).isEqualTo(7);
        assertThat(schema.version()).isEqualTo(OptionalInt.empty());
        assertThat(schema.schema()).isEqualTo(INT);
    }

    @Test
    void readsSchemasThatOtherLanguagesWriteLessStrictly() {
        stub.then(
                200,
                "{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"order-placed\\\",\\\"fields\\\":"
                        + "[{\\\"name\\\":\\\"x\\\",\\\"type\\\":\\\"int\\\",\\\"default\\\":\\\"none\\\"}]}\"}");

        assertThat(registry.byId(7).schema().getName()).isEqualTo("order-placed");
    }

    @Test
    void saysThatASchemaIsNotAvro() {
        stub.then(200, "{\"schema\":\"{}\",\"schemaType\":\"PROTOBUF\"}");

        assertThatThrownBy(() -> registry.byId(7))
                .isInstanceOf(UnsupportedSchemaException.class)
                .hasMessageContaining("schema id 7")
                .hasMessageContaining("'PROTOBUF'")
                .hasMessageContaining(stub.url());
    }

    @Test
    void saysThatASchemaCannotBeParsed() {
        stub.then(200, "{\"schema\":\"{\\\"type\\\":\\\"recor\\\"}\"}").then(200, "{\"schema\":\"\"}");

        assertThatThrownBy(() -> registry.byId(7)).isInstanceOf(UnsupportedSchemaException.class);
        assertThatThrownBy(() -> registry.byId(7)).isInstanceOf(UnsupportedSchemaException.class);
    }

    @Test
    void comesToAnEndWithSchemasThatReferToEachOther() {
        stub.then(200, referring("A", "B")).then(200, referring("B", "A")).then(200, referring("A", "B"));

        assertThatThrownBy(() -> registry.byId(7)).isInstanceOf(UnsupportedSchemaException.class);
        assertThat(stub.received()).hasSize(3);
    }

    @Test
    void saysWhichReferencedSchemaIsMissing() {
        stub.then(200, referring("A", "B")).thenError(404, 40402);

        assertThatThrownBy(() -> registry.byId(7))
                .isInstanceOf(SchemaNotFoundException.class)
                .hasMessageContaining("version 1 of subject 'B', which another schema refers to");
        assertThat(stub.lines()).last().isEqualTo("GET /subjects/B/versions/1?deleted=true");
    }

    @Test
    void asksForAllVersionsOnlyWhenTheLevelIsTransitive() {
        stub.then(200, "{\"compatibilityLevel\":\"FULL_TRANSITIVE\"}")
                .then(200, "{\"is_compatible\":false,\"messages\":[\"because\"]}")
                .thenError(404, 40408)
                .then(200, "{\"compatibilityLevel\":\"BACKWARD\"}")
                .then(200, "{\"is_compatible\":true}");

        assertThat(registry.checkCompatibility("a", "\"int\"")).isEqualTo(new Compatibility(false, List.of("because")));
        assertThat(registry.checkCompatibility("a", "\"int\"")).isEqualTo(new Compatibility(true, List.of()));

        assertThat(stub.lines())
                .containsExactly(
                        "GET /config/a?defaultToGlobal=true",
                        "POST /compatibility/subjects/a/versions?verbose=true",
                        "GET /config/a?defaultToGlobal=true",
                        "GET /config",
                        "POST /compatibility/subjects/a/versions/latest?verbose=true");
    }

    @Test
    void doesNotAskForASubjectThatNoRegistryCanHold() {
        assertThatThrownBy(() -> registry.latest("a\u0000b"))
                .isInstanceOf(SchemaNotFoundException.class)
                .hasMessageContaining("'a\\u0000b'");
        assertThatThrownBy(() -> registry.register("", "\"int\"")).isInstanceOf(SchemaRejectedException.class);
        assertThat(stub.received()).isEmpty();
    }

    @Test
    void cutsLongNamesInMessages() {
        stub.thenError(404, 40401);

        assertThatThrownBy(() -> registry.latest("x".repeat(900)))
                .message()
                .hasSizeLessThan(900)
                .contains("xxx...'");
    }

    private static String answer(int id, int version) {
        return "{\"subject\":\"a\",\"id\":" + id + ",\"version\":" + version + ",\"schema\":\"\\\"int\\\"\"}";
    }

    private static String referring(String name, String other) {
        String schema = "{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"" + name
                + "\\\",\\\"fields\\\":[{\\\"name\\\":\\\"x\\\",\\\"type\\\":\\\"" + other + "\\\"}]}";
        return "{\"schema\":\"" + schema + "\",\"references\":[{\"name\":\"" + other + "\",\"subject\":\"" + other
                + "\",\"version\":1}]}";
    }
}
