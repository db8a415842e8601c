package io.kaufmann.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class their environment. Constructors, test methods and methods before and after tests may take a
 * {@link TestEnvironment}, which all tests of the JVM on this platform share; constructors and test methods also a
 * {@link StoppableEnvironment}, which is theirs alone. Where the platform does not offer it, the test is skipped and
 * says why.
 *
 * <pre>{@code
 * abstract class DeliverySuite {
 *     @Test
 *     void losesNothing(TestEnvironment environment) { ... }
 * }
 *
 * @RunsOn(Platform.LOCAL)
 * class LocalDeliveryIT extends DeliverySuite {}
 *
 * @RunsOn(Platform.DOCKER)
 * class DockerDeliveryIT extends DeliverySuite {}
 * }</pre>
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(EnvironmentExtension.class)
public @interface RunsOn {

    /** Where. */
    Platform value();
}
