package io.datalifecycle.dlt.mqtt;

import io.datalifecycle.dlt.connector.OptionReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Options of an MQTT connector. Immutable.
 *
 * @param broker name of the broker
 * @param topics what is read
 * @param qos 1 or 2
 * @param clientId whose session it is; empty for one made of the workspace and the connector
 * @param format {@code json} or {@code text}
 * @param most messages in a piece
 * @param retained whether messages that the broker has kept are read at first
 * @param session how long the broker keeps messages while nobody reads; MQTT 5 only
 * @param topicAs field that takes the topic; empty for none
 * @param receivedAs field that takes the time of arrival; empty for none
 */
record MqttOptions(
        String broker,
        List<TopicFilter> topics,
        int qos,
        Optional<String> clientId,
        String format,
        int most,
        boolean retained,
        Duration session,
        Optional<String> topicAs,
        Optional<String> receivedAs) {

    private static final String EXPECTED =
            "topics such as site/+/telemetry, site/# or site/{asset_id}/telemetry are expected, no shared subscriptions";

    MqttOptions {
        topics = List.copyOf(topics);
    }

    /** Reads the options; what is wrong is told to the reader. */
    static MqttOptions read(OptionReader options) {
        Duration session = options.duration("session", Duration.ofDays(7));
        if (session.compareTo(Duration.ofSeconds(1)) < 0 || session.toSeconds() >= 0xFFFF_FFFFL) {
            options.wrong("session", "PT1S to P49710D is expected");
        }
        return new MqttOptions(
                options.needText("broker"),
                topics(options),
                (int) options.whole("qos", 1, 1, 2),
                options.text("client_id").filter(text -> !text.isBlank()),
                options.word("format", "json", "json", "text"),
                (int) options.whole("most", 1_000, 1, 65_535),
                options.flag("retained", false),
                session,
                options.text("topic_as"),
                options.text("received_as"));
    }

    private static List<TopicFilter> topics(OptionReader options) {
        List<String> texts = options.texts("topic");
        if (texts.isEmpty()) {
            options.needText("topic");
        }
        List<TopicFilter> topics = new ArrayList<>();
        for (String text : texts) {
            if (text.contains("${")) {
                continue;
            }
            try {
                topics.add(TopicFilter.parse(text));
            } catch (IllegalArgumentException e) {
                options.wrong("topic", EXPECTED);
            }
        }
        return topics;
    }
}
