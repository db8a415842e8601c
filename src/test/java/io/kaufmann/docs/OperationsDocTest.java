package io.kaufmann.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.KaufmannConfig;
import io.kaufmann.task.ReinitService;
import io.kaufmann.task.ReplayPosition;
import io.kaufmann.task.ReplayReport;
import org.junit.jupiter.api.Test;

/** What docs/operations.md shows in Java; its commands are run by OperationsDocIT. */
class OperationsDocTest {

    // begin reinit
    static ReplayReport rebuild(KaufmannConfig config) throws InterruptedException {
        return ReinitService.of(config)
                .to(ReplayPosition.committed())
                .run(progress -> System.out.println(progress.done() + " of " + progress.all()));
    }
    // end reinit

    @Test
    void placesAreReadAsTheDocumentWritesThem() {
        assertThat(ReplayPosition.parse("earliest")).isEqualTo(ReplayPosition.earliest());
        assertThat(ReplayPosition.parse("newest")).isEqualTo(ReplayPosition.newest());
        assertThat(ReplayPosition.parse("committed")).isEqualTo(ReplayPosition.committed());
        assertThat(ReplayPosition.parse("120000")).isEqualTo(ReplayPosition.offset(120_000));
        assertThat(ReplayPosition.parse("2026-11-29T06:00:00Z")).hasToString("2026-11-29T06:00:00Z");
    }
}
