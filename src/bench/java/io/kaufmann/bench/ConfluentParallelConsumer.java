package io.kaufmann.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.confluent.parallelconsumer.ParallelConsumerOptions;
import io.confluent.parallelconsumer.ParallelConsumerOptions.CommitMode;
import io.confluent.parallelconsumer.ParallelConsumerOptions.ProcessingOrder;
import io.confluent.parallelconsumer.ParallelStreamProcessor;
import io.kaufmann.handler.Ordering;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Confluent's Parallel Consumer, which decodes in its workers. Keys are texts, since it goes by their equality. */
final class ConfluentParallelConsumer implements Contestant {

    private final Setup setup;
    private final Body body;
    private final ParallelStreamProcessor<String, byte[]> processor;
    private final ThreadLocal<Events> events;

    ConfluentParallelConsumer(Setup setup, Body body) {
        this.setup = setup;
        this.body = body;
        this.events = ThreadLocal.withInitial(() -> Events.register(setup.registryUrl()));
        var options = ParallelConsumerOptions.<String, byte[]>builder()
                .consumer(new KafkaConsumer<>(consumer(), new StringDeserializer(), new ByteArrayDeserializer()))
                .ordering(order(setup.work().ordering()))
                .maxConcurrency(setup.kind().workers);
        if (isTransactional()) {
            Map<String, Object> settings = new HashMap<>(Clients.producer(setup));
            settings.put("transactional.id", setup.group());
            options.producer(new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer()))
                    // As often as Kaufmann, which is its default too.
                    .commitInterval(Duration.ofMillis(100))
                    .commitMode(CommitMode.PERIODIC_TRANSACTIONAL_PRODUCER);
        } else {
            options.commitMode(CommitMode.PERIODIC_CONSUMER_ASYNCHRONOUS);
        }
        this.processor = ParallelStreamProcessor.createEosStreamProcessor(options.build());
    }

    private static ProcessingOrder order(Ordering ordering) {
        return switch (ordering) {
            case UNORDERED -> ProcessingOrder.UNORDERED;
            case KEY -> ProcessingOrder.KEY;
            case PARTITION -> ProcessingOrder.PARTITION;
        };
    }

    @Override
    public void start() {
        processor.subscribe(List.of(setup.work().topic().name()));
        if (isTransactional()) {
            processor.pollAndProduce(context -> {
                ConsumerRecord<String, byte[]> record = context.getSingleConsumerRecord();
                GenericRecord event = handle(record);
                return new ProducerRecord<>(setup.replyTopic(), record.key(), answer(event));
            });
        } else if (setup.work().reply()) {
            KafkaProducer<byte[], byte[]> producer = Clients.newProducer(setup);
            processor.poll(context -> {
                ConsumerRecord<String, byte[]> record = context.getSingleConsumerRecord();
                GenericRecord event = handle(record);
                Clients.await(producer.send(
                        new ProducerRecord<>(setup.replyTopic(), record.key().getBytes(UTF_8), answer(event))));
            });
        } else {
            processor.poll(context -> handle(context.getSingleConsumerRecord()));
        }
    }

    private boolean isTransactional() {
        return setup.kind() == Kind.PARALLEL_CONSUMER_TRANSACTIONS;
    }

    private Map<String, Object> consumer() {
        Map<String, Object> settings = new HashMap<>(Clients.consumer(setup));
        if (isTransactional()) {
            settings.put("isolation.level", "read_committed");
        }
        return settings;
    }

    private byte[] answer(GenericRecord event) {
        return events.get().encode(Events.id(event), Events.sent(event), "done");
    }

    private GenericRecord handle(ConsumerRecord<String, byte[]> record) {
        GenericRecord event = events.get().decode(record.value());
        body.handle(record.partition(), Events.id(event), Events.sent(event));
        return event;
    }
}
