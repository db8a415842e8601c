package io.kaufmann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationErrorsTest {

    private static final String CLASSES = "io.kaufmann.SampleHandlers$";

    @Test
    void namesEverythingThatIsMissingWithWhatToWrite() {
        assertThat(Samples.problems(KaufmannConfig.builder()))
                .hasSize(6)
                .contains("kaufmann.bootstrap.servers is missing. Write host:port of one or more brokers, separated by"
                        + " commas, such as localhost:9092 (in the environment KAUFMANN_BOOTSTRAP_SERVERS, in code"
                        + " bootstrapServers)");
    }

    @Test
    void tellsEverythingAtOnceInAReadableList() {
        Properties wrong = Samples.properties(
                "kaufmann.max.demnd", "5",
                "kaufmann.drain.timeout", "soon",
                "kaufmann.schema.registry.user", "ada",
                "kafka.group.id", "mine",
                "kafka.consumer.fetch.min.bytes", "many");

        assertThatThrownBy(() -> Samples.essentials()
                        .properties(wrong)
                        .consumerGroup(" ")
                        .maxInFlightEvents(10)
                        .build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("The configuration has 7 problems:\n- ")
                .hasMessageContainingAll(
                        "\n- kaufmann.drain.timeout: 'soon' is not a time. Write a time with its unit",
                        "kaufmann.max.demnd is no setting of Kaufmann. Did you mean kaufmann.max.demand?",
                        "kaufmann.consumer.group: ' ' is blank. Write a name",
                        "kaufmann.max.in.flight.events: 10 is less than kaufmann.max.demand, which is 50",
                        "kaufmann.schema.registry.password is missing, and kaufmann.schema.registry.user",
                        "kafka.group.id is Kaufmann's own to set. Take it out; set kaufmann.consumer.group",
                        "kafka.consumer.fetch.min.bytes is not what Kafka takes: Invalid value many");
    }

    @Test
    void saysOneProblemAsOne() {
        assertThat(new ConfigurationException(List.of("it is wrong")))
                .hasMessage("The configuration has a problem:\n- it is wrong");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "bootstrap.servers | localhost | is not host:port",
                "bootstrap.servers | a:1,b | has 'b', which is not host:port",
                "bootstrap.servers | a:70000 | has a port that is not from 1 to 65535",
                "bootstrap.servers | a:1,,b:2 | has nothing between two commas, or at an end",
                "schema.registry.url | localhost:8081 | does not begin with http:// or https://",
                "schema.registry.url | ftp://localhost | does not begin with http:// or https://",
                "schema.registry.url | http:// | is not an address",
                "schema.registry.url | http://my_registry:8081 | has no host, or one with '_' in it",
                "schema.registry.url | http://a:1,b:2 | does not begin with http:// or https://",
                "schema.registry.url | http://a:1, | has nothing between two commas, or at an end",
                "transcoder.rules | elixir=bare | is no rule for a transcoder. Write event:NAME=TRANSCODER or",
                "transcoder.rules | topic:a*b=bare | is no rule for a transcoder: the name is empty, or has a *",
                "transcoder.rules | topic:=bare | is no rule for a transcoder: the name is empty",
                "event.naming | header | is no place where a name can stand. Write key, header:NAME",
                "reader.schema | newest | is not among the choices. Write writer or latest or local",
                "schema.registry.url | http://a:1/?b=c | has a '?' or '#' in it",
                "default.topic | my topic | is no name for a topic. Write a topic's name: letters",
                "default.topic | .. | is no name for a topic",
                "subscription.topics | a,b c | has 'b c', which is no name for a topic",
                "callback.topics | a,__b | does not name callback topics. __b is never allowed",
                "callback.topics | a? | does not name callback topics",
                "max.demand | many | is not a whole number up to 2147483647. Write a whole number from 1",
                "max.demand | 0 | is too small. Write a whole number from 1",
                "max.demand | 99999999999 | is not a whole number up to 2147483647",
                "max.uncommitted | 1e6 | is not a whole number",
                "shutdown.hook | yes | is neither true nor false. Write true or false",
                "auto.offset.reset | newest | is not among the choices. Write latest or earliest",
                "commit.strategy | both | is not among the choices. Write async or sync",
                "commit.interval | 1000 | has no unit. Write 1000ms or 1000s, whichever is meant",
                "commit.interval | 5 weeks | has an unknown unit",
                "commit.interval | 0s | is too short",
                "commit.interval | -PT1S | is too short",
                "commit.interval | 366d | is too long",
                "commit.interval | 999999999999999d | is too long",
                "max.in.flight.bytes | 64MB | has an unknown unit. Write a size from 1B, such as 512KiB",
                "max.in.flight.bytes | a lot | is not a size",
                "max.in.flight.bytes | 99999999999999GiB | is too large",
                "max.in.flight.bytes | 0 | is too small",
                "topic.strategy | nearest | is not the name of a class on the class path. Write callback,",
                "partition.strategy | java.lang.String | names a class that does not implement",
                "transcoders | arvo | is not the name of a class on the class path. Write avro, bare, json, or",
                "transcoders | java.lang.String,x | has 'java.lang.String', which names a class that does not implement",
            })
    void saysWhatIsWrongWithAValueAndWhatToWriteInstead(String name, String text, String reason) {
        assertThat(Samples.problemsOf("kaufmann." + name, text))
                .singleElement()
                .asString()
                .startsWith("kaufmann." + name + ": '" + text + "' " + reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Absent | is not the name of a class on the class path. Write the name of a class that implements",
                "Morse | names a class that does not implement io.kaufmann.handler.EventHandler",
                "NeedsArguments | names a class without a public constructor that takes no arguments",
                "Unfinished | names a class without a public constructor that takes no arguments",
                "Hidden | names a class that is not public",
                "Fails | names a class whose constructor threw java.lang.IllegalStateException: no database. Mend",
                "FailsToLoad | names a class that cannot be loaded: java.lang.ExceptionInInitializerError",
                "Deaf | accepts no event: handledEvents() is empty. Let it name events",
                "Confused | cannot tell its events: handledEvents() threw java.lang.IllegalStateException: which events?",
            })
    void saysWhyAHandlerCannotBeUsed(String name, String reason) {
        assertThat(Samples.problemsOf("kaufmann.event.handler", CLASSES + name))
                .singleElement()
                .asString()
                .startsWith("kaufmann.event.handler: '" + CLASSES + name + "' " + reason);
    }

    @Test
    void aHandlerFromTheBuilderMustAcceptSomethingToo() {
        assertThat(Samples.problems(Samples.essentials().eventHandler(new SampleHandlers.Deaf())))
                .singleElement()
                .asString()
                .startsWith("kaufmann.event.handler: '" + CLASSES + "Deaf' accepts no event");
    }

    @Test
    void valuesFromTheBuilderAreCheckedLikeTexts() {
        assertThat(Samples.problems(Samples.essentials()
                        .maxDemand(0)
                        .commitInterval(Duration.ofNanos(1))
                        .startTimeout(Duration.ofSeconds(Long.MAX_VALUE))
                        .subscriptionTopics()
                        .defaultTopic("a b")))
                .satisfiesExactly(
                        topic -> assertThat(topic).startsWith("kaufmann.default.topic: 'a b' is no name"),
                        topics -> assertThat(topics)
                                .startsWith("kaufmann.subscription.topics: '' names no topic. Write topics' names"),
                        demand -> assertThat(demand).startsWith("kaufmann.max.demand: '0' is too small"),
                        start -> assertThat(start).contains("is too long"),
                        interval -> assertThat(interval)
                                .startsWith("kaufmann.commit.interval: 'PT0.000000001S' is too short"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kaufmann.max.demnd | Did you mean kaufmann.max.demand?",
                "kaufmann.maxDemand | Did you mean kaufmann.max.demand?",
                "kaufmann.schema_registry_ulr | Did you mean kaufmann.schema.registry.url?",
                "kaufmann.brokers | The counterpart of KaufmannEx's brokers: kaufmann.bootstrap.servers",
                "kaufmann.gen_consumer_mod | The counterpart of KaufmannEx's gen_consumer_mod: none; it replaced",
                "kaufmann.kafka.consumer.max.poll.records | Write kafka.consumer.max.poll.records",
                "kaufmann.colour.of.the.sky | docs/configuration.md lists them all",
            })
    void saysWhatAnUnknownKeyMayMean(String key, String meant) {
        assertThat(Samples.problemsOf(key, "5"))
                .singleElement()
                .asString()
                .startsWith(key + " is no setting of Kaufmann. " + meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void anEmptyPropertyIsNoDefault(String text) {
        assertThat(Samples.problemsOf("kaufmann.callback.topics", text))
                .containsExactly(
                        "kaufmann.callback.topics is empty. Write topics' names, separated by commas, in which *"
                                + " stands for any characters, or leave it out");
    }

    @Test
    void drainingMustEndBeforeKafkaGivesThePartitionsAway() {
        assertThat(Samples.problems(Samples.essentials()
                        .drainTimeout(Duration.ofMinutes(1))
                        .kafkaConsumer("max.poll.interval.ms", "60000")))
                .containsExactly("kaufmann.drain.timeout: '1m' is not below Kafka's max.poll.interval.ms, which is 1m."
                        + " Write less, or raise kafka.consumer.max.poll.interval.ms");
        assertThat(Samples.problemsOf("kaufmann.drain.timeout", "5m")).hasSize(1);
        assertThat(Samples.with("kaufmann.drain.timeout", "6m", "kafka.max.poll.interval.ms", "600000")
                        .drainTimeout())
                .isEqualTo(Duration.ofMinutes(6));
    }

    @Test
    void aClassThatFailsKeepsItsStackTraceForTheReader() {
        assertThatThrownBy(() -> Samples.with("kaufmann.event.handler", CLASSES + "Fails"))
                .satisfies(e ->
                        assertThat(e.getSuppressed()).singleElement().asString().contains("no database"));
    }
}
