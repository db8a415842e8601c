package io.kaufmann.codec.json;

import io.kaufmann.codec.TranscodeException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Tells what is an object's text in UTF-8 from what is not, before a parser guesses at other encodings. */
final class JsonText {

    private static final int CHUNK = 4_096;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private JsonText() {}

    /**
     * Lets pass what is UTF-8 and begins, after white space, as an object does.
     *
     * @throws TranscodeException for anything else
     */
    static void check(byte[] value) {
        int start = start(value);
        if (start == value.length) {
            throw new TranscodeException("not an object: there is nothing in it");
        }
        if (value[start] != '{') {
            throw new TranscodeException(String.format("not an object: it begins with byte 0x%02x", value[start]));
        }
        int first = firstBeyondAscii(value, start);
        if (first < value.length) {
            checkUtf8(ByteBuffer.wrap(value, first, value.length - first));
        }
        // The parser takes text with zero bytes at its start for UTF-16 or UTF-32; no text in UTF-8 has them.
        if (value.length > start + 1 && value[start + 1] == 0) {
            throw new TranscodeException("not UTF-8: a zero byte at byte " + (start + 1));
        }
    }

    private static int start(byte[] value) {
        int at = 0;
        while (at < BYTE_ORDER_MARK.length && at < value.length && value[at] == BYTE_ORDER_MARK[at]) {
            at++;
        }
        at = at == BYTE_ORDER_MARK.length ? at : 0;
        while (at < value.length && isSpace(value[at])) {
            at++;
        }
        return at;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private static int firstBeyondAscii(byte[] value, int from) {
        int at = from;
        while (at < value.length && value[at] >= 0) {
            at++;
        }
        return at;
    }

    /** In pieces, so that it takes no memory of the text's own size. */
    private static void checkUtf8(ByteBuffer bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer chars = CharBuffer.allocate(Math.min(CHUNK, bytes.remaining() + 1));
        CoderResult result;
        do {
            result = decoder.decode(bytes, chars.clear(), true);
        } while (result.isOverflow());
        if (result.isError()) {
            throw new TranscodeException("not UTF-8 at byte " + bytes.position());
        }
    }
}
