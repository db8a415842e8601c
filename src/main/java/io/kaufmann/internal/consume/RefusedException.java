package io.kaufmann.internal.consume;

import org.apache.kafka.common.KafkaException;

/** A consumer is of no use any more, and another one may have more luck later: it begins from what the group has committed. */
final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private RefusedException(String message, KafkaException cause) {
        super(message, cause);
    }

    /** The group did not take the consumer. */
    static RefusedException byGroup(KafkaException cause) {
        return new RefusedException("it was not taken into its group: " + cause, cause);
    }

    /** Its transactions are over. */
    static RefusedException shutOut(KafkaException cause) {
        return new RefusedException(
                "its transaction was ended from elsewhere: it took longer than transaction.timeout.ms, or another producer"
                        + " has its transactional id. It begins again from what its group has committed, nothing is lost or"
                        + " doubled. If this goes on, give each instance a kaufmann.transactional.id.prefix of its own. "
                        + cause,
                cause);
    }
}
