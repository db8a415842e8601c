package io.kaufmann.schema;

import static io.kaufmann.schema.ScriptedRegistry.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is kept for how long; several threads at once are {@link CachingSchemaRegistryConcurrencyTest}'s. */
class CachingSchemaRegistryTest {

    private final SettableClock clock = new SettableClock();
    private final ScriptedRegistry registry = new ScriptedRegistry();
    private final CachingSchemaRegistry cache =
            CachingSchemaRegistry.builder(registry).clock(clock).build();

    private static RegisteredSchema unavailable() {
        throw new RegistryUnavailableException("no answer", null);
    }

    private static RegisteredSchema notFound() {
        throw new SchemaNotFoundException("no such schema");
    }

    @Test
    void asksForAnIdOnce() {
        RegisteredSchema first = cache.byId(7);
        clock.advance(Duration.ofDays(1_000));

        assertThat(cache.byId(7)).isSameAs(first);
        assertThat(cache.byId(8).id()).isEqualTo(8);
        assertThat(registry.idRequests).hasValue(2);
    }

    @Test
    void keepsTheIdsInUseWhenItIsFull() {
        CachingSchemaRegistry small = CachingSchemaRegistry.builder(registry)
                .maxEntries(100)
                .clock(clock)
                .build();
        for (int id = 0; id < 10_000; id++) {
            small.byId(-1);
            small.byId(id);
        }

        // -1 in each round was asked for once, and each other id once.
        assertThat(registry.idRequests).hasValue(10_001);
    }

    @Test
    void keepsTheLatestVersionForTenMinutes() {
        assertThat(cache.latest("a")).isEqualTo(named("a", 1));
        registry.onLatest = subject -> named(subject, 2);
        clock.advance(Duration.ofMinutes(10).minusNanos(1));

        assertThat(cache.latest("a")).isEqualTo(named("a", 1));
        clock.advance(Duration.ofNanos(1));

        assertThat(cache.latest("a")).isEqualTo(named("a", 2));
        assertThat(cache.latest("a")).isEqualTo(named("a", 2));
        assertThat(registry.latestRequests).hasValue(2);
    }

    @Test
    void keepsTheOldVersionWhileTheRegistryIsDown() {
        cache.latest("a");
        registry.onLatest = subject -> unavailable();

        for (int minute = 0; minute < 60; minute++) {
            clock.advance(Duration.ofMinutes(1));
            assertThat(cache.latest("a")).isEqualTo(named("a", 1));
        }
        registry.onLatest = subject -> named(subject, 2);
        clock.advance(Duration.ofMinutes(1));

        assertThat(cache.latest("a")).isEqualTo(named("a", 2));
    }

    @Test
    void asksARegistryThatIsDownNoMoreThanEveryHalfSecond() {
        cache.latest("a");
        cache.latest("b");
        registry.onLatest = subject -> unavailable();
        clock.advance(Duration.ofMinutes(10));
        registry.latestRequests.set(0);

        for (int i = 0; i < 1_000; i++) {
            cache.latest("a");
            cache.latest("b");
            clock.advance(Duration.ofMillis(1));
        }

        assertThat(registry.latestRequests).hasValue(2);
    }

    @Test
    void oneSubjectThatFailsDoesNotKeepTheOthersOld() {
        cache.latest("bad");
        cache.latest("good");
        registry.onLatest = subject -> subject.equals("bad") ? unavailable() : named(subject, 2);
        clock.advance(Duration.ofMinutes(10));

        cache.latest("bad");
        clock.advance(Duration.ofMillis(500));

        assertThat(cache.latest("good")).isEqualTo(named("good", 2));
    }

    @Test
    void forgetsASubjectThatWasDeleted() {
        cache.latest("a");
        registry.onLatest = subject -> notFound();
        clock.advance(Duration.ofMinutes(10));

        assertThatThrownBy(() -> cache.latest("a")).isInstanceOf(SchemaNotFoundException.class);
        assertThatThrownBy(() -> cache.latest("a")).isInstanceOf(SchemaNotFoundException.class);
        assertThat(registry.latestRequests).hasValue(2);
    }

    @Test
    void remembersForFiveSecondsWhatIsNotThere() {
        registry.onId = id -> notFound();
        registry.onLatest = subject -> notFound();

        Throwable first = catchThrowable(() -> cache.byId(7));
        clock.advance(Duration.ofMillis(4_999));
        Throwable second = catchThrowable(() -> cache.byId(7));
        assertThatThrownBy(() -> cache.latest("a")).isInstanceOf(SchemaNotFoundException.class);
        assertThatThrownBy(() -> cache.latest("a")).isInstanceOf(SchemaNotFoundException.class);

        assertThat(first).isInstanceOf(SchemaNotFoundException.class).hasMessage("no such schema");
        assertThat(second)
                .isInstanceOf(SchemaNotFoundException.class)
                .isNotSameAs(first)
                .hasMessage("no such schema (The answer is 4999 ms old.)");
        assertThat(registry.idRequests).hasValue(1);
        assertThat(registry.latestRequests).hasValue(1);

        registry.onId = ScriptedRegistry::schema;
        clock.advance(Duration.ofMillis(1));
        assertThat(cache.byId(7).id()).isEqualTo(7);
    }

    @Test
    void remembersForFiveSecondsWhatCannotBeUsed() {
        registry.onId = id -> {
            throw new UnsupportedSchemaException("protobuf", null);
        };

        assertThatThrownBy(() -> cache.byId(7)).isInstanceOf(UnsupportedSchemaException.class);
        assertThatThrownBy(() -> cache.byId(7)).isInstanceOf(UnsupportedSchemaException.class);
        assertThat(registry.idRequests).hasValue(1);
    }

    @Test
    void remembersForHalfASecondThatTheRegistryIsDown() {
        registry.onId = id -> unavailable();
        registry.onLatest = subject -> unavailable();

        for (int i = 0; i < 1_000; i++) {
            assertThatThrownBy(() -> cache.byId(7)).isInstanceOf(RegistryUnavailableException.class);
            assertThatThrownBy(() -> cache.latest("a")).isInstanceOf(RegistryUnavailableException.class);
            clock.advance(Duration.ofMillis(1));
        }

        assertThat(registry.idRequests).hasValue(2);
        assertThat(registry.latestRequests).hasValue(2);
    }

    @Test
    void anIdThatFailsDoesNotHoldUpAnother() {
        registry.onId = id -> id == 666 ? unavailable() : ScriptedRegistry.schema(id);

        assertThatThrownBy(() -> cache.byId(666)).isInstanceOf(RegistryUnavailableException.class);

        assertThat(cache.byId(7).id()).isEqualTo(7);
    }

    @Test
    void remembersABoundedNumberOfFailures() {
        RecentFailures<Integer> failures = new RecentFailures<>(clock, Duration.ofSeconds(5), Duration.ofMillis(500));

        for (int id = 0; id < 100_000; id++) {
            failures.remember(id, new SchemaNotFoundException("no"));
            assertThat(failures.size()).isLessThanOrEqualTo(1_000);
        }
        assertThatThrownBy(() -> failures.rethrow(99_999)).isInstanceOf(SchemaNotFoundException.class);
    }

    @Test
    void keepsABoundedNumberOfSubjects() {
        LatestSchemas latest = new LatestSchemas(
                registry::latest, new CacheLimits(Duration.ofMinutes(10), Duration.ZERO, Duration.ZERO, 10), clock);

        for (int i = 0; i < 100; i++) {
            latest.get("subject" + i);
            clock.advance(Duration.ofMillis(1));
        }

        assertThat(latest.size()).isEqualTo(10);
        registry.latestRequests.set(0);
        IntStream.range(90, 100).forEach(i -> latest.get("subject" + i));
        assertThat(registry.latestRequests).hasValue(0);
    }

    @Test
    void asksForAGuidOnceHoweverItIsWritten() {
        RegisteredSchema first = cache.byGuid("0A-b");
        clock.advance(Duration.ofDays(1_000));
        registry.onGuid = guid -> unavailable();

        assertThat(cache.byGuid("0a-B")).isSameAs(first);
        assertThat(cache.byGuid("0a-b")).isSameAs(first);
        assertThat(registry.guidRequests).hasValue(1);
    }

    @Test
    void aSchemaByGuidIsNotTakenForTheOneWithThatId() {
        cache.byGuid("0a");
        registry.onId = id -> notFound();

        assertThatThrownBy(() -> cache.byId(RegisteredSchema.NO_ID)).isInstanceOf(SchemaNotFoundException.class);
    }

    @Test
    void remembersForAWhileThatAGuidIsNotThere() {
        registry.onGuid = guid -> notFound();

        assertThatThrownBy(() -> cache.byGuid("0a")).isInstanceOf(SchemaNotFoundException.class);
        assertThatThrownBy(() -> cache.byGuid("0a")).isInstanceOf(SchemaNotFoundException.class);
        assertThat(registry.guidRequests).hasValue(1);

        registry.onGuid = guid -> ScriptedRegistry.schema(7);
        clock.advance(Duration.ofSeconds(5));
        assertThat(cache.byGuid("0a").id()).isEqualTo(7);
    }

    @Test
    void findsTheGuidOfWhatIsRegisteredThoughItWasNotThereAMomentAgo() {
        registry.onGuid = guid -> notFound();
        assertThatThrownBy(() -> cache.byGuid("0a")).isInstanceOf(SchemaNotFoundException.class);
        registry.onGuid = guid -> ScriptedRegistry.schema(7);

        cache.register("a", "\"int\"", List.of(new SchemaReference("n", "b", 1)));

        assertThat(cache.byGuid("0a").id()).isEqualTo(7);
    }

    @Test
    void keepsABoundedNumberOfGuids() {
        SchemasByGuid guids = new SchemasByGuid(
                registry::byGuid, new CacheLimits(Duration.ofMinutes(10), Duration.ZERO, Duration.ZERO, 10), clock);

        for (int i = 0; i < 1_000; i++) {
            guids.get("guid" + i);
            assertThat(guids.size()).isBetween(1, 10);
        }
    }

    @Test
    void seesAtOnceWhatIsDeletedThroughIt() {
        cache.latest("a");
        cache.latest("b");
        cache.latest("c");
        registry.onLatest = subject -> notFound();

        assertThat(cache.deleteSubject("a", Deletion.SOFT)).containsExactly(1);
        cache.deleteVersion("b", 1, Deletion.PERMANENT);

        assertThatThrownBy(() -> cache.latest("a")).isInstanceOf(SchemaNotFoundException.class);
        assertThatThrownBy(() -> cache.latest("b")).isInstanceOf(SchemaNotFoundException.class);
        assertThat(cache.latest("c")).isEqualTo(named("c", 1));
    }

    @Test
    void seesAtOnceWhatIsRegisteredThroughIt() {
        cache.latest("a");
        cache.latest("b");
        registry.onLatest = subject -> named(subject, 2);

        assertThat(cache.register("a", "\"int\"")).isEqualTo(named("a", 2));

        assertThat(cache.latest("a")).isEqualTo(named("a", 2));
        assertThat(cache.latest("b")).isEqualTo(named("b", 1));
    }

    @Test
    void findsTheIdOfWhatIsRegisteredThoughItWasNotThereAMomentAgo() {
        registry.onId = id -> notFound();
        registry.onLatest = subject -> notFound();
        assertThatThrownBy(() -> cache.byId(102)).isInstanceOf(SchemaNotFoundException.class);
        assertThatThrownBy(() -> cache.latest("a")).isInstanceOf(SchemaNotFoundException.class);
        registry.onLatest = subject -> named(subject, 2);

        cache.register("a", "\"int\"");

        assertThat(cache.byId(102)).isEqualTo(ScriptedRegistry.schema(102));
        assertThat(cache.latest("a")).isEqualTo(named("a", 2));
    }

    @Test
    void asksAnewAfterARegistrationWhoseAnswerWasLost() {
        cache.latest("a");
        registry.onLatest = subject -> named(subject, 2);
        registry.onRegister = subject -> unavailable();

        assertThatThrownBy(() -> cache.register("a", "\"int\"")).isInstanceOf(RegistryUnavailableException.class);

        assertThat(cache.latest("a")).isEqualTo(named("a", 2));
    }

    @Test
    void passesOnWhateverElseIsThrownAndRemembersNothing() {
        registry.onId = id -> {
            throw new ArithmeticException("bug");
        };

        assertThatThrownBy(() -> cache.byId(7)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> cache.byId(7)).isInstanceOf(ArithmeticException.class);
        assertThat(registry.idRequests).hasValue(2);
    }

    @Test
    void passesOnWhatItDoesNotKeep() {
        assertThat(cache.version("a", 3)).isEqualTo(named("a", 3));
        assertThat(cache.lookUp("a", "\"int\"")).isEqualTo(named("a", 1));
        assertThat(cache.subjects()).isEqualTo(List.of("a"));
        assertThat(cache.versions("a")).isEqualTo(List.of(1));
        assertThat(cache.checkCompatibility("a", "\"int\"").compatible()).isTrue();
        assertThat(cache.location()).isEqualTo("http://scripted");
    }

    @Test
    void refusesLimitsThatMakeNoSense() {
        assertThatThrownBy(() -> CachingSchemaRegistry.builder(registry)
                        .latestFor(Duration.ofMillis(-1))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("latestFor");
        assertThatThrownBy(() ->
                        CachingSchemaRegistry.builder(registry).maxEntries(0).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxEntries");
    }

    @Test
    void aKnownAnswerCostsNoMemory() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        cache.byId(1_000_000);
        cache.latest("a");
        long self = Thread.currentThread().getId();
        // Whatever is loaded or compiled the first time is not meant.
        askOften();
        long before = threads.getThreadAllocatedBytes(self);

        askOften();

        assertThat(threads.getThreadAllocatedBytes(self) - before).isLessThan(1_000);
    }

    private void askOften() {
        for (int i = 0; i < 10_000; i++) {
            cache.byId(1_000_000);
            cache.latest("a");
        }
    }
}
