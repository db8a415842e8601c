package io.kaufmann.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class EmbeddedBrokerIT {

    @Test
    void keepsItsAddressAndItsRecordsThroughAStop() {
        try (EmbeddedBroker broker = EmbeddedBroker.started()) {
            String address = broker.bootstrapServers();
            createTopic(broker, "orders", 3);
            write(address, "orders", "before");

            broker.stop();
            assertThat(broker.isRunning()).isFalse();
            broker.start();

            assertThat(broker.bootstrapServers()).isEqualTo(address);
            write(address, "orders", "after");
            assertThat(keys(address, "orders")).containsExactlyInAnyOrder("before", "after");
        }
    }

    @Test
    void keepsCommittedOffsetsThroughAStop() {
        try (EmbeddedBroker broker = EmbeddedBroker.started();
                Topics topics = new Topics(broker.bootstrapServers())) {
            topics.create("orders", 2);
            write(broker.bootstrapServers(), "orders", "one");
            topics.commit("shipping", "orders", 1, 17);

            broker.stop();
            broker.start();

            assertThat(topics.committedOffsets("shipping", "orders")).containsExactly(Map.entry(1, 17L));
        }
    }

    @Test
    void runsBesideAnotherOne() {
        try (EmbeddedBroker one = EmbeddedBroker.started();
                EmbeddedBroker other = EmbeddedBroker.started()) {
            createTopic(one, "orders", 1);
            createTopic(other, "orders", 1);
            write(one.bootstrapServers(), "orders", "mine");

            one.stop();
            assertThat(keys(other.bootstrapServers(), "orders")).isEmpty();
            one.start();
            assertThat(keys(one.bootstrapServers(), "orders")).containsExactly("mine");
        }
    }

    @Test
    void listensOnTheGivenPort() {
        int port = FreePorts.next();
        try (EmbeddedBroker broker = EmbeddedBroker.onPort(port).start()) {
            assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
        }
    }

    @Test
    void namesTheGivenPortWhenItIsTakenAndStartsOnceItIsFree() throws IOException {
        int port = FreePorts.next();
        try (EmbeddedBroker broker = EmbeddedBroker.onPort(port)) {
            try (ServerSocket other = listenOn(port)) {
                assertThat(other.isBound()).isTrue();
                assertThatIllegalStateException().isThrownBy(broker::start).withMessageContaining("127.0.0.1:" + port);
            }
            broker.start();
            assertThat(broker.isRunning()).isTrue();
        }
    }

    @Test
    void takesOtherPortsWhenOneIsNoLongerFree() throws IOException {
        int taken = FreePorts.next();
        Iterator<Integer> ports = List.of(
                        FreePorts.next(), taken, taken, FreePorts.next(), FreePorts.next(), FreePorts.next())
                .iterator();
        try (ServerSocket other = listenOn(taken);
                EmbeddedBroker broker = new EmbeddedBroker(OptionalInt.empty(), ports::next)) {
            assertThat(other.isBound()).isTrue();
            broker.start();
            assertThat(broker.isRunning()).isTrue();
            assertThat(ports).isExhausted();
        }
    }

    @Test
    void deletesItsDataWhenClosedAndStartsNoMore() {
        EmbeddedBroker broker = EmbeddedBroker.started();
        assertThat(broker.home()).isNotEmptyDirectory();
        broker.close();
        broker.close();
        assertThat(broker.home()).doesNotExist();
        assertThatIllegalStateException().isThrownBy(broker::start).withMessageContaining("closed");
    }

    @Test
    void printsNothingWhenItStartsAndStopsAsItShould() {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, UTF_8));
        try (EmbeddedBroker broker = EmbeddedBroker.started()) {
            createTopic(broker, "orders", 1);
            broker.stop();
            broker.start();
        } finally {
            System.setOut(before);
        }
        assertThat(printed.toString(UTF_8)).isEmpty();
    }

    private static void write(String address, String topic, String key) {
        try (RawProducer producer = new RawProducer(address)) {
            producer.write(RawProducer.record(topic, key, "value".getBytes(UTF_8)));
        }
    }

    private static List<String> keys(String address, String topic) {
        return TopicReader.readAll(address, topic).stream()
                .flatMap(record -> TopicReader.key(record).stream())
                .toList();
    }

    private static ServerSocket listenOn(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.bind(new InetSocketAddress(FreePorts.loopback(), port));
        return socket;
    }

    private static void createTopic(EmbeddedBroker broker, String name, int partitions) {
        try (Topics topics = new Topics(broker.bootstrapServers())) {
            topics.create(name, partitions);
        }
    }
}
