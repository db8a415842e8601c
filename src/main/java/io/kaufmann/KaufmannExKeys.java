package io.kaufmann;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where each key of KaufmannEx's configuration, and of its Kafka client's, is found in Kaufmann. */
final class KaufmannExKeys {

    // Those whose counterpart is no setting of Kaufmann's own table.
    private static final Map<String, String> ELSEWHERE = Map.of(
            "gen_consumer_mod",
            "none; it replaced the process that reads, and in Kaufmann the promises rest on that",
            "sync_timeout",
            "kafka.request.timeout.ms",
            "heartbeat_interval",
            "kafka.consumer.heartbeat.interval.ms",
            "fetch_options",
            "kafka.consumer.fetch.min.bytes (min_bytes), kafka.consumer.fetch.max.wait.ms (wait_time) and"
                    + " kafka.consumer.max.partition.fetch.bytes (max_bytes)");

    // What differs besides the name.
    private static final Map<String, String> NOTES = Map.of(
            "producer_mod",
                    "for the producer itself; topics, partitions, formats and metadata have settings of their own",
            "commit_strategy", "async for :async_commit, sync for :sync_commit",
            "schema_cache_expires_in_ms", "with a unit",
            "commit_interval", "with a unit",
            "transcoder", "an ordered list; the first is the default",
            "stages", "threads that read; how many events are handled at once is kaufmann.max.demand alone",
            "topic_strategy", "the same names; the 0.3 behaviour is callback-and-default",
            "partition_strategy", "the same names; the default is ordering-key");

    private KaufmannExKeys() {}

    /** What is to be said of a key besides its counterpart; empty when there is nothing. */
    static String note(String key) {
        return NOTES.getOrDefault(key, "");
    }

    /** Each key of KaufmannEx with its counterpart. */
    static Map<String, String> all() {
        Map<String, String> all = new TreeMap<>(ELSEWHERE);
        Settings.all().forEach(setting -> setting.kaufmannEx().ifPresent(key -> all.put(key, setting.key())));
        return all;
    }

    /** The counterpart of a name in either library's spelling. */
    static Optional<String> counterpart(String name) {
        return Optional.ofNullable(all().get(name.replace('.', '_').replace('-', '_')));
    }
}
