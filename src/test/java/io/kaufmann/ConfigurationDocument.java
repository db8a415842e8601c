package io.kaufmann;

import java.util.StringJoiner;

/** Writes docs/configuration.md from the table of settings. */
final class ConfigurationDocument {

    private static final String HEAD = """
            # Configuration

            <!-- Made from the table in Settings.java. To make it anew:
                 mvn test -Dtest=ConfigurationDocumentTest -Dkaufmann.docs.write=true -->

            A setting has one name in three spellings: `kaufmann.max.demand` in properties, `KAUFMANN_MAX_DEMAND` in the
            environment, `maxDemand` on the builder.

            ```java
            KaufmannConfig config = KaufmannConfig.builder()
                    .file(Path.of("greeter.properties"))
                    .environment()
                    .eventHandler(new Greeter())
                    .build();
            ```

            - Sources combine. They are read in the order of the calls, and of each setting **the last call holds**, be it a
              source or a builder method. `KaufmannConfig.from(properties)`, `from(path)` and `fromEnvironment()` are short for
              one source alone.
            - Everything wrong is reported at once, as the `problems()` of one `ConfigurationException`, each beginning with its
              key. What a later call replaces is not judged.
            - An unknown key that begins with `kaufmann.` is an error that names the nearest one. Keys that begin with neither
              `kaufmann.` nor `kafka.` are somebody else's and passed over.
            - In properties an empty value is an error. In the environment a blank variable is not set. An unknown `KAUFMANN_*`
              variable stops the start only when it looks like a setting, mistyped; those that Kubernetes makes for a service
              named `kaufmann` never do.
            - A time needs its unit (`500ms`, `30s`, `10m`, `2h`, `1d` or ISO 8601), for a bare number means milliseconds to some and
              seconds to others. A size is in bytes or has a unit (`512KiB`, `64MiB`, `1GiB`). Lists are separated by commas.
            - Where a setting is an object, a text is one of the names in its row or the name of a class with a public
              constructor without arguments.
            - `toString` shows settings by key. Passwords and whatever has a secret's name are `***`, there and in messages.
            """;

    private static final String KAFKA = """
            ## Kafka's own settings

            `kafka.*` goes to each Kafka client that knows the setting, `kafka.consumer.*` and `kafka.producer.*` to one kind and
            before the former: `kafka.security.protocol`, `kafka.sasl.jaas.config`, `kafka.consumer.fetch.min.bytes`. In the
            environment these are `KAUFMANN_KAFKA_SECURITY_PROTOCOL` and `KAUFMANN_KAFKA_CONSUMER_FETCH_MIN_BYTES`, on the builder
            `kafka(...)`, `kafkaConsumer(...)` and `kafkaProducer(...)`. Names and values are checked by Kafka's own definitions before
            anything starts; values with `${...}` are left to Kafka's config providers.

            A name that Kafka does not know is an error, since most are mistyped. When a class of yours is configured too (a key that
            ends in `.class` or `.classes`, `metric.reporters`, `config.providers`, `security.providers` or
            `partition.assignment.strategy`), such a name is passed on, as the class may read it.

            These are Kaufmann's own to set:

            """;

    private static final String EXACTLY_ONCE = """
            ## With exactly once

            `kaufmann.processing.guarantee=exactly_once` makes a transactional producer for each consumer thread, with the settings of
            `kafka.producer.*` and the client id followed by `-tx` and the thread's number. What it promises is in
            [guarantees.md](guarantees.md). A replay (`reinit-service`) runs at least once, whatever is set here.

            A producer's transactional id is a prefix, a dash and the thread's number, and Kafka stops any older producer of the same
            id. The prefix is, in this order:

            1. `kaufmann.transactional.id.prefix`; no two instances, of any service, may have the same;
            2. with `kafka.consumer.group.instance.id`: the consumer group, a colon and that. A restarted instance then ends at once what
               its predecessor left open;
            3. the consumer group, a colon and a random UUID, drawn at each start. What a killed instance leaves open is ended by the
               brokers after `transaction.timeout.ms`, and until then neither these partitions nor readers get past it.

            With access control, a service needs the rights `Write` and `Describe` for its transactional ids, best by their prefix.

            These differ from Kafka's own defaults, and may be set:

            | Kafka's key | default | why |
            | --- | --- | --- |
            | `kafka.producer.transaction.timeout.ms` | 10000 | for so long a killed instance keeps others waiting; at least 1000, below `max.poll.interval.ms`, and at most the brokers' `transaction.max.timeout.ms` |
            | `kafka.producer.delivery.timeout.ms` | as long as `transaction.timeout.ms` | a record must not outlive its transaction, so more is an error |
            | `kafka.producer.request.timeout.ms` | 5000, or half of `delivery.timeout.ms` without `linger.ms` if that is less | with `linger.ms` it must fit into `delivery.timeout.ms` |
            | `kafka.producer.linger.ms` | 5 | a commit sends what lingers, so that nothing waits for it |
            | `kafka.producer.max.block.ms` | 5000 | how long each step of a transaction waits for an answer; below `max.poll.interval.ms` |

            Consumers read with `isolation.level=read_committed`. These cannot work with it and are errors at start:
            `kaufmann.commit.strategy`, `kaufmann.gap.map.limit` above 0, `kafka.consumer.isolation.level=read_uncommitted`, times that do
            not fit as above, and a `${...}` in the prefix or in `group.instance.id` that no config provider of the producers fills in.

            """;

    private static final String KAUFMANN_EX = """
            ## Coming from KaufmannEx

            Each key of its configuration, and of its Kafka client's:

            """;

    private ConfigurationDocument() {}

    static String text() {
        StringJoiner text = new StringJoiner("\n");
        text.add(HEAD);
        text.add(grade(Grade.ESSENTIAL, "Essential", "Each service states these."));
        text.add(grade(Grade.FREQUENT, "Frequently used", "Many services state some of these."));
        text.add(grade(Grade.RARE, "Rare", "Leave these alone until you know why."));
        text.add(KAFKA + kafka());
        text.add(EXACTLY_ONCE.stripTrailing() + "\n");
        text.add(KAUFMANN_EX + kaufmannEx());
        return text.toString();
    }

    private static String grade(Grade grade, String title, String words) {
        StringBuilder text = new StringBuilder("## " + title + "\n\n" + words + "\n\n");
        row(text, "key", "on the builder", "default", "what it is", "as a text");
        row(text, "---", "---", "---", "---", "---");
        Settings.all().stream()
                .filter(setting -> setting.grade() == grade)
                .forEach(setting -> row(
                        text,
                        code(setting.key()),
                        code(setting.method()),
                        setting.fallback().map(Setting.Fallback::words).orElse(""),
                        setting.description(),
                        setting.type().form()));
        return text.toString();
    }

    private static String kafka() {
        StringBuilder text = new StringBuilder();
        row(text, "Kafka's key", "instead");
        row(text, "---", "---");
        OwnedKafkaKeys.all().forEach((key, instead) -> row(text, code(key), instead));
        return text.toString();
    }

    private static String kaufmannEx() {
        StringBuilder text = new StringBuilder();
        row(text, "KaufmannEx", "Kaufmann", "");
        row(text, "---", "---", "---");
        KaufmannExKeys.all().forEach((key, counterpart) -> row(text, code(key), counterpart, KaufmannExKeys.note(key)));
        return text.toString();
    }

    private static void row(StringBuilder text, String... cells) {
        StringJoiner row = new StringJoiner(" | ", "| ", " |\n");
        for (String cell : cells) {
            row.add(cell.replace("|", "\\|").replace("*", "\\*").replace("__", "\\_\\_"));
        }
        text.append(row);
    }

    private static String code(String text) {
        return '`' + text + '`';
    }
}
