import io.kaufmann.Kaufmann;
import io.kaufmann.KaufmannConfig;
import io.kaufmann.OffsetReset;
import io.kaufmann.handler.EventRouter;
import io.kaufmann.handler.Result;
import io.kaufmann.publish.Publication;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Asks the greeter for a greeting, and prints its answer. */
public final class Ask {
  public static void main(String[] args) throws Exception {
    String id = UUID.randomUUID().toString();
    CompletableFuture<String> answer = new CompletableFuture<>();
    EventRouter router = EventRouter.on("event.greeted", event -> {
      if (event.meta().callbackId().filter(id::equals).isPresent()) {
        answer.complete(event.payload().text("greeting"));
      }
      return Result.noReply();
    });
    try (Kaufmann asker = Kaufmann.start(KaufmannConfig.builder()
        .bootstrapServers("localhost:9092").schemaRegistryUrl("http://localhost:8081")
        .consumerGroup("asker-" + id).defaultTopic("rapids").serviceName("asker")
        .autoOffsetReset(OffsetReset.EARLIEST)
        .eventHandler(router).build())) {
      asker.publisher().publish(Publication.of("command.greet", Map.of("name", "Ada")).callbackId(id)).get();
      System.out.println("The greeter says: " + answer.get(1, TimeUnit.MINUTES));
    }
  }
}
