package io.kaufmann.internal.produce;

import io.kaufmann.internal.handoff.OutgoingRecord;
import io.kaufmann.publish.PublishException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.common.errors.TransactionCoordinatorFencedException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnknownProducerIdException;
import org.apache.kafka.common.errors.UnknownServerException;

/** Tells an error of the producer that trying again can mend from one that it cannot. */
final class SendFailure {

    private SendFailure() {}

    static PublishException of(OutgoingRecord record, Throwable error) {
        String where = record.name().printable() + " to " + record.topic() + " (" + record.size() + " bytes)";
        if (isOutage(error)) {
            return PublishException.unavailable("Could not publish " + where + ": " + error, error);
        }
        return PublishException.rejected("Cannot publish " + where + ": " + error + ". " + remedy(error), error);
    }

    /** What is not known to be the record's own fault is an outage: better to try again than to drop. */
    private static boolean isOutage(Throwable error) {
        if (error instanceof RetriableException
                || error instanceof AuthenticationException
                || error instanceof ClusterAuthorizationException
                || error instanceof TransactionalIdAuthorizationException
                || error instanceof OutOfOrderSequenceException
                || error instanceof InvalidProducerEpochException
                || error instanceof UnknownProducerIdException
                || error instanceof UnknownServerException
                || isOfTheTransaction(error)) {
            return true;
        }
        return !(error instanceof ApiException) && !(error instanceof IllegalArgumentException);
    }

    /** Records that had not been sent when their transaction was given up fail like that, whyever it was. */
    private static boolean isOfTheTransaction(Throwable error) {
        return error instanceof TransactionAbortedException
                || error instanceof TransactionAbortableException
                || error instanceof TransactionCoordinatorFencedException
                || error instanceof InvalidTxnStateException
                || error instanceof InvalidPidMappingException
                || error instanceof ProducerFencedException
                // Those of its offsets, by which what was not sent yet fails too.
                || error instanceof GroupAuthorizationException
                || error instanceof FencedInstanceIdException
                || error instanceof OffsetMetadataTooLarge;
    }

    private static String remedy(Throwable error) {
        if (error instanceof RecordTooLargeException) {
            return "Send less in one event, or raise kafka.producer.max.request.size and the topic's max.message.bytes";
        }
        if (error instanceof AuthorizationException) {
            return "Grant the service Write there";
        }
        if (error instanceof InvalidTopicException) {
            return "Correct where the event goes";
        }
        return "The broker refused this record";
    }
}
