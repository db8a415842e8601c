package io.kaufmann.codec.avro;

import java.util.Arrays;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * Where a record schema's fields stand in records that were made for another, or for the same parsed elsewhere. Immutable.
 *
 * @param given the schema of the records
 * @param size how many fields they have
 * @param places their places by those of the fields that are written; -1 where they have none
 */
record RecordPlaces(Schema given, int size, int[] places) {

    static RecordPlaces of(Schema given, Map<String, Integer> wanted) {
        int[] places = new int[wanted.size()];
        Arrays.fill(places, -1);
        for (Schema.Field field : given.getFields()) {
            Integer place = wanted.get(field.name());
            if (place != null) {
                places[place] = field.pos();
            }
        }
        return new RecordPlaces(given, given.getFields().size(), places);
    }

    int of(FieldWriter field) {
        return places[field.place()];
    }
}
