package io.kaufmann.codec.avro;

import org.apache.avro.Schema;

/** A generated class of an event's whole schema. */
@SuppressWarnings("serial") // Never serialized.
public final class WholeEvent extends SlotRecord {

    public static final Schema SCHEMA$ = new Schema.Parser().parse("""
            {"type": "record", "name": "WholeEvent", "namespace": "io.kaufmann.codec.avro", "fields": [
              {"name": "meta", "type": {"type": "record", "name": "m", "fields": [
                {"name": "message_id", "type": "string"}]}},
              {"name": "payload", "type": "int"}]}""");

    @Override
    public Schema getSchema() {
        return SCHEMA$;
    }
}
