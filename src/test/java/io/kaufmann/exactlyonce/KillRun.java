package io.kaufmann.exactlyonce;

import io.kaufmann.testing.BrokerProcess;
import io.kaufmann.testing.Directories;
import io.kaufmann.testing.TopicReader;
import io.kaufmann.testing.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.IsolationLevel;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * One kill run: a broker, three services that are one group, events that each are to be answered by one reply, kills of services
 * and restarts of the broker meanwhile; and what stands on the topic of replies in the end.
 */
final class KillRun {

    private static final int PARTITIONS = 8;
    /** A transaction times out after 10 s, and the broker looks for such each 10 s. */
    private static final Duration TRANSACTIONS_OVER_WITHIN = Duration.ofSeconds(40);

    /** Sessions that are over soon. */
    private static final Map<String, String> BROKER = Map.of(
            "group.min.session.timeout.ms", "1000",
            "group.consumer.min.session.timeout.ms", "1000",
            "group.consumer.session.timeout.ms", "4000",
            "group.consumer.min.heartbeat.interval.ms", "500",
            "group.consumer.heartbeat.interval.ms", "1000");

    private final Plan plan;
    private final Path home;

    /**
     * A run.
     *
     * @param plan what it is to do
     * @param home a folder for its files: what was there is deleted
     */
    KillRun(Plan plan, Path home) {
        this.plan = plan;
        this.home = home;
    }

    Outcome run() throws IOException {
        System.out.println(plan.name() + ": seed " + plan.seed() + "; logs are in " + home);
        Directories.delete(home);
        try (BrokerProcess broker = BrokerProcess.started(BROKER);
                Topics topics = new Topics(broker.bootstrapServers());
                Slots slots = new Slots(plan, broker.bootstrapServers(), home)) {
            topics.create(Slots.EVENTS, PARTITIONS);
            topics.create(ReplyService.REPLIES, PARTITIONS);
            List<String> complaints = new ArrayList<>();
            Kills kills;
            Map<Place, Long> sent;
            Duration took;
            try (ReplyWatch watch = new ReplyWatch(broker.bootstrapServers());
                    Feed feed = new Feed(
                            broker.bootstrapServers(), Slots.EVENTS, PARTITIONS, plan.events(), plan.kills() + 1)) {
                kills = new Kills(plan, slots, broker, watch, feed);
                took = kills.run(complaints);
                // Nothing comes after what is counted as sent.
                feed.end();
                sent = feed.events();
            }
            complaints.addAll(slots.stop());
            complaints.addAll(openTransactions(topics));
            List<Reply> replies = read(broker);
            return new Outcome(
                    plan,
                    kills.done(),
                    took,
                    replies.size(),
                    ReplyJudge.judge(sent, replies),
                    complaints,
                    topics.committedOffsets(plan.name(), Slots.EVENTS),
                    topics.endOffsets(Slots.EVENTS));
        }
    }

    /** A transaction that never ends would hide all that comes after it. */
    private static List<String> openTransactions(Topics topics) {
        Map<Integer, Long> end = topics.endOffsets(ReplyService.REPLIES);
        try {
            Awaitility.await()
                    .atMost(TRANSACTIONS_OVER_WITHIN)
                    .until(() -> topics.endOffsets(ReplyService.REPLIES, IsolationLevel.READ_COMMITTED)
                            .equals(end));
            return List.of();
        } catch (ConditionTimeoutException e) {
            return List.of("a transaction is still open " + TRANSACTIONS_OVER_WITHIN.toSeconds()
                    + " s after the last service has stopped: the replies end at " + end + ", and can be read up to "
                    + topics.endOffsets(ReplyService.REPLIES, IsolationLevel.READ_COMMITTED));
        }
    }

    private static List<Reply> read(BrokerProcess broker) {
        try (TopicReader reader =
                new TopicReader(broker.bootstrapServers(), ReplyService.REPLIES, IsolationLevel.READ_COMMITTED)) {
            return reader.readToEnd().stream().map(Reply::of).toList();
        }
    }
}
