package io.kaufmann.exactlyonce;

import io.kaufmann.testing.BrokerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Kills services and restarts the broker, each 4 to 8 s after all services were seen working. For one thread. */
final class Kills {

    private static final int LEAST_MILLIS = 4_000;
    private static final int MOST_MILLIS = 8_000;

    private final Plan plan;
    private final Slots slots;
    private final BrokerProcess broker;
    private final ReplyWatch watch;
    private final Feed feed;
    private final Random random;
    private final List<String> done = new ArrayList<>();
    private long start;
    private long lastFault;

    Kills(Plan plan, Slots slots, BrokerProcess broker, ReplyWatch watch, Feed feed) {
        this.plan = plan;
        this.slots = slots;
        this.broker = broker;
        this.watch = watch;
        this.feed = feed;
        this.random = new Random(plan.seed());
    }

    /**
     * Does it all, until each event is answered; or gives up when the time is over.
     *
     * @param complaints takes what was not there in time
     * @return how long it took
     */
    Duration run(List<String> complaints) {
        start = System.nanoTime();
        lastFault = start;
        try {
            slots.start();
            for (int kill = 1; kill <= plan.kills(); kill++) {
                awaitQuietWork();
                kill();
                feed.begin(kill + 1);
                if (plan.restarts().containsKey(kill)) {
                    awaitQuietWork();
                    restartBroker(plan.restarts().get(kill));
                }
            }
            awaitWork();
            feed.lastStep();
            await("all " + plan.events() + " events are answered", () -> watch.answered() == plan.events());
        } catch (ConditionTimeoutException e) {
            complaints.add("not done in " + plan.within().toSeconds() + " s, with " + watch.answered() + " of "
                    + plan.events() + " events answered: " + e.getMessage());
        }
        return since(start);
    }

    /** What was done, in its order. */
    List<String> done() {
        return List.copyOf(done);
    }

    private void kill() {
        // By a drawn number, and once all work there is one in each.
        int index = random.nextInt(slots.count());
        String killed = slots.kill(index);
        note("killed " + killed);
        await("a new process in place of " + killed, () -> !slots.processes().contains(killed));
        lastFault = System.nanoTime();
    }

    private void restartBroker(boolean orderly) {
        note(orderly ? "broker stopped" : "broker killed");
        if (orderly) {
            broker.stop();
        } else {
            broker.kill();
        }
        broker.start();
        lastFault = System.nanoTime();
        note("broker is back");
    }

    private void note(String what) {
        String line =
                "%6.1f s  %s, %,d events answered".formatted(since(start).toMillis() / 1_000.0, what, watch.answered());
        System.out.println(plan.name() + ": " + line);
        done.add(line);
    }

    /** Until 4 to 8 s after all were seen working, and so long after the last fault as the plan says. */
    private void awaitQuietWork() {
        awaitWork();
        long pause =
                Duration.ofMillis(random.nextInt(LEAST_MILLIS, MOST_MILLIS)).toNanos();
        long until =
                Math.max(System.nanoTime() + pause, lastFault + plan.apart().toNanos());
        await("the time of the next fault", () -> System.nanoTime() - until > 0);
    }

    /** Until each service's process has handled an event since the last fault, and its reply is committed. */
    private void awaitWork() {
        await("all services work", () -> idle().isEmpty());
        note("all work");
    }

    private Optional<String> idle() {
        return slots.processes().stream()
                .filter(process -> !watch.hasWorkedSince(process, lastFault))
                .findFirst();
    }

    private void await(String what, BooleanSupplier condition) {
        Duration left = plan.within().minus(since(start));
        Awaitility.await(what)
                .atMost(left.isNegative() ? Duration.ofMillis(1) : left)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    watch.check();
                    feed.check();
                    slots.check();
                    return condition.getAsBoolean();
                });
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
