package io.kaufmann.cli;

import io.kaufmann.testing.Platform;
import io.kaufmann.testing.RunsOn;

@RunsOn(Platform.LOCAL)
class LocalReinitServiceIT extends ReinitServiceSuite {}
