package io.kaufmann.codec;

import io.kaufmann.codec.avro.AvroTranscoder;
import io.kaufmann.schema.SubjectStrategy;

class AvroTranscoderContractTest extends AvroContract {

    @Override
    protected Transcoder transcoder() {
        return AvroTranscoder.of(client(), SubjectStrategy.eventName());
    }
}
