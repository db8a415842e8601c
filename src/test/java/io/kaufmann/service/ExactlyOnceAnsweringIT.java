package io.kaufmann.service;

import io.kaufmann.ProcessingGuarantee;
import io.kaufmann.testing.Platform;
import io.kaufmann.testing.RunsOn;

/** What comes of an event is the same when it comes in transactions. */
@RunsOn(Platform.LOCAL)
class ExactlyOnceAnsweringIT extends AnsweringSuite {

    @Override
    ProcessingGuarantee guarantee() {
        return ProcessingGuarantee.EXACTLY_ONCE;
    }
}
