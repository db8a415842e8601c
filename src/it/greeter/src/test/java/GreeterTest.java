import io.kaufmann.event.Event;
import io.kaufmann.testing.MockBus;
import io.kaufmann.testing.MockBusExtension;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class GreeterTest {
  @RegisterExtension static final MockBusExtension BUSES =
      MockBusExtension.of(() -> MockBus.of(new Greeter()).schemas("src/main/resources/schemas"));

  @Test void greetsWhoIsNamed(MockBus bus) {
    bus.givenEvent("command.greet", Map.of("name", "Ada"));
    Event greeted = bus.thenEvent("event.greeted", Map.of("greeting", "Hello Ada"));
    Assertions.assertEquals("mock-service", greeted.meta().emitterService().orElseThrow());
  }
}
