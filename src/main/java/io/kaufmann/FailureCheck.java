package io.kaufmann;

import io.kaufmann.handler.DeadLetters;
import io.kaufmann.handler.KeylessEvents;
import io.kaufmann.handler.Ordering;
import java.util.List;
import java.util.Optional;

/** Checks the settings of order and failure that limit each other. */
final class FailureCheck {

    private final SettingValues values;
    private final ConfigInputs inputs;
    private final List<String> problems;

    FailureCheck(SettingValues values, ConfigInputs inputs, List<String> problems) {
        this.values = values;
        this.inputs = inputs;
        this.problems = problems;
    }

    void run() {
        notRead();
        parking();
        keyless();
        demandOfOne();
        lostWorkers();
    }

    /** A service that read its own dead letters would fail over the same events for ever. */
    private void notRead() {
        List<String> read = values.find(Settings.SUBSCRIPTION_TOPICS).orElse(List.of());
        values.find(Settings.DEAD_LETTER_TOPIC).map(DeadLetters::topics).stream()
                .flatMap(topics -> topics.stream().sorted())
                .filter(read::contains)
                .forEach(topic -> problems.add(Settings.DEAD_LETTER_TOPIC + ": '" + topic + "' is among "
                        + Settings.SUBSCRIPTION_TOPICS
                        + ", so the service would read its own dead letters. Write another"
                        + " topic"));
    }

    private void parking() {
        if (!values.find(Settings.DEAD_LETTER_PARKING).orElse(false)) {
            return;
        }
        if (isNotByKey()) {
            problems.add(Settings.DEAD_LETTER_PARKING + " is true, and " + Settings.ORDERING + " is not key: without an"
                    + " order there is none to keep. Write " + Settings.ORDERING + "=key, or take it out");
        }
        if (inputs.of(Settings.DEAD_LETTER_TOPIC).isEmpty()) {
            problems.add(Settings.DEAD_LETTER_PARKING + " is true, and " + Settings.DEAD_LETTER_TOPIC
                    + " is missing, where events would be parked. Write a topic there, or take it out");
        }
    }

    private void keyless() {
        boolean ordered = values.find(Settings.KEYLESS_EVENTS)
                .filter(rule -> rule == KeylessEvents.ORDERED)
                .isPresent();
        if (ordered && isNotByKey()) {
            problems.add(Settings.KEYLESS_EVENTS + " is ordered, and " + Settings.ORDERING + " is not key, so it has no"
                    + " effect. Write " + Settings.ORDERING + "=key, or take it out");
        }
    }

    private boolean isNotByKey() {
        return values.find(Settings.ORDERING)
                .filter(ordering -> ordering != Ordering.KEY)
                .isPresent();
    }

    private void demandOfOne() {
        Optional<Integer> one = values.find(Settings.MAX_DEMAND_PER_PARTITION);
        Optional<Integer> all = values.find(Settings.MAX_DEMAND);
        if (one.isPresent() && all.isPresent() && one.get() > all.get()) {
            problems.add(Settings.MAX_DEMAND_PER_PARTITION + ": " + one.get() + " is more than " + Settings.MAX_DEMAND
                    + ", which is " + all.get() + ". Write less, or raise that");
        }
    }

    private void lostWorkers() {
        if (inputs.of(Settings.MAX_LOST_WORKERS).isPresent()
                && inputs.of(Settings.HANDLER_TIME_LIMIT).isEmpty()) {
            problems.add(Settings.MAX_LOST_WORKERS + " is set, and " + Settings.HANDLER_TIME_LIMIT
                    + " is not: no worker counts as lost without it. Set both or none");
        }
    }
}
