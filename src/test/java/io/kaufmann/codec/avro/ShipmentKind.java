package io.kaufmann.codec.avro;

/** What Avro's compiler would generate. */
public enum ShipmentKind {
    LETTER,
    PARCEL
}
