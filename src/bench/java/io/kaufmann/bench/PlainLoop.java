package io.kaufmann.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A loop that polls, decodes, handles and replies on one thread, and commits each second, after the acknowledgements. */
final class PlainLoop implements Contestant {

    private static final long COMMIT_INTERVAL = Duration.ofSeconds(1).toNanos();

    private final Setup setup;
    private final Body body;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread = new Thread(this::run, "plain-loop");

    PlainLoop(Setup setup, Body body) {
        this.setup = setup;
        this.body = body;
        this.consumer =
                new KafkaConsumer<>(Clients.consumer(setup), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public void start() {
        thread.start();
    }

    private void run() {
        Events events = Events.register(setup.registryUrl());
        KafkaProducer<byte[], byte[]> producer = Clients.newProducer(setup);
        consumer.subscribe(List.of(setup.work().topic().name()));
        long lastCommit = System.nanoTime();
        List<Future<?>> sent = new ArrayList<>();
        while (true) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(100));
            for (ConsumerRecord<byte[], byte[]> record : records) {
                GenericRecord event = events.decode(record.value());
                body.handle(record.partition(), Events.id(event), Events.sent(event));
                if (setup.work().reply()) {
                    byte[] value = events.encode(Events.id(event), Events.sent(event), "done");
                    sent.add(producer.send(new ProducerRecord<>(setup.replyTopic(), record.key(), value)));
                }
            }
            if (System.nanoTime() - lastCommit > COMMIT_INTERVAL) {
                sent.forEach(Clients::await);
                sent.clear();
                consumer.commitAsync();
                lastCommit = System.nanoTime();
            }
        }
    }
}
