package io.kaufmann.codec.avro;

import org.apache.avro.Schema;

/** A generated class whose schema names a class that is not generated. */
@SuppressWarnings("serial") // Never serialized.
public final class TrickedEvent extends SlotRecord {

    public static final Schema SCHEMA$ = new Schema.Parser().parse("""
            {"type": "record", "name": "TrickedEvent", "namespace": "io.kaufmann.codec.avro", "fields": [
              {"name": "trap", "type": {"type": "record", "name": "LoadedTrap", "fields": []}}]}""");

    @Override
    public Schema getSchema() {
        return SCHEMA$;
    }
}
