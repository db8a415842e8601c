package io.kaufmann.telemetry.micrometer;

/** What kind of meter keeps a measure, and in which unit. */
enum Kind {
    TIMER("timer", "seconds"),
    SIZES("summary", "bytes"),
    COUNTER("counter", ""),
    GAUGE("gauge", ""),
    SIZE("gauge", "bytes"),
    AGE("gauge", "seconds");

    private final String meter;
    private final String unit;

    Kind(String meter, String unit) {
        this.meter = meter;
        this.unit = unit;
    }

    String meter() {
        return meter;
    }

    /** The unit; empty for a number of things. */
    String unit() {
        return unit;
    }
}
