package io.kaufmann.codec;

import io.kaufmann.codec.json.JsonTranscoder;

class JsonTranscoderContractTest extends SchemalessContract {

    @Override
    protected Transcoder transcoder() {
        return JsonTranscoder.create();
    }
}
