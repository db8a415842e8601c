package io.kaufmann.codec.avro;

import org.apache.avro.Schema;

/** Schemas that several tests share. */
final class Schemas {

    static final Schema LINKED_LIST = SchemaShelf.parse("""
            {"type": "record", "name": "Node", "fields": [
              {"name": "value", "type": "int"}, {"name": "next", "type": ["null", "Node"]}]}""");

    private Schemas() {}
}
