package io.kaufmann.testing;

@RunsOn(Platform.DOCKER)
class DockerTestEnvironmentIT extends TestEnvironmentSuite {}
