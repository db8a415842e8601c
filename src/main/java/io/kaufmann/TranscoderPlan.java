package io.kaufmann;

import io.kaufmann.codec.Transcoders;
import io.kaufmann.schema.SchemaRegistry;
import java.util.function.Function;
import java.util.function.Supplier;

/** The formats of a service as they are configured: made once its schema registry is there. */
interface TranscoderPlan {

    /**
     * Makes them.
     *
     * @param config the settings of the service
     * @param registry its schema registry, asked for only by those that need one
     * @throws IllegalArgumentException when files that they need cannot be used
     * @throws IllegalStateException when a library that they need is not there
     */
    Transcoders make(KaufmannConfig config, Supplier<SchemaRegistry> registry);

    /** Whether they ask the service's schema registry. */
    boolean needsRegistry();

    /** Whether one of them may ask a registry, be it one that a user gave it. */
    default boolean mayAskRegistry() {
        return true;
    }

    /** Whether one of them may tell the name of a value's record. */
    default boolean mayTellRecordNames() {
        return true;
    }

    /** Whether Kaufmann's own transcoder of this name is among them, made as the settings have it. */
    default boolean makes(String name) {
        return false;
    }

    /** How it is shown. */
    @Override
    String toString();

    /**
     * Those that a user made.
     *
     * @param transcoders the transcoders
     */
    record Made(Transcoders transcoders) implements TranscoderPlan {

        @Override
        public Transcoders make(KaufmannConfig config, Supplier<SchemaRegistry> registry) {
            return transcoders;
        }

        @Override
        public boolean needsRegistry() {
            return false;
        }

        @Override
        public String toString() {
            return "transcoders";
        }
    }

    /**
     * Those that a user makes over the service's registry.
     *
     * @param maker makes them
     */
    record MadeOver(Function<SchemaRegistry, Transcoders> maker) implements TranscoderPlan {

        @Override
        public Transcoders make(KaufmannConfig config, Supplier<SchemaRegistry> registry) {
            Transcoders made = maker.apply(registry.get());
            if (made == null) {
                throw new IllegalStateException("transcoders(registry -> ...) gave null. Let it give transcoders");
            }
            return made;
        }

        @Override
        public boolean needsRegistry() {
            return true;
        }

        @Override
        public String toString() {
            return "transcoders over the registry";
        }
    }
}
