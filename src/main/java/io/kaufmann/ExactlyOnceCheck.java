package io.kaufmann;

import io.kaufmann.KafkaClient.Scope;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.AbstractConfig;

/** Checks what exactly once cannot work with, and what is of no use without it. */
final class ExactlyOnceCheck {

    private final SettingValues values;
    private final ConfigInputs inputs;
    private final List<String> problems;

    ExactlyOnceCheck(SettingValues values, ConfigInputs inputs, List<String> problems) {
        this.values = values;
        this.inputs = inputs;
        this.problems = problems;
    }

    void run() {
        Optional<ProcessingGuarantee> guarantee = values.find(Settings.PROCESSING_GUARANTEE);
        if (guarantee.isEmpty()) {
            return;
        }
        if (guarantee.get() == ProcessingGuarantee.AT_LEAST_ONCE) {
            prefixOfNothing();
            return;
        }
        commitStrategy();
        gapMap();
        isolation();
        fillingIn();
        new TransactionTimesCheck(inputs, problems).run();
    }

    private void prefixOfNothing() {
        if (inputs.of(Settings.TRANSACTIONAL_ID_PREFIX).isPresent()) {
            problems.add(Settings.TRANSACTIONAL_ID_PREFIX + " is set, and " + Settings.PROCESSING_GUARANTEE
                    + " is not exactly_once, so nothing is sent in transactions. Write " + Settings.PROCESSING_GUARANTEE
                    + "=exactly_once, or take it out");
        }
    }

    private void commitStrategy() {
        if (inputs.of(Settings.COMMIT_STRATEGY).isPresent()) {
            problems.add(Settings.COMMIT_STRATEGY + " is set, and has no effect with " + Settings.PROCESSING_GUARANTEE
                    + "=exactly_once, whose commits are transactions, each begun when the last is over. Take it out");
        }
    }

    private void gapMap() {
        boolean wanted =
                values.find(Settings.GAP_MAP_LIMIT).filter(limit -> limit > 0).isPresent();
        if (wanted) {
            problems.add(Settings.GAP_MAP_LIMIT + " is above 0, and cannot be with " + Settings.PROCESSING_GUARANTEE
                    + "=exactly_once: a commit would tell as finished what has not published its replies. Take it out");
        }
    }

    private void isolation() {
        inputs.kafka(Scope.CONSUMER, ConsumerConfig.ISOLATION_LEVEL_CONFIG)
                .filter(input -> input.value() != null)
                .filter(input -> input.value().strip().toLowerCase(Locale.ROOT).equals("read_uncommitted"))
                .ifPresent(input -> problems.add(Secrets.oneLine(input.key())
                        + " is read_uncommitted, and cannot be with " + Settings.PROCESSING_GUARANTEE
                        + "=exactly_once: events of aborted transactions would be answered. Take it out"));
    }

    // An id that nothing fills in is the same text in all instances, which would end each other for ever.
    private void fillingIn() {
        Optional<String> prefix = values.find(Settings.TRANSACTIONAL_ID_PREFIX);
        boolean filled = inputs.kafka(Scope.PRODUCER, AbstractConfig.CONFIG_PROVIDERS_CONFIG)
                .isPresent();
        if (filled) {
            return;
        }
        String providers = ", and no config provider of the producers fills it in: all instances would have the same"
                + " transactional id. Set kafka.config.providers, or write a " + Settings.TRANSACTIONAL_ID_PREFIX
                + " of this instance's own";
        if (prefix.isPresent()) {
            prefix.filter(text -> text.contains("${"))
                    .ifPresent(text -> problems.add(Settings.TRANSACTIONAL_ID_PREFIX + " has ${ in it" + providers));
        } else {
            inputs.kafka(Scope.CONSUMER, ConsumerConfig.GROUP_INSTANCE_ID_CONFIG)
                    .filter(input -> input.value() != null && input.isFilledIn())
                    .ifPresent(input -> problems.add(Secrets.oneLine(input.key()) + " has ${ in it" + providers));
        }
    }
}
