package io.kaufmann.internal.consume;

import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;

/** Tells the errors of a consumer that pass, by themselves or when someone mends a configuration, from those that do not. */
final class PassingErrors {

    private PassingErrors() {}

    static boolean isOne(KafkaException error) {
        return error instanceof RetriableException
                // Neither of these two is retriable in Kafka's eyes: the next poll joins the group again.
                || error instanceof RebalanceInProgressException
                || error instanceof CommitFailedException
                || error instanceof AuthenticationException
                || error instanceof AuthorizationException;
    }
}
