package io.kaufmann.internal.consume;

import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedMemberEpochException;
import org.apache.kafka.common.errors.IllegalGenerationException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.StaleMemberEpochException;
import org.apache.kafka.common.errors.UnknownMemberIdException;

/** Tells the errors of a consumer that pass, by themselves or when someone mends a configuration, from those that do not. */
final class PassingErrors {

    private PassingErrors() {}

    static boolean isOne(KafkaException error) {
        return error instanceof RetriableException
                // None of these is retriable in Kafka's eyes: the next poll joins the group again. A member that the
                // group
                // has put out finds out by any of them, such as when it asks for the offsets of what it was just given.
                || error instanceof RebalanceInProgressException
                || error instanceof CommitFailedException
                || error instanceof UnknownMemberIdException
                || error instanceof StaleMemberEpochException
                || error instanceof FencedMemberEpochException
                || error instanceof IllegalGenerationException
                || error instanceof AuthenticationException
                || error instanceof AuthorizationException;
    }
}
