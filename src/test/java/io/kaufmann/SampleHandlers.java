package io.kaufmann;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.codec.Transcoder;
import io.kaufmann.event.Event;
import io.kaufmann.event.EventName;
import io.kaufmann.event.EventNames;
import io.kaufmann.event.Meta;
import io.kaufmann.handler.DeadLetter;
import io.kaufmann.handler.DeadLetters;
import io.kaufmann.handler.ErrorFormat;
import io.kaufmann.handler.EventHandler;
import io.kaufmann.handler.Result;
import io.kaufmann.publish.MetaSource;
import io.kaufmann.publish.PartitionStrategy;
import io.kaufmann.publish.ProducerFactory;
import io.kaufmann.publish.Publication;
import io.kaufmann.publish.Target;
import io.kaufmann.publish.TopicStrategy;
import io.kaufmann.schema.SubjectStrategy;
import io.kaufmann.telemetry.Telemetry;
import io.kaufmann.telemetry.Tracing;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.producer.Producer;

/** Classes that properties name, good ones and bad ones. */
final class SampleHandlers {

    private SampleHandlers() {}

    public static class Greeter implements EventHandler {
        @Override
        public Result givenEvent(Event event) {
            return Result.noReply();
        }

        @Override
        public String toString() {
            return "password=hunter2";
        }
    }

    public static final class Deaf extends Greeter {
        @Override
        public EventNames handledEvents() {
            return EventNames.of();
        }
    }

    public static final class Confused extends Greeter {
        @Override
        public EventNames handledEvents() {
            throw new IllegalStateException("which events?");
        }
    }

    public static final class NeedsArguments extends Greeter {
        public NeedsArguments(String argument) {
            Objects.requireNonNull(argument);
        }
    }

    public static final class Fails extends Greeter {
        public Fails() {
            throw new IllegalStateException("no database");
        }
    }

    public static final class FailsToLoad extends Greeter {
        static final int NUMBER = Integer.parseInt("none");
    }

    public abstract static class Unfinished implements EventHandler {}

    static final class Hidden extends Greeter {}

    public static final class Everything
            implements TopicStrategy,
                    PartitionStrategy,
                    SubjectStrategy,
                    MetaSource,
                    ProducerFactory,
                    ErrorFormat,
                    DeadLetters,
                    Telemetry,
                    Tracing {
        @Override
        public Span handling(Handling handling) {
            return Span.NONE;
        }

        @Override
        public Span publishing(Publishing publishing) {
            return Span.NONE;
        }

        @Override
        public List<Target> targets(Publication publication, Optional<Event> cause) {
            return List.of();
        }

        @Override
        public OptionalInt partition(Publication publication, Optional<Meta> cause, int partitions) {
            return OptionalInt.of(0);
        }

        @Override
        public String subject(EventName name, String topic) {
            return topic;
        }

        @Override
        public Meta meta(Publication publication, Optional<Meta> cause) {
            return Meta.builder().build();
        }

        @Override
        public Producer<byte[], byte[]> create(Map<String, Object> settings) {
            return ProducerFactory.kafka().create(settings);
        }

        @Override
        public Object apply(Object error) {
            return error;
        }

        @Override
        public Optional<String> topic(DeadLetter letter) {
            return Optional.empty();
        }
    }

    public static class Morse implements Transcoder {
        @Override
        public String name() {
            return "morse";
        }

        @Override
        public Decoded decode(Encoded encoded) {
            throw new TranscodeException("not morse");
        }

        @Override
        public byte[] encode(Outgoing event) {
            return new byte[0];
        }
    }

    public static final class Flags extends Morse {
        @Override
        public String name() {
            return "flags";
        }
    }
}
