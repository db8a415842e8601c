package io.kaufmann.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kaufmann.testing.Platform;
import io.kaufmann.testing.RunsOn;
import io.kaufmann.testing.TestEnvironment;
import io.kaufmann.testing.Topics;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RunsOn(Platform.LOCAL)
class DescribeGroupIT {

    private DeadLetterBox box;
    private DescribeGroup task;

    @BeforeEach
    void open(TestEnvironment environment) {
        box = new DeadLetterBox(environment, 2);
        task = DescribeGroup.of(box.config().build());
    }

    @Test
    void namesTheGroupsThatMayBeMeant() {
        box.environment.topics().commit(box.group + "-eu", box.topic, 0, 0);
        assertThatThrownBy(task::run)
                .isInstanceOf(TaskException.class)
                .hasMessageContaining("There is no consumer group '" + box.group + "'")
                .hasMessageContaining("There is '" + box.group + "-eu'");
    }

    @Test
    void showsPartitionsWithoutACommit() {
        box.write("order.placed", "a", 0);
        box.environment.topics().commit(box.group, box.topic, 1, 0);
        box.redrive().to(box.topic).build().run();
        GroupReport report = task.run();
        assertThat(report.partitions()).hasSize(2);
        assertThat(report.partitions().get(0).committed()).isEmpty();
        assertThat(report.partitions().get(0).lag()).isEmpty();
        assertThat(report.partitions().get(0).end()).isEqualTo(1);
        assertThat(report.partitions().get(1).committed()).hasValue(0);
        assertThat(report.totalLag()).isZero();
        assertThat(task.knownToTheGroup().run().partitions()).hasSize(1);
    }

    @Test
    void saysWhichTopicIsMissing() {
        String missing = Topics.unique("missing");
        box.environment.topics().commit(box.group, box.topic, 1, 0);
        assertThat(task.topics(List.of(box.topic)).run().partitions()).hasSize(2);
        assertThatThrownBy(task.topics(List.of(missing))::run)
                .isInstanceOf(TaskException.class)
                .hasMessageContaining("There is no topic '" + missing + "'")
                .hasMessageContaining("--topic");
    }

    @Test
    void tellsWhatWasRedriven() {
        box.write("order.placed", "a", 0);
        box.write("order.paid", "a", 0);
        box.redrive().event("order.paid").build().run();
        GroupReport report = DescribeGroup.of(
                        box.config().consumerGroup(box.dead + ".redrive").build())
                .knownToTheGroup()
                .run();
        assertThat(report.partitions()).singleElement().satisfies(partition -> {
            assertThat(partition.committed()).hasValue(0);
            assertThat(partition.finishedBeyond()).isEqualTo(1);
        });
    }
}
