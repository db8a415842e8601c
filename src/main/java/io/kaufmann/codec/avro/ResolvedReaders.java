package io.kaufmann.codec.avro;

import io.kaufmann.codec.avro.ResolvedRecordReader.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalType;
import org.apache.avro.Resolver;
import org.apache.avro.Resolver.Action;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * Makes the readers that read what one schema wrote as another has it, once for each pair. What belongs to what is Avro's
 * own decision ({@link Resolver}). Where the two do not go together, the reader fails when it gets there: a branch of a
 * union that nobody writes any more harms nobody.
 *
 * <p>Not thread-safe: one is made for each pair, and gone once the readers are there.
 */
final class ResolvedReaders {

    private final IdentityHashMap<Action, ResolvedRecordReader> records = new IdentityHashMap<>();
    private final Skips skips = new Skips();

    private ResolvedReaders() {}

    static ValueReader of(Schema writer, Schema reader) {
        if (writer.equals(reader)) {
            return Readers.of(reader);
        }
        try {
            return new ResolvedReaders().reader(Resolver.resolve(writer, reader, new DefaultsLater()));
        } catch (AvroRuntimeException e) { // Aliases that give two fields one name, and the like.
            return failing(Values.cut(String.valueOf(e.getMessage()), 200));
        }
    }

    /** Avro would make all defaults at once, and refuse those of Elixir services. */
    private static final class DefaultsLater extends GenericData {

        @Override
        public Object getDefaultValue(Schema.Field field) {
            return null;
        }
    }

    private ValueReader reader(Action action) {
        return switch (action.type) {
            case DO_NOTHING, PROMOTE -> single(action.writer, action.reader);
            case CONTAINER -> container((Resolver.Container) action);
            case ENUM -> symbols((Resolver.EnumAdjust) action);
            case SKIP -> skips.of(action.writer);
            case RECORD -> record((Resolver.RecordAdjust) action);
            case WRITER_UNION ->
                Readers.union(Arrays.stream(((Resolver.WriterUnion) action).actions)
                        .map(this::reader)
                        .toList());
            case READER_UNION -> reader(((Resolver.ReaderUnion) action).actualAction);
            case ERROR -> Unresolvable.reader((Resolver.ErrorAction) action);
        };
    }

    private ValueReader container(Resolver.Container action) {
        ValueReader items = reader(action.elementAction);
        return action.reader.getType() == Schema.Type.ARRAY ? new ArrayReader(items) : new MapReader(items);
    }

    private static ValueReader single(Schema writer, Schema reader) {
        if (meanDifferently(writer, reader)) {
            return failing("written as " + Unresolvable.shown(writer) + ", which does not mean what the reader's "
                    + Unresolvable.shown(reader) + " does");
        }
        ToLongFunction<Input> number = writer.getType() == Schema.Type.INT ? Input::readInt : Input::readLong;
        ValueReader logical = LogicalReaders.of(reader, number);
        if (logical != null) {
            return logical;
        }
        return writer.getType() == reader.getType() ? Readers.plain(reader) : promoted(writer, reader);
    }

    /** Milliseconds read as microseconds, or decimals with another scale, would be wrong values that nobody notices. */
    private static boolean meanDifferently(Schema writer, Schema reader) {
        LogicalType written = LogicalReaders.typeOf(writer);
        LogicalType read = LogicalReaders.typeOf(reader);
        return written != null
                && read != null
                && (!written.getName().equals(read.getName())
                        || LogicalReaders.scale(written) != LogicalReaders.scale(read));
    }

    private static ValueReader promoted(Schema writer, Schema reader) {
        boolean whole = writer.getType() == Schema.Type.INT;
        return switch (reader.getType()) {
            case LONG -> in -> (long) in.readInt();
            case FLOAT -> whole ? in -> (float) in.readInt() : in -> (float) in.readLong();
            case DOUBLE -> promotedToDouble(writer.getType());
            case STRING -> Input::readString;
            default -> Input::readBytes;
        };
    }

    private static ValueReader promotedToDouble(Schema.Type type) {
        return switch (type) {
            case INT -> in -> (double) in.readInt();
            case LONG -> in -> (double) in.readLong();
            default -> in -> (double) in.readFloat();
        };
    }

    private static ValueReader symbols(Resolver.EnumAdjust action) {
        List<String> written = action.writer.getEnumSymbols();
        List<String> read = action.reader.getEnumSymbols();
        int[] places = action.adjustments;
        return in -> {
            int place = places[Readers.symbol(in, places.length)];
            if (place < 0) {
                throw Misfit.unresolvable("written as an enum symbol of " + written + " that the reader's schema, with "
                        + read + " and no default, does not have");
            }
            return read.get(place);
        };
    }

    private ValueReader record(Resolver.RecordAdjust action) {
        ResolvedRecordReader known = records.get(action);
        if (known != null) {
            return known;
        }
        ResolvedRecordReader made = new ResolvedRecordReader(new RecordShape(action.reader));
        records.put(action, made);
        List<Step> steps = new ArrayList<>(written(action));
        Arrays.stream(action.readerOrder)
                .skip(action.firstDefault)
                .map(field -> new Step(field.name(), DefaultReader.of(field), field.pos(), false))
                .forEach(steps::add);
        made.steps(steps);
        return made;
    }

    private List<Step> written(Resolver.RecordAdjust action) {
        return IntStream.range(0, action.fieldActions.length)
                .mapToObj(i -> {
                    String name = action.writer.getFields().get(i).name();
                    Schema.Field read = action.reader.getField(name);
                    int place = read == null ? ResolvedRecordReader.NOWHERE : read.pos();
                    return new Step(name, reader(action.fieldActions[i]), place, true);
                })
                .toList();
    }

    private static ValueReader failing(String message) {
        return in -> {
            throw Misfit.unresolvable(message);
        };
    }
}
