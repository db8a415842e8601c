package io.kaufmann.exactlyonce;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Finds replies that are missing, there more than once, or out of order. A pure function of what was sent and read. */
final class ReplyJudge {

    private static final int SHOWN = 10;

    private ReplyJudge() {}

    /**
     * What was found.
     *
     * @param lost the events without a reply
     * @param copies the replies to each event that has several, in their order
     * @param outOfOrder replies that stand behind a later event's reply, or in a partition other than their cause's
     * @param strange replies that answer nothing that was sent
     */
    record Verdict(List<Place> lost, Map<Place, List<Reply>> copies, List<Reply> outOfOrder, List<Reply> strange) {

        /** How many replies there are too many. */
        int duplicates() {
            return copies.values().stream().mapToInt(some -> some.size() - 1).sum();
        }

        boolean isClean() {
            return lost.isEmpty() && copies.isEmpty() && outOfOrder.isEmpty() && strange.isEmpty();
        }

        /** In one line of figures, and one for each kind of what is wrong. */
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder("%,d lost, %,d duplicated, %,d out of order, %,d that answer nothing"
                    .formatted(lost.size(), duplicates(), outOfOrder.size(), strange.size()));
            tell(text, "lost", lost);
            tell(
                    text,
                    "duplicated",
                    copies.entrySet().stream()
                            .map(entry -> entry.getKey() + " at " + entry.getValue())
                            .toList());
            tell(
                    text,
                    "out of order",
                    outOfOrder.stream()
                            .map(reply -> reply.cause() + " at " + reply)
                            .toList());
            tell(text, "that answer nothing", strange);
            return text.toString();
        }

        private static void tell(StringBuilder text, String what, List<?> some) {
            if (!some.isEmpty()) {
                text.append("\n  ").append(what).append(", the first of them: ");
                text.append(some.stream().limit(SHOWN).map(Object::toString).collect(Collectors.joining("; ")));
            }
        }
    }

    /**
     * Judges.
     *
     * @param sent the number of each event that was sent, by its place
     * @param replies what was read, of each partition in the order of its offsets
     */
    static Verdict judge(Map<Place, Long> sent, List<Reply> replies) {
        Map<Place, List<Reply>> answers = new HashMap<>();
        List<Reply> strange = new ArrayList<>();
        for (Reply reply : replies) {
            Long id = sent.get(reply.cause());
            if (id == null || id != reply.id()) {
                strange.add(reply);
            } else {
                answers.computeIfAbsent(reply.cause(), cause -> new ArrayList<>())
                        .add(reply);
            }
        }
        Comparator<Place> order = Comparator.comparingInt(Place::partition).thenComparingLong(Place::offset);
        Map<Place, List<Reply>> copies = new TreeMap<>(order);
        answers.forEach((cause, some) -> {
            if (some.size() > 1) {
                copies.put(cause, some);
            }
        });
        return new Verdict(
                sent.keySet().stream()
                        .filter(cause -> !answers.containsKey(cause))
                        .sorted(order)
                        .toList(),
                copies,
                outOfOrder(answers),
                strange);
    }

    /** Judged by the first reply to each event: a copy says nothing more of the order. */
    private static List<Reply> outOfOrder(Map<Place, List<Reply>> answers) {
        Map<Integer, Long> furthest = new HashMap<>();
        List<Reply> wrong = new ArrayList<>();
        List<Reply> firsts = answers.values().stream()
                .map(some -> some.get(0))
                .sorted(Comparator.comparingLong(reply -> reply.place().offset()))
                .toList();
        for (Reply reply : firsts) {
            long before = furthest.getOrDefault(reply.cause().partition(), -1L);
            if (reply.cause().offset() < before
                    || reply.place().partition() != reply.cause().partition()) {
                wrong.add(reply);
            }
            furthest.put(
                    reply.cause().partition(), Math.max(before, reply.cause().offset()));
        }
        return wrong;
    }
}
