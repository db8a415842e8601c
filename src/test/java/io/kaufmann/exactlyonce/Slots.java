package io.kaufmann.exactlyonce;

import io.kaufmann.testing.ServiceSlot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The places of the services that are one group. Thread-safe. */
final class Slots implements AutoCloseable {

    static final String EVENTS = "events";

    private static final int SERVICES = 3;
    private static final int STOPPED_WITHIN_SECONDS = 60;

    private final List<ServiceSlot> slots = new ArrayList<>();

    /** The places, with no process yet; their files are put into a folder that is made. */
    Slots(Plan plan, String bootstrapServers, Path home) throws IOException {
        Files.createDirectories(home);
        for (int i = 1; i <= SERVICES; i++) {
            int number = i;
            Path file = home.resolve("service-" + number + ".properties");
            try (var writer = Files.newBufferedWriter(file)) {
                settings(plan, bootstrapServers, number).store(writer, null);
            }
            slots.add(new ServiceSlot(
                    "service " + number,
                    home.resolve("service-" + number + ".log"),
                    ReplyService.class,
                    start -> List.of(file.toString(), process(number, start)),
                    start -> {}));
        }
    }

    private static Properties settings(Plan plan, String bootstrapServers, int number) {
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "kaufmann.bootstrap.servers", bootstrapServers,
                "kaufmann.consumer.group", plan.name(),
                "kaufmann.service.name", "replies",
                "kaufmann.default.topic", EVENTS,
                "kaufmann.default.publish.topic", ReplyService.REPLIES,
                "kaufmann.auto.offset.reset", "earliest",
                "kaufmann.transcoders", "json",
                "kaufmann.max.demand", "16",
                "kaufmann.drain.timeout", "5s",
                "kaufmann.start.timeout", "60s"));
        settings.putAll(plan.settings());
        if (plan.staticMembers()) {
            settings.put("kafka.consumer.group.instance.id", "slot-" + number);
        }
        if (Plan.GUARANTEE.equals("exactly_once")) {
            settings.put("kaufmann.processing.guarantee", Plan.GUARANTEE);
            settings.put("kafka.producer.transaction.timeout.ms", "10000");
            if (plan.staticMembers()) {
                settings.put("kaufmann.transactional.id.prefix", plan.name() + "-" + number);
            }
        }
        return settings;
    }

    private static String process(int number, int start) {
        return number + "-" + start;
    }

    void start() {
        slots.forEach(ServiceSlot::start);
    }

    int count() {
        return slots.size();
    }

    /** Kills the process of one; it starts anew at once. Gives the name of the process. */
    String kill(int index) {
        String process = processes().get(index);
        slots.get(index).kill();
        return process;
    }

    /** The processes that run now, or start. */
    List<String> processes() {
        List<String> processes = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            processes.add(process(i + 1, slots.get(i).starts()));
        }
        return processes;
    }

    /** Fails when one has ended by itself: a service that cannot run needs no waiting. */
    void check() {
        for (ServiceSlot slot : slots) {
            if (!slot.unexpectedEnds().isEmpty()) {
                throw new IllegalStateException(slot.unexpectedEnds().get(0));
            }
        }
    }

    /** Stops all for good. Gives those that did not in time. */
    List<String> stop() {
        List<String> complaints = new ArrayList<>();
        for (ServiceSlot slot : slots) {
            if (!slot.stop(STOPPED_WITHIN_SECONDS)) {
                complaints.add(slot + " did not stop in " + STOPPED_WITHIN_SECONDS + " s");
            }
        }
        return complaints;
    }

    /** Kills those that run still. */
    @Override
    public void close() {
        slots.forEach(ServiceSlot::close);
    }
}
