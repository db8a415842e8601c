package io.kaufmann.service;

import io.kaufmann.testing.Platform;
import io.kaufmann.testing.RunsOn;

@RunsOn(Platform.LOCAL)
class LocalExactlyOnceIT extends ExactlyOnceSuite {}
