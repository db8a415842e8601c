package io.kaufmann.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.MessageListener;

/** Spring Kafka's listener container on eight threads, each with a consumer; with replies, a batch waits for its own. */
final class SpringKafka implements Contestant {

    private final Setup setup;
    private final Body body;
    private final ConcurrentMessageListenerContainer<byte[], GenericRecord> container;
    private final KafkaTemplate<byte[], byte[]> template;

    SpringKafka(Setup setup, Body body) {
        this.setup = setup;
        this.body = body;
        this.template = new KafkaTemplate<>(new DefaultKafkaProducerFactory<>(
                Clients.producer(setup), new ByteArraySerializer(), new ByteArraySerializer()));
        ContainerProperties properties =
                new ContainerProperties(setup.work().topic().name());
        properties.setGroupId(setup.group());
        properties.setMessageListener(setup.work().reply() ? batches() : single());
        container = new ConcurrentMessageListenerContainer<>(
                new DefaultKafkaConsumerFactory<>(
                        Clients.consumer(setup), ByteArrayDeserializer::new, () -> new AvroDeserializer(setup)),
                properties);
        container.setConcurrency(setup.kind().workers);
    }

    private MessageListener<byte[], GenericRecord> single() {
        return record -> handle(record);
    }

    private BatchMessageListener<byte[], GenericRecord> batches() {
        ThreadLocal<Events> events = ThreadLocal.withInitial(() -> Events.register(setup.registryUrl()));
        return records -> {
            List<CompletableFuture<?>> sent = new ArrayList<>(records.size());
            for (ConsumerRecord<byte[], GenericRecord> record : records) {
                handle(record);
                byte[] value = events.get().encode(Events.id(record.value()), Events.sent(record.value()), "done");
                sent.add(template.send(new ProducerRecord<>(setup.replyTopic(), record.key(), value)));
            }
            sent.forEach(CompletableFuture::join);
        };
    }

    private void handle(ConsumerRecord<byte[], GenericRecord> record) {
        body.handle(record.partition(), Events.id(record.value()), Events.sent(record.value()));
    }

    @Override
    public void start() {
        container.start();
    }

    private static final class AvroDeserializer implements Deserializer<GenericRecord> {

        private final Events events;

        AvroDeserializer(Setup setup) {
            events = Events.register(setup.registryUrl());
        }

        @Override
        public GenericRecord deserialize(String topic, byte[] data) {
            return events.decode(data);
        }
    }
}
