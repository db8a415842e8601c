package io.kaufmann.publish;

import io.kaufmann.event.CallbackTopic;
import io.kaufmann.event.Meta;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes the metadata of each event that is sent. Must be thread-safe and quick. */
@FunctionalInterface
public interface MetaSource {

    /**
     * The metadata of a publication.
     *
     * @param publication what is to be sent
     * @param cause the metadata of the event it answers; empty when it answers none
     * @return the metadata
     */
    Meta meta(Publication publication, Optional<Meta> cause);

    /**
     * KaufmannEx's metadata: a new {@code message_id}, the service's name and id, the cause's {@code callback_id}, the
     * event's name, the time, and as {@code callback_topic} the cause's {@code next_callback_topic}. What the publication
     * states itself goes before what its cause says.
     *
     * @param serviceName the {@code emitter_service}
     * @param serviceId the {@code emitter_service_id}
     * @param clock tells the time
     * @param ids makes message ids
     * @return the source
     */
    static MetaSource standard(String serviceName, String serviceId, InstantSource clock, Supplier<String> ids) {
        return (publication, cause) -> {
            Optional<CallbackTopic> next = cause.flatMap(Meta::nextCallbackTopic);
            Meta.Builder meta = Meta.builder()
                    .messageId(ids.get())
                    .emitter(serviceName, serviceId)
                    .callbackId(publication.callbackId().or(() -> cause.flatMap(Meta::callbackId)))
                    .messageName(publication.name().text())
                    .timestamp(clock.instant())
                    .callbackTopic(publication.callbackTopic().or(() -> next));
            publication.meta().forEach(meta::field);
            return meta.build();
        };
    }
}
