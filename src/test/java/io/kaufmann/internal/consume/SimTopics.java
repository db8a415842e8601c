package io.kaufmann.internal.consume;

import io.kaufmann.internal.consume.SimMeetings.Meeting;
import io.kaufmann.internal.produce.Topics;
import io.kaufmann.publish.PublishException;
import java.util.Random;

/** Topics that are known at once: one of them is gone now and then. For one thread. */
final class SimTopics implements Topics {

    private final SimProcess process;
    private final Random random;
    private final SimMeetings met;
    /** Whether an answer is being kept, and not sent. */
    boolean keeping;

    SimTopics(SimProcess process, SimWorld world) {
        this.process = process;
        this.random = world.random();
        this.met = world.met();
    }

    @Override
    public void find(String topic, Answer answer) {
        if (process.faulty && random.nextInt(30) == 0) {
            answer.unknown(PublishException.unavailable("on purpose", null));
        } else if (topic.equals("gone") && random.nextInt(3) == 0) {
            if (!keeping) {
                met.note(Meeting.TOPIC_GONE_SINCE_IT_WAS_KEPT);
            }
            answer.unknown(PublishException.rejected("topic gone does not exist, on purpose", null));
        } else {
            answer.partitions(1);
        }
    }

    @Override
    public void forget(String topic) {
        // Each look is a fresh one.
    }
}
