import io.kaufmann.schema.HttpSchemaRegistry;
import io.kaufmann.schema.SchemaFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;

/** Registers the schemas of the greeter's events, and that of error events. */
public final class Schemas {
  private static final HttpSchemaRegistry REGISTRY = HttpSchemaRegistry.of("http://localhost:8081");

  public static void main(String[] args) throws IOException {
    Schema.Parser parser = new Schema.Parser();
    parser.parse(shipped("event_metadata")); // every event refers to it by its name
    register("event.error", parser.parse(shipped("event.error")));
    SchemaFiles files = SchemaFiles.in(List.of(Path.of("src/main/resources/schemas")));
    files.subjects().forEach(name -> register(name, files.find(name).orElseThrow()));
  }

  private static void register(String name, Schema schema) {
    System.out.println(name + " has schema id " + REGISTRY.register(name, schema.toString()).id());
  }

  private static String shipped(String name) throws IOException {
    try (InputStream schema = Schemas.class.getResourceAsStream("/io/kaufmann/schemas/" + name + ".avsc")) {
      return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
