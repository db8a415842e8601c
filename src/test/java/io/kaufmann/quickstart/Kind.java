package io.kaufmann.quickstart;

/** What the service can answer to an event: a reply, or an error event for one of four reasons. */
enum Kind {
    REPLY("a reply"),
    /** The handler returned a failure. */
    REFUSED("an error event that tells the handler's failure"),
    /** The handler threw. */
    THREW("an error event that tells the handler's exception"),
    /** The handler replied what cannot be written. */
    UNPUBLISHABLE("an error event that tells why the reply cannot be written"),
    /** It never came to the handler. */
    UNDECODABLE("an error event that tells why it cannot be decoded");

    private final String words;

    Kind(String words) {
        this.words = words;
    }

    /**
     * Tells it from what was read: a structured error is what the sample's handler returns, a text begins with the
     * exception's class.
     *
     * @param name the name of the event that was read
     * @param error its payload's error; null when it has none
     */
    static Kind of(String name, Object error) {
        if (!name.startsWith("event.error.")) {
            return REPLY;
        }
        String text = String.valueOf(error);
        if (!(error instanceof String)) {
            return REFUSED;
        }
        if (text.startsWith("io.kaufmann.codec.TranscodeException")) {
            return UNDECODABLE;
        }
        return text.startsWith("io.kaufmann.publish.PublishException") ? UNPUBLISHABLE : THREW;
    }

    @Override
    public String toString() {
        return words;
    }
}
