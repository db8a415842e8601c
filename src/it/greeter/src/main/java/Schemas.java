import io.kaufmann.schema.HttpSchemaRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;

/** Registers the schemas of the greeter's events, and that of error events. */
public final class Schemas {
  private static final HttpSchemaRegistry REGISTRY = HttpSchemaRegistry.of("http://localhost:8081");

  public static void main(String[] args) throws IOException {
    register("event.error", shipped("event.error"));
    register("command.greet", event("name"));
    register("event.greeted", event("greeting"));
  }

  private static void register(String name, String schema) throws IOException {
    Schema.Parser parser = new Schema.Parser();
    parser.parse(shipped("event_metadata")); // every event refers to it by its name
    System.out.println(name + " has schema id " + REGISTRY.register(name, parser.parse(schema).toString()).id());
  }

  private static String event(String field) {
    return """
        {"type": "record", "name": "event", "fields": [
          {"name": "meta", "type": "seven.cloud.services.event_metadata"},
          {"name": "payload", "type": {"type": "record", "name": "payload", "fields": [
            {"name": "%s", "type": "string"}]}}]}""".formatted(field);
  }

  private static String shipped(String name) throws IOException {
    try (InputStream schema = Schemas.class.getResourceAsStream("/io/kaufmann/schemas/" + name + ".avsc")) {
      return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
