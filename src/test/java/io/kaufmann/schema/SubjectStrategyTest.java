package io.kaufmann.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.event.EventName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubjectStrategyTest {

    @ParameterizedTest
    @CsvSource({
        "command.user.create, command.user.create",
        "event.user.created#42, event.user.created",
        "query.request.user#1, query.req",
        "query.response.user, query.res",
        "query.x, query.x",
        "query., query.",
        "query, query",
        "queries.of.mine, queries.of.mine",
        "event.error, event.error",
        "event.error.command.x, event.error",
        "event.error.command.x#42, event.error",
        "event.errors.x, event.errors.x",
    })
    void theSubjectIsTheEventsNameOrItsClass(String name, String subject) {
        assertThat(SubjectStrategy.eventName().subject(EventName.of(name), "any"))
                .isEqualTo(subject);
    }

    @ParameterizedTest
    @CsvSource({
        "com.shop.OrderPlaced#42, orders-value, com.shop.OrderPlaced, orders-com.shop.OrderPlaced",
        "query.response.user#1, orders-value, query.response.user, orders-query.response.user",
        "event.error, event.error, event.error, orders-event.error",
        "event.error.com.shop.PlaceOrder#42, event.error, event.error, orders-event.error",
        "event.errors.x, orders-value, event.errors.x, orders-event.errors.x",
    })
    void theSubjectIsTheTopicsTheRecordsOrBoth(String name, String topic, String record, String both) {
        EventName event = EventName.of(name);

        assertThat(SubjectStrategy.topicName().subject(event, "orders")).isEqualTo(topic);
        assertThat(SubjectStrategy.recordName().subject(event, "orders")).isEqualTo(record);
        assertThat(SubjectStrategy.topicRecordName().subject(event, "orders")).isEqualTo(both);
    }
}
