package io.kaufmann.codec;

import org.junit.jupiter.api.AfterEach;

/** A transcoder that asks no registry and knows no schemas. */
abstract class SchemalessContract extends TranscoderContract {

    @Override
    protected boolean hasRegistry() {
        return false;
    }

    @Override
    protected void evolve() {}

    @Override
    protected void stopRegistry() {}

    @Override
    protected void startRegistry() {}

    @Override
    @AfterEach
    protected void close() {}
}
