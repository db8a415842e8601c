package io.kaufmann.codec;

import io.kaufmann.schema.HttpSchemaRegistry;
import io.kaufmann.schema.SchemaRegistry;
import io.kaufmann.testing.DevelopmentRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;

/** The contract for transcoders that write Avro, over a registry that speaks HTTP. */
abstract class AvroContract extends TranscoderContract {

    static final Schema SCHEMA = schema("");
    private static final Schema WIDER = schema(", {\"name\": \"note\", \"type\": \"string\", \"default\": \"none\"}");

    final DevelopmentRegistry registry = DevelopmentRegistry.start();

    AvroContract() {
        register(SCHEMA);
    }

    private static Schema schema(String more) {
        Schema.Parser parser = new Schema.Parser().setValidateDefaults(false);
        parser.parse(metaSchema());
        return parser.parse("""
                {"type": "record", "name": "OrderPlaced", "namespace": "io.kaufmann.codec", "fields": [
                  {"name": "meta", "type": ["null", "seven.cloud.services.event_metadata"], "default": null},
                  {"name": "payload", "type": {"type": "record", "name": "OrderPayload", "fields": [
                    {"name": "id", "type": "long"}, {"name": "name", "type": "string"},
                    {"name": "price", "type": "double"},
                    {"name": "tags", "type": {"type": "array", "items": "string"}}%s]}}]}
                """.formatted(more));
    }

    private static String metaSchema() {
        try (InputStream in = AvroContract.class.getResourceAsStream("/io/kaufmann/schemas/event_metadata.avsc")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void register(Schema schema) {
        registry.contents().register("event.order.placed", schema.toString());
    }

    SchemaRegistry client() {
        return HttpSchemaRegistry.of(registry.url());
    }

    @Override
    protected boolean hasRegistry() {
        return true;
    }

    @Override
    protected void evolve() {
        register(WIDER);
    }

    @Override
    protected void stopRegistry() {
        registry.stop();
    }

    @Override
    protected void startRegistry() {
        registry.restart();
    }

    @Override
    @AfterEach
    protected void close() {
        registry.close();
    }
}
