package io.kaufmann.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.confluent.parallelconsumer.ParallelConsumerOptions;
import io.confluent.parallelconsumer.ParallelConsumerOptions.CommitMode;
import io.confluent.parallelconsumer.ParallelConsumerOptions.ProcessingOrder;
import io.confluent.parallelconsumer.ParallelStreamProcessor;
import io.kaufmann.handler.Ordering;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

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
                .consumer(new KafkaConsumer<>(
                        Clients.consumer(setup), new StringDeserializer(), new ByteArrayDeserializer()))
                .ordering(order(setup.work().ordering()))
                .maxConcurrency(setup.kind().workers)
                .commitMode(CommitMode.PERIODIC_CONSUMER_ASYNCHRONOUS);
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
        if (setup.work().reply()) {
            KafkaProducer<byte[], byte[]> producer = Clients.newProducer(setup);
            processor.poll(context -> {
                ConsumerRecord<String, byte[]> record = context.getSingleConsumerRecord();
                GenericRecord event = handle(record);
                byte[] value = events.get().encode(Events.id(event), Events.sent(event), "done");
                Clients.await(producer.send(
                        new ProducerRecord<>(setup.replyTopic(), record.key().getBytes(UTF_8), value)));
            });
        } else {
            processor.poll(context -> handle(context.getSingleConsumerRecord()));
        }
    }

    private GenericRecord handle(ConsumerRecord<String, byte[]> record) {
        GenericRecord event = events.get().decode(record.value());
        body.handle(record.partition(), Events.id(event), Events.sent(event));
        return event;
    }
}
