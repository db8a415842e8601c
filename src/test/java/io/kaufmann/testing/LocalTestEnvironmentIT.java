package io.kaufmann.testing;

@RunsOn(Platform.LOCAL)
class LocalTestEnvironmentIT extends TestEnvironmentSuite {}
