package io.kaufmann.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/**
 * What Kaufmann relies on in any schema registry. Each test has subjects and schemas of its own, so that it can run
 * against a registry that others use at the same time.
 */
abstract class RegistryContract {

    private final String unique = UUID.randomUUID().toString().replace("-", "");

    /** The registry to test. */
    abstract SchemaRegistry registry();

    private void level(String subject, CompatibilityLevel level) {
        registry().settings().setLevel(subject, level);
    }

    /** Whether it keeps some subjects from being written. */
    boolean hasModes() {
        return true;
    }

    /** Whether it tells what could follow a schema that refers to others. */
    boolean checksReferences() {
        return true;
    }

    /** A subject that nobody else uses. */
    final String subject(String name) {
        return "contract." + name + "." + unique;
    }

    /** A record schema that nobody else uses, with these fields. */
    final String record(String... fields) {
        return named("Order", fields);
    }

    final String named(String name, String... fields) {
        return "{\"type\":\"record\",\"name\":\"" + name + "\",\"namespace\":\"n" + unique + "\",\"fields\":["
                + String.join(",", fields) + "]}";
    }

    final String fullName(String name) {
        return "n" + unique + "." + name;
    }

    static String field(String name, String type) {
        return "{\"name\":\"" + name + "\",\"type\":" + type + "}";
    }

    static final String INT = "\"int\"";
    static final String STRING = "\"string\"";

    static Schema parsed(String text) {
        return new Schema.Parser().parse(text);
    }

    @Test
    void readsBackByIdWhatWasRegistered() {
        String schema = record(field("x", INT));
        RegisteredSchema registered = registry().register(subject("a"), schema);

        RegisteredSchema read = registry().byId(registered.id());

        assertThat(registered.schema()).isEqualTo(parsed(schema));
        assertThat(registered.subject()).hasValue(subject("a"));
        assertThat(registered.version()).hasValue(1);
        assertThat(read.id()).isEqualTo(registered.id());
        assertThat(read.schema()).isEqualTo(parsed(schema));
        assertThat(read.subject()).isEmpty();
        assertThat(read.version()).isEmpty();
    }

    @Test
    void keepsAllThatASchemaSays() {
        String schema = record(
                "{\"name\":\"price\",\"type\":{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":9,"
                        + "\"scale\":2},\"doc\":\"in euro \\u20ac\",\"aliases\":[\"cost\"],\"unit\":\"EUR\"}",
                "{\"name\":\"state\",\"type\":{\"type\":\"enum\",\"name\":\"State\",\"symbols\":[\"A\",\"B\"],"
                        + "\"default\":\"A\"},\"default\":\"B\"}",
                field("parent", "[\"null\",\"Order\"]"));
        int id = registry().register(subject("a"), schema).id();

        assertThat(registry().byId(id).schema().toString())
                .isEqualTo(parsed(schema).toString());
    }

    @Test
    void registersAnEqualSchemaOnceHoweverItIsWritten() {
        String schema = record(field("x", INT));
        String spread = schema.replace(",", " ,\n  ").replace(":", " : ");
        RegisteredSchema first = registry().register(subject("a"), schema);

        RegisteredSchema again = registry().register(subject("a"), spread);

        assertThat(again).isEqualTo(first);
        assertThat(registry().versions(subject("a"))).containsExactly(1);
        assertThat(registry().lookUp(subject("a"), spread)).isEqualTo(first);
    }

    @Test
    void givesASchemaTheSameIdUnderAllSubjects() {
        String schema = record(field("x", INT));

        RegisteredSchema a = registry().register(subject("a"), schema);
        RegisteredSchema b = registry().register(subject("b"), schema);

        assertThat(b.id()).isEqualTo(a.id());
        assertThat(b.subject()).hasValue(subject("b"));
    }

    @Test
    void latestIsTheNewestVersionAndEachVersionCanBeRead() {
        String one = record(field("x", INT));
        String two = record(field("x", INT), "{\"name\":\"y\",\"type\":\"int\",\"default\":0}");
        RegisteredSchema first = registry().register(subject("a"), one);
        RegisteredSchema second = registry().register(subject("a"), two);

        assertThat(registry().latest(subject("a"))).isEqualTo(second);
        assertThat(registry().version(subject("a"), 1)).isEqualTo(first);
        assertThat(registry().version(subject("a"), 2)).isEqualTo(second);
        assertThat(registry().versions(subject("a"))).containsExactly(1, 2);
        assertThat(second.version()).hasValue(2);
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.schema()).isEqualTo(parsed(two));
    }

    @Test
    void registeringAnOlderVersionAgainChangesNothing() {
        String one = record(field("x", INT));
        String two = record(field("x", INT), "{\"name\":\"y\",\"type\":\"int\",\"default\":0}");
        RegisteredSchema first = registry().register(subject("a"), one);
        RegisteredSchema second = registry().register(subject("a"), two);

        assertThat(registry().register(subject("a"), one)).isEqualTo(first);
        assertThat(registry().latest(subject("a"))).isEqualTo(second);
    }

    @Test
    void looksUpWithoutRegistering() {
        String one = record(field("x", INT));
        RegisteredSchema first = registry().register(subject("a"), one);

        assertThat(registry().lookUp(subject("a"), one)).isEqualTo(first);
        assertThatThrownBy(() -> registry().lookUp(subject("a"), record(field("z", INT))))
                .isInstanceOf(SchemaNotFoundException.class)
                .hasMessageContaining(subject("a"));
        assertThatThrownBy(() -> registry().lookUp(subject("b"), one)).isInstanceOf(SchemaNotFoundException.class);
        assertThat(registry().versions(subject("a"))).containsExactly(1);
    }

    @Test
    void listsSubjectsSorted() {
        registry().register(subject("b"), record(field("x", INT)));
        registry().register(subject("a"), record(field("x", INT)));

        assertThat(registry().subjects()).isSorted().contains(subject("a"), subject("b"));
    }

    @Test
    void saysThatAnIdIsNotThere() {
        assertThatThrownBy(() -> registry().byId(Integer.MAX_VALUE))
                .isInstanceOf(SchemaNotFoundException.class)
                .hasMessageContaining(String.valueOf(Integer.MAX_VALUE))
                .hasMessageContaining(registry().location());
        // Any four bytes of a frame can be asked for.
        assertThatThrownBy(() -> registry().byId(-1)).isInstanceOf(SchemaNotFoundException.class);
        assertThatThrownBy(() -> registry().byId(Integer.MIN_VALUE)).isInstanceOf(SchemaNotFoundException.class);
    }

    @Test
    void saysThatASubjectIsNotThere() {
        String nowhere = subject("nowhere");

        assertThatThrownBy(() -> registry().latest(nowhere))
                .isInstanceOf(SchemaNotFoundException.class)
                .hasMessageContaining(nowhere)
                .hasMessageContaining(registry().location());
        assertThatThrownBy(() -> registry().versions(nowhere)).isInstanceOf(SchemaNotFoundException.class);
        assertThatThrownBy(() -> registry().version(nowhere, 1)).isInstanceOf(SchemaNotFoundException.class);
    }

    @Test
    void saysThatAVersionIsNotThere() {
        registry().register(subject("a"), record(field("x", INT)));

        assertThatThrownBy(() -> registry().version(subject("a"), 9)).isInstanceOf(SchemaNotFoundException.class);
        assertThatThrownBy(() -> registry().version(subject("a"), 0)).isInstanceOf(SchemaNotFoundException.class);
    }

    @Test
    void saysThatASubjectOfAnImpossibleNameIsNotThere() {
        for (String name : List.of("", ".", "..", "a\nb", "\0", "x".repeat(5_000))) {
            assertThatThrownBy(() -> registry().latest(name)).isInstanceOf(SchemaNotFoundException.class);
        }
    }

    @Test
    void takesSubjectsWithUnusualCharacters() {
        String name = subject("event ordér+placed#42?a=b&c");

        RegisteredSchema registered = registry().register(name, record(field("x", INT)));

        assertThat(registered.subject()).hasValue(name);
        assertThat(registry().latest(name)).isEqualTo(registered);
        assertThat(registry().subjects()).contains(name);
    }

    @Test
    void refusesWhatIsNotCompatible() {
        registry().register(subject("a"), record(field("x", INT)));
        level(subject("a"), CompatibilityLevel.BACKWARD);
        String incompatible = record(field("x", INT), field("y", STRING));

        assertThatThrownBy(() -> registry().register(subject("a"), incompatible))
                .isInstanceOf(SchemaRejectedException.class)
                .hasMessageContaining(subject("a"))
                .hasMessageContaining("409");
        assertThat(registry().versions(subject("a"))).containsExactly(1);
    }

    @Test
    void checksCompatibilityWithoutRegistering() {
        registry().register(subject("a"), record(field("x", INT)));
        level(subject("a"), CompatibilityLevel.BACKWARD);
        String compatible = record(field("x", INT), "{\"name\":\"y\",\"type\":\"int\",\"default\":0}");
        String incompatible = record(field("x", INT), field("y", STRING));

        assertThat(registry().checkCompatibility(subject("a"), compatible).compatible())
                .isTrue();
        assertThat(registry().checkCompatibility(subject("a"), incompatible).compatible())
                .isFalse();
        assertThat(registry().checkCompatibility(subject("new"), incompatible).compatible())
                .isTrue();
        assertThat(registry().versions(subject("a"))).containsExactly(1);
    }

    @Test
    void checksTransitiveCompatibilityAgainstAllVersions() {
        registry().register(subject("a"), record(field("x", INT)));
        registry().register(subject("a"), record(field("x", INT), "{\"name\":\"y\",\"type\":\"int\",\"default\":0}"));
        String needsY = record(field("x", INT), field("y", INT));

        level(subject("a"), CompatibilityLevel.BACKWARD);
        assertThat(registry().checkCompatibility(subject("a"), needsY).compatible())
                .isTrue();
        level(subject("a"), CompatibilityLevel.BACKWARD_TRANSITIVE);
        assertThat(registry().checkCompatibility(subject("a"), needsY).compatible())
                .isFalse();
    }

    @Test
    void refusesWhatIsNoSchema() {
        registry().register(subject("a"), record(field("x", INT)));

        for (String text : List.of("{\"type\":\"recor", "", "{}", record(field("x", "\"n.Unknown\"")))) {
            assertThatThrownBy(() -> registry().register(subject("a"), text))
                    .isInstanceOf(SchemaRejectedException.class);
            assertThatThrownBy(() -> registry().checkCompatibility(subject("a"), text))
                    .isInstanceOf(SchemaRejectedException.class);
            assertThatThrownBy(() -> registry().lookUp(subject("a"), text)).isInstanceOf(SchemaRejectedException.class);
        }
    }

    @Test
    void readsASchemaTogetherWithThoseItRefersTo() {
        SchemaReference street = new SchemaReference(fullName("Street"), subject("street"), 1);
        SchemaReference address = new SchemaReference(fullName("Address"), subject("address"), 1);
        registry().register(street.subject(), named("Street", field("name", STRING)));
        registry().register(address.subject(), named("Address", field("street", "\"Street\"")), List.of(street));
        // Names the street itself too, and through the address: it must be read once.
        String person = named("Person", field("home", "\"Address\""), field("born", "\"Street\""));
        RegisteredSchema registered = registry().register(subject("person"), person, List.of(address, street));

        Schema whole = parsed(named(
                "Person",
                field("home", named("Address", field("street", named("Street", field("name", STRING))))),
                field("born", "\"Street\"")));

        assertThat(registered.schema()).isEqualTo(whole);
        assertThat(registry().byId(registered.id()).schema()).isEqualTo(whole);
        assertThat(registry().latest(subject("person"))).isEqualTo(registered);
    }

    @Test
    void refusesAReferenceToNothing() {
        SchemaReference nowhere = new SchemaReference(fullName("Gone"), subject("gone"), 1);

        assertThatThrownBy(() -> registry()
                        .register(subject("a"), record(field("x", "\"" + nowhere.name() + "\"")), List.of(nowhere)))
                .isInstanceOf(SchemaRejectedException.class);
    }

    @Test
    void looksUpAndChecksASchemaThatRefersToAnother() {
        SchemaReference street = new SchemaReference(fullName("Street"), subject("street"), 1);
        registry().register(street.subject(), named("Street", field("name", STRING)));
        String address = named("Address", field("street", "\"Street\""));
        RegisteredSchema registered = registry().register(subject("address"), address, List.of(street));
        String spread = address.replace(",", " ,\n  ");

        assertThat(registry().lookUp(subject("address"), spread, List.of(street)))
                .isEqualTo(registered);
        assertThat(registry().register(subject("address"), spread, List.of(street)))
                .isEqualTo(registered);
    }

    @Test
    void checksTheCompatibilityOfASchemaThatRefersToAnother() {
        SchemaReference street = new SchemaReference(fullName("Street"), subject("street"), 1);
        registry().register(street.subject(), named("Street", field("name", STRING)));
        String address = named("Address", field("street", "\"Street\""));
        String other = named("Address", field("street", STRING));
        registry().register(subject("address"), address, List.of(street));
        level(subject("address"), CompatibilityLevel.BACKWARD);
        if (!checksReferences()) {
            assertThatThrownBy(() -> registry().checkCompatibility(subject("address"), address, List.of(street)))
                    .isInstanceOf(SchemaRejectedException.class);
            return;
        }

        assertThat(registry()
                        .checkCompatibility(subject("address"), address, List.of(street))
                        .compatible())
                .isTrue();
        assertThat(registry()
                        .checkCompatibility(subject("address"), other, List.of())
                        .compatible())
                .isFalse();
    }

    @Test
    void refusesATextThatIsNoJsonWithReferencesToo() {
        SchemaReference street = new SchemaReference(fullName("Street"), subject("street"), 1);
        registry().register(street.subject(), named("Street", field("name", STRING)));

        assertThatThrownBy(() -> registry().register(subject("a"), "{\"type\":", List.of(street)))
                .isInstanceOf(SchemaRejectedException.class);
    }

    @Test
    void deletesASubjectSoftlySoThatItsEventsAreStillRead() {
        RegisteredSchema registered = registry().register(subject("a"), record(field("x", INT)));

        assertThat(registry().deleteSubject(subject("a"), Deletion.SOFT)).containsExactly(1);

        assertThatThrownBy(() -> registry().latest(subject("a"))).isInstanceOf(SchemaNotFoundException.class);
        assertThat(registry().subjects()).doesNotContain(subject("a"));
        assertThat(registry().byId(registered.id()).schema()).isEqualTo(registered.schema());
    }

    @Test
    void deletesASubjectForGood() {
        registry().register(subject("a"), record(field("x", INT)));
        RegisteredSchema second =
                registry().register(subject("a"), record("{\"name\":\"x\",\"type\":\"int\",\"default\":1}"));

        assertThat(registry().deleteSubject(subject("a"), Deletion.PERMANENT)).containsExactly(1, 2);

        assertThatThrownBy(() -> registry().byId(second.id())).isInstanceOf(SchemaNotFoundException.class);
        assertThatThrownBy(() -> registry().deleteSubject(subject("a"), Deletion.PERMANENT))
                .isInstanceOf(SchemaNotFoundException.class)
                .hasMessageContaining(subject("a"));
        RegisteredSchema again = registry().register(subject("a"), record(field("x", STRING)));
        assertThat(again.version()).hasValue(1);
    }

    @Test
    void deletesForGoodWhatWasDeletedSoftly() {
        RegisteredSchema registered = registry().register(subject("a"), record(field("x", INT)));
        registry().deleteSubject(subject("a"), Deletion.SOFT);

        assertThat(registry().deleteSubject(subject("a"), Deletion.PERMANENT)).containsExactly(1);

        assertThatThrownBy(() -> registry().byId(registered.id())).isInstanceOf(SchemaNotFoundException.class);
    }

    @Test
    void deletesOneVersion() {
        registry().register(subject("a"), record(field("x", INT)));
        RegisteredSchema second =
                registry().register(subject("a"), record("{\"name\":\"x\",\"type\":\"int\",\"default\":1}"));
        RegisteredSchema third =
                registry().register(subject("a"), record("{\"name\":\"x\",\"type\":\"int\",\"default\":2}"));

        registry().deleteVersion(subject("a"), 1, Deletion.SOFT);
        registry().deleteVersion(subject("a"), 2, Deletion.PERMANENT);

        assertThat(registry().versions(subject("a"))).containsExactly(3);
        assertThat(registry().latest(subject("a"))).isEqualTo(third);
        assertThatThrownBy(() -> registry().byId(second.id())).isInstanceOf(SchemaNotFoundException.class);
        assertThatThrownBy(() -> registry().deleteVersion(subject("a"), 9, Deletion.SOFT))
                .isInstanceOf(SchemaNotFoundException.class);
    }

    @Test
    void deletesNothingThatAnotherSchemaRefersTo() {
        SchemaReference street = new SchemaReference(fullName("Street"), subject("street"), 1);
        registry().register(street.subject(), named("Street", field("name", STRING)));
        registry().register(subject("address"), named("Address", field("street", "\"Street\"")), List.of(street));

        assertThatThrownBy(() -> registry().deleteSubject(street.subject(), Deletion.SOFT))
                .isInstanceOf(SchemaRejectedException.class);
        assertThatThrownBy(() -> registry().deleteVersion(street.subject(), 1, Deletion.PERMANENT))
                .isInstanceOf(SchemaRejectedException.class);
        assertThat(registry().versions(street.subject())).containsExactly(1);
    }

    @Test
    void keepsASubjectsOwnLevel() {
        RegistrySettings settings = registry().settings();
        registry().register(subject("a"), record(field("x", INT)));

        settings.setLevel(subject("a"), CompatibilityLevel.FULL_TRANSITIVE);
        assertThat(settings.level(subject("a"))).hasValue(CompatibilityLevel.FULL_TRANSITIVE);
        settings.clearLevel(subject("a"));
        settings.clearLevel(subject("a"));

        // Apicurio tells the general one.
        assertThat(settings.level(subject("a")).orElse(settings.level())).isEqualTo(settings.level());
        assertThat(settings.level(subject("nowhere"))).isEmpty();
    }

    @Test
    void setsTheGeneralLevel() {
        RegistrySettings settings = registry().settings();
        CompatibilityLevel level = settings.level();

        // Others may use this registry.
        settings.setLevel(level);

        assertThat(settings.level()).isEqualTo(level);
    }

    @Test
    void takesNoSchemaForASubjectThatMayOnlyBeRead() {
        RegistrySettings settings = registry().settings();
        registry().register(subject("a"), record(field("x", INT)));
        if (!hasModes()) {
            assertThatThrownBy(settings::mode).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> settings.mode(subject("a"))).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> settings.setMode(subject("a"), RegistryMode.READONLY))
                    .isInstanceOf(UnsupportedOperationException.class);
            return;
        }
        settings.setMode(subject("a"), RegistryMode.READONLY);
        String next = record("{\"name\":\"x\",\"type\":\"int\",\"default\":1}");

        assertThat(settings.mode()).isEqualTo(RegistryMode.READWRITE);
        assertThat(settings.mode(subject("a"))).hasValue(RegistryMode.READONLY);
        assertThatThrownBy(() -> registry().register(subject("a"), next)).isInstanceOf(SchemaRejectedException.class);
        settings.clearMode(subject("a"));
        settings.clearMode(subject("a"));
        assertThat(settings.mode(subject("a"))).isEmpty();
        assertThat(registry().register(subject("a"), next).version()).hasValue(2);
    }

    @Test
    void saysThatAGuidIsNotThere() {
        for (String guid :
                List.of("00000000-0000-0000-0000-000000000000", "", "17", "../ids/1", "\0", "x".repeat(5_000))) {
            assertThatThrownBy(() -> registry().byGuid(guid)).isInstanceOf(SchemaNotFoundException.class);
        }
    }

    @Test
    void threadsThatRegisterTheSameSchemaGetOneId() throws Exception {
        String schema = record(field("x", INT));
        int threads = 4;
        CountDownLatch together = new CountDownLatch(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<RegisteredSchema>> futures = IntStream.range(0, threads)
                    .mapToObj(i -> pool.submit(() -> {
                        together.countDown();
                        together.await();
                        return registry().register(subject("a"), schema);
                    }))
                    .toList();
            List<Integer> ids = new ArrayList<>();
            for (Future<RegisteredSchema> future : futures) {
                ids.add(future.get().id());
            }
            assertThat(ids).containsExactlyElementsOf(Collections.nCopies(threads, ids.get(0)));
            assertThat(registry().versions(subject("a"))).hasSize(1);
        } finally {
            pool.shutdownNow();
        }
    }
}
