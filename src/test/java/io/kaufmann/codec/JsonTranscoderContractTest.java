package io.kaufmann.codec;

import io.kaufmann.codec.json.JsonTranscoder;
import org.junit.jupiter.api.AfterEach;

class JsonTranscoderContractTest extends TranscoderContract {

    @Override
    protected Transcoder transcoder() {
        return JsonTranscoder.create();
    }

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
