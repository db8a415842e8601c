package io.kaufmann.quickstart;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a service that does its duty answers to one event of each scenario, numbered from 1, for tests of the books. */
final class Dutiful {

    private Dutiful() {}

    /** The number of a scenario's event. */
    static int id(Scenario scenario) {
        return List.of(Scenario.values()).indexOf(scenario) + 1;
    }

    /** An answer as it is owed. */
    static Answer answer(int id, Scenario scenario, Owed owed) {
        Object error = switch (owed.kind()) {
            case REPLY -> null;
            case REFUSED -> Map.of("code", scenario.evidence());
            case THREW -> "java.lang.IllegalStateException: " + scenario.evidence();
            case UNPUBLISHABLE -> "io.kaufmann.publish.PublishException: " + scenario.evidence();
            case UNDECODABLE -> "io.kaufmann.codec.TranscodeException: orders-0@" + id + " " + scenario.evidence();
        };
        Map<String, Object> payload = new HashMap<>();
        payload.put("error", error);
        String key = scenario == Scenario.NO_KEY ? owed.name() : owed.name() + '#' + id;
        Map<String, ?> meta = owed.kind() == Kind.UNDECODABLE ? null : Map.of("callback_id", Answer.CALLBACK + id);
        return new Answer(owed.channel(), key, meta, payload, 1_000_000);
    }
}
