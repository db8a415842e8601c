package io.kaufmann.internal.consume;

import org.apache.kafka.common.KafkaException;

/** The group did not take a consumer, which is of no use any more: another one may have more luck later. */
final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    RefusedException(KafkaException cause) {
        super(cause.toString(), cause);
    }
}
