package io.kaufmann.quickstart;

import io.kaufmann.Kaufmann;
import io.kaufmann.KaufmannConfig;
import io.kaufmann.OffsetReset;
import io.kaufmann.schema.HttpSchemaRegistry;
import io.kaufmann.testing.Topics;
import java.util.concurrent.TimeUnit;

/** The main job: starts the sample service, sends it events, reads what it answers, and settles the account. */
final class QuickstartRun {

    static final int PER_SECOND = 250;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final Site site;
    private final Screen screen;
    private final int events;
    private final Ledger ledger = new Ledger();

    QuickstartRun(Site site, Screen screen, int events) {
        this.site = site;
        this.screen = screen;
        this.events = events;
    }

    /** Runs it; when this returns, the service has ended in order, and all that it wrote is read. */
    Account run() throws InterruptedException {
        String bootstrapServers = site.environment().bootstrapServers();
        HttpSchemaRegistry registry = HttpSchemaRegistry.of(site.environment().registryUrl());
        site.createTopics();
        SampleSchemas schemas = SampleSchemas.register(registry, site.names());
        tellWhatIsUsed(schemas.size());
        Samples samples = new Samples(schemas, site.names(), events);
        try (AnswerReader reader = new AnswerReader(bootstrapServers, registry, site.names(), ledger)) {
            try (Kaufmann service = Kaufmann.start(config());
                    Sender sender = new Sender(bootstrapServers, samples, ledger)) {
                screen.line("  service    order-service, %s", service.state());
                screen.gap();
                send(sender, reader);
            }
        }
        return ledger.close(offsets());
    }

    private void tellWhatIsUsed(int schemas) {
        Names names = site.names();
        screen.line("  broker     %s, %s", site.environment().bootstrapServers(), site.origin());
        screen.line("  registry   %s, %s", site.environment().registryUrl(), site.origin());
        screen.line("  schemas    %d, registered as %scommand.order.place and so on", schemas, names.subjects());
        screen.line("  topics     %s for the service to read", names.topic(Channel.ORDERS));
        screen.line("             %s for its replies and error events", names.topic(Channel.EVENTS));
        screen.line("             %s for callbacks", names.topic(Channel.ANSWERS));
        screen.line("  group      %s", names.group());
    }

    private KaufmannConfig config() {
        Names names = site.names();
        return KaufmannConfig.builder()
                .bootstrapServers(site.environment().bootstrapServers())
                .schemaRegistryUrl(site.environment().registryUrl())
                .consumerGroup(names.group())
                .defaultTopic(names.topic(Channel.ORDERS))
                .defaultPublishTopic(names.topic(Channel.EVENTS))
                .callbackTopics(names.topic(Channel.ANSWERS))
                .subjectStrategy(names.subjectStrategy())
                .autoOffsetReset(OffsetReset.EARLIEST)
                .serviceName("order-service")
                .shutdownHook(false)
                .eventHandler(OrderService.handler())
                .build();
    }

    private void send(Sender sender, AnswerReader reader) throws InterruptedException {
        int steady = events / 10;
        int burst = events - steady - 1;
        long start = System.nanoTime();
        sender.burst(Sent.Phase.FIRST, 1);
        awaitSettled(reader, false);
        screen.line(
                "  The first event is answered %.1f s after the service was started.",
                (System.nanoTime() - start) / 1e9);
        screen.line("  %,d more follow at once, then %,d at %d a second.", burst, steady, PER_SECOND);
        sender.burst(Sent.Phase.BURST, burst);
        awaitSettled(reader, true);
        sender.steadily(steady, PER_SECOND, this::showProgress);
        awaitSettled(reader, true);
    }

    /** Waits until all answers are read and, if need be, all offsets committed; or until nothing comes any more. */
    private void awaitSettled(AnswerReader reader, boolean andCommitted) throws InterruptedException {
        long quietSince = System.nanoTime();
        long read = -1;
        while (ledger.outstanding() > 0 || (andCommitted && !offsets().areAtEnd())) {
            reader.check();
            if (ledger.sent() > 1) {
                showProgress();
            }
            if (ledger.read() != read) {
                read = ledger.read();
                quietSince = System.nanoTime();
            } else if (System.nanoTime() - quietSince > PATIENCE_NANOS) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private void showProgress() {
        screen.progress(ledger.sent(), ledger.done(), events);
    }

    private Offsets offsets() {
        Topics topics = site.environment().topics();
        String orders = site.names().topic(Channel.ORDERS);
        return new Offsets(topics.committedOffsets(site.names().group(), orders), topics.endOffsets(orders));
    }
}
