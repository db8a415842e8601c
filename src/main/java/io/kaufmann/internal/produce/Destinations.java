package io.kaufmann.internal.produce;

import io.kaufmann.event.CallbackTopic;
import io.kaufmann.event.Event;
import io.kaufmann.event.EventName;
import io.kaufmann.event.Meta;
import io.kaufmann.publish.CallbackTopics;
import io.kaufmann.publish.Publication;
import io.kaufmann.publish.PublishException;
import io.kaufmann.publish.Target;
import io.kaufmann.publish.TopicStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Finds the topics of a publication. Immutable and thread-safe. */
final class Destinations {

    private final String defaultTopic;
    private final TopicStrategy strategy;
    private final CallbackTopics callbackTopics;

    Destinations(String defaultTopic, TopicStrategy strategy, CallbackTopics callbackTopics) {
        this.defaultTopic = defaultTopic;
        this.strategy = strategy;
        this.callbackTopics = callbackTopics;
    }

    /** A topic, and its partition where that is stated. */
    record Destination(Target target, String topic, OptionalInt partition) {}

    /** The topics of a publication, one for each target but for callbacks that nobody awaits. */
    List<Destination> of(Publication publication, Optional<Event> cause) {
        List<Target> targets =
                publication.targets().isEmpty() ? strategy.targets(publication, cause) : publication.targets();
        List<Destination> destinations = new ArrayList<>(targets.size());
        for (Target target : targets) {
            if (target instanceof Target.Topic topic) {
                destinations.add(new Destination(target, topic.name(), topic.partition()));
            } else if (target instanceof Target.Default) {
                destinations.add(new Destination(target, defaultTopic, OptionalInt.empty()));
            } else {
                callback(publication, cause, target).ifPresent(destinations::add);
            }
        }
        return destinations;
    }

    private Optional<Destination> callback(Publication publication, Optional<Event> cause, Target target) {
        Optional<CallbackTopic> callback = cause.map(Event::meta).flatMap(Meta::callbackTopic);
        Optional<String> topic = callback.flatMap(CallbackTopic::topic).filter(name -> !name.isBlank());
        topic.filter(name -> !callbackTopics.allows(name)).ifPresent(name -> {
            throw PublishException.rejected(
                    publication.name().printable() + " may not be sent to the callback topic '"
                            + EventName.printable(name) + "': it is not among kaufmann.callback.topics ("
                            + callbackTopics + ")",
                    null);
        });
        return topic.map(name -> new Destination(target, name, callback.get().partition()));
    }
}
