import io.kaufmann.Kaufmann;
import io.kaufmann.KaufmannConfig;
import io.kaufmann.event.Event;
import io.kaufmann.event.EventNames;
import io.kaufmann.handler.EventHandler;
import io.kaufmann.handler.Result;
import java.util.Map;

public final class Greeter implements EventHandler {
  @Override public EventNames handledEvents() { return EventNames.of("command.greet"); }

  @Override public Result givenEvent(Event event) {
    String name = event.payload().text("name");
    return Result.reply("event.greeted", Map.of("greeting", "Hello " + name));
  }

  public static void main(String[] args) {
    Kaufmann.start(KaufmannConfig.builder()
        .bootstrapServers("localhost:9092").schemaRegistryUrl("http://localhost:8081")
        .consumerGroup("greeter").defaultTopic("rapids").serviceName("greeter")
        .eventHandler(new Greeter()).build());
  }
}
