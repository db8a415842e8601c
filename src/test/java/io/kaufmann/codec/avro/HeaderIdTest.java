package io.kaufmann.codec.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.codec.Transcoder;
import io.kaufmann.codec.Transcoder.Encoded;
import io.kaufmann.event.EventName;
import io.kaufmann.schema.RegisteredSchema;
import io.kaufmann.schema.RegistryUnavailableException;
import io.kaufmann.schema.SubjectStrategy;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

/** The schema's id in Confluent's header, as its own clients of version 8 write it. */
class HeaderIdTest {

    private static final String HEADER = "__value_schema_id";
    private static final UUID GUID = UUID.fromString("89791762-2336-4186-9674-299b90a802e2");

    private final SchemaShelf shelf = new SchemaShelf();
    private final AvroTranscoder transcoder = AvroTranscoder.of(shelf, SubjectStrategy.eventName());
    private final RegisteredSchema number = shelf.put("event.x", SchemaShelf.parse("\"int\""));
    private final RegisteredSchema person = shelf.put("event.y", SchemaShelf.parse("""
            {"type": "record", "name": "acme.Person", "fields": [{"name": "name", "type": "string"}]}"""));

    @Test
    void anIdInTheHeader() {
        assertThat(decode(headers(id(person.id())), (byte) 2, (byte) 'A')).isEqualTo(Map.of("name", "A"));
    }

    @Test
    void aGuidInTheHeader() {
        shelf.putGuid(GUID.toString(), person);

        assertThat(decode(headers(guid(GUID)), (byte) 2, (byte) 'A')).isEqualTo(Map.of("name", "A"));
        int asked = shelf.asked();
        decode(headers(guid(GUID)), (byte) 2, (byte) 'A');
        assertThat(shelf.asked()).as("asked once").isEqualTo(asked);
    }

    @Test
    void theHeaderGoesBeforeTheFrame() {
        RegisteredSchema bytes = shelf.put("event.z", SchemaShelf.parse("""
                {"type": "fixed", "name": "Six", "size": 6}"""));

        assertThat(decode(headers(id(bytes.id())), Events.frame(number.id(), (byte) 2)))
                .isEqualTo(ByteBuffer.wrap(Events.frame(number.id(), (byte) 2)));
    }

    @Test
    void ofSeveralHeadersTheLastCounts() {
        Headers headers = headers(id(number.id()));
        headers.add(HEADER, id(person.id()));

        assertThat(decode(headers, (byte) 2, (byte) 'A')).isEqualTo(Map.of("name", "A"));
    }

    @Test
    void whatIsWrittenHasNoHeaderThatBeliesIt() {
        for (Transcoder writing : List.of(transcoder, BareTranscoder.of(shelf, SubjectStrategy.eventName()))) {
            Headers sentOn = headers(id(number.id())).add("trace", id(1));

            writing.encode(new Transcoder.Outgoing(
                    EventName.of("event.y"), "rapids", Optional.empty(), Map.of("name", "A"), sentOn));

            assertThat(sentOn).extracting(Header::key).containsExactly("trace");
        }
    }

    @Test
    void aHeaderWithoutAValueIsNone() {
        assertThat(decode(headers(null), Events.frame(number.id(), (byte) 2))).isEqualTo(1);
        assertThat(decode(new RecordHeaders().add("__key_schema_id", id(9)), Events.frame(number.id(), (byte) 2)))
                .isEqualTo(1);
    }

    @Test
    void headersThatAreNone() {
        assertFails(new byte[0])
                .hasMessageContaining("header __value_schema_id of 0 bytes: neither 0x00 and a schema id");
        assertFails(new byte[] {0, 0, 0, 1}).hasMessageContaining("of 4 bytes, the first 0x00");
        assertFails(new byte[] {1, 0, 0, 0, 1}).hasMessageContaining("of 5 bytes, the first 0x01");
        assertFails(new byte[] {7, 0, 0, 0, 1}).hasMessageContaining("of 5 bytes, the first 0x07");
        assertFails(id(-1)).hasMessageContaining("schema id -1 is negative");
        assertFails(new byte[1 << 20]).hasMessageContaining("of 1048576 bytes");
    }

    @Test
    void idsAndGuidsThatNobodyKnows() {
        assertFails(id(7)).hasMessage("schema id 7 not found at http://shelf. Was it written with another registry?");
        assertFails(guid(GUID))
                .hasMessage("schema GUID " + GUID + " not found at http://shelf. Was it written with another"
                        + " registry?");
    }

    @Test
    void everyByteMustBeUsed() {
        assertThatThrownBy(() -> decode(headers(id(number.id())), (byte) 2, (byte) 2))
                .isInstanceOf(TranscodeException.class)
                .hasMessageContaining("1 bytes before the end");
        assertThatThrownBy(() -> decode(headers(id(number.id())), (byte[]) null))
                .isInstanceOf(TranscodeException.class)
                .hasMessageContaining("no value");
    }

    @Test
    void bareAvroIsNotTriedUnaskedWhereAHeaderTellsTheSchema() {
        BareTranscoder bare = BareTranscoder.of(shelf, SubjectStrategy.eventName());

        assertThat(bare.mayTry(encoded(headers(id(1)), new byte[] {2}))).isFalse();
        assertThat(bare.mayTry(encoded(new RecordHeaders(), new byte[] {2}))).isTrue();
    }

    @Test
    void theRecordsNameIsKnownWithoutDecoding() {
        shelf.putGuid(GUID.toString(), person);
        byte[] nonsense = {9, 9, 9};

        assertThat(transcoder.recordName(headers(id(person.id())), nonsense)).contains("acme.Person");
        assertThat(transcoder.recordName(headers(guid(GUID)), nonsense)).contains("acme.Person");
        assertThat(transcoder.recordName(new RecordHeaders(), Events.frame(person.id(), nonsense)))
                .contains("acme.Person");
        int asked = shelf.asked();
        transcoder.recordName(new RecordHeaders(), Events.frame(person.id(), nonsense));
        decode(headers(id(person.id())), (byte) 0);
        assertThat(shelf.asked()).as("asked once").isEqualTo(asked);
    }

    @Test
    void whereThereIsNoRecordThereIsNoName() {
        RecordHeaders none = new RecordHeaders();

        assertThat(transcoder.recordName(none, Events.frame(number.id(), (byte) 2)))
                .isEmpty();
        assertThat(transcoder.recordName(none, null)).isEmpty();
        assertThat(transcoder.recordName(none, new byte[] {'{', '}'})).isEmpty();
        assertThat(transcoder.recordName(none, new byte[4])).isEmpty();
        assertThat(transcoder.recordName(none, Events.frame(-1))).isEmpty();
        assertThat(transcoder.recordName(none, Events.frame(7)))
                .as("an id that nobody knows")
                .isEmpty();
        assertThat(transcoder.recordName(headers(new byte[3]), new byte[1])).isEmpty();
        assertThat(transcoder.recordName(headers(id(person.id())), null))
                .as("a tombstone")
                .isEmpty();
    }

    @Test
    void anOutageGoesThrough() {
        shelf.goDown();

        assertThatThrownBy(() -> transcoder.recordName(new RecordHeaders(), Events.frame(person.id())))
                .isInstanceOf(RegistryUnavailableException.class);
        assertThatThrownBy(() -> decode(headers(guid(GUID)), (byte) 0))
                .isInstanceOf(RegistryUnavailableException.class);
    }

    private AbstractThrowableAssert<?, ?> assertFails(byte[] header) {
        return assertThatThrownBy(() -> decode(headers(header), (byte) 0)).isInstanceOf(TranscodeException.class);
    }

    private Object decode(Headers headers, byte... value) {
        return transcoder.decode(encoded(headers, value)).payload().value();
    }

    private static Encoded encoded(Headers headers, byte[] value) {
        return new Encoded(EventName.of("event.any"), "rapids", headers, value);
    }

    private static Headers headers(byte[] value) {
        return new RecordHeaders().add(HEADER, value);
    }

    private static byte[] id(int id) {
        return ByteBuffer.allocate(5).put((byte) 0).putInt(id).array();
    }

    private static byte[] guid(UUID guid) {
        return ByteBuffer.allocate(17)
                .put((byte) 1)
                .putLong(guid.getMostSignificantBits())
                .putLong(guid.getLeastSignificantBits())
                .array();
    }
}
