package io.datalifecycle.dlt.mqtt;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a session stands: it is the broker that keeps what waits, so this counts only, and names what was subscribed, so that a changed
 * template takes back what it names no more. Immutable.
 *
 * @param messages that are in
 * @param subscribed filter to its quality of service
 */
record MqttPosition(long messages, Map<String, Integer> subscribed) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    MqttPosition {
        subscribed = Collections.unmodifiableMap(new LinkedHashMap<>(subscribed));
    }

    static MqttPosition parse(String text) {
        JsonNode node = JSON.readTree(text);
        Map<String, Integer> subscribed = new LinkedHashMap<>();
        node.path("topics")
                .properties()
                .forEach(
                        topic -> subscribed.put(topic.getKey(), topic.getValue().intValue()));
        return new MqttPosition(node.path("messages").longValue(), subscribed);
    }

    /** What was subscribed and is not wanted any more. */
    List<String> without(Map<String, Integer> wanted) {
        List<String> gone = new ArrayList<>(subscribed.keySet());
        gone.removeAll(wanted.keySet());
        return gone;
    }

    String text() {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("messages", messages);
        node.put("topics", subscribed);
        return JSON.writeValueAsString(node);
    }
}
