package io.datalifecycle.dlt.mqtt;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Messages as records, a line each; what the topic says is put into the record and prevails over the payload. Not thread-safe. */
final class Records {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final String VALUE = "value";

    private final MqttOptions options;
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();

    Records(MqttOptions options) {
        this.options = options;
    }

    /** NDJSON of all that were added. */
    byte[] lines() {
        return lines.toByteArray();
    }

    /**
     * Adds the records of a message: an object is one, each element of an array is one, any other value becomes the field {@code value}.
     *
     * @param levels named levels of the topic
     */
    void add(Message message, Map<String, String> levels) {
        Map<String, String> fields = new LinkedHashMap<>(levels);
        options.topicAs().ifPresent(name -> fields.put(name, message.topic()));
        options.receivedAs()
                .ifPresent(name -> fields.put(name, message.received().toString()));
        if (options.format().equals("text")) {
            String text = new String(message.payload(), StandardCharsets.UTF_8);
            record(JsonNodeFactory.instance.stringNode(text), fields);
            return;
        }
        JsonNode payload;
        try {
            payload = JSON.readTree(message.payload());
        } catch (JacksonException | NumberFormatException | ArithmeticException e) {
            broken(message);
            return;
        }
        if (payload.isMissingNode()) {
            broken(message);
        } else if (payload.isArray()) {
            payload.forEach(element -> record(element, fields));
        } else {
            record(payload, fields);
        }
    }

    private void record(JsonNode payload, Map<String, String> fields) {
        ObjectNode record = payload instanceof ObjectNode object
                ? object
                : JsonNodeFactory.instance.objectNode().set(VALUE, payload);
        fields.forEach(record::put);
        line(JSON.writeValueAsBytes(record));
    }

    /**
     * A payload that is no JSON, with its topic before it, so that the refusal shows both and the reader's own reason. Line ends become
     * carriage returns, which mean the same wherever JSON allows them.
     */
    private void broken(Message message) {
        byte[] payload = message.payload();
        int from = 0;
        while (from < payload.length && payload[from] <= ' ' && payload[from] >= 0) {
            from++;
        }
        boolean object = from < payload.length && payload[from] == '{';
        lines.writeBytes("{\"_topic\":".getBytes(StandardCharsets.UTF_8));
        lines.writeBytes(JSON.writeValueAsBytes(message.topic()));
        lines.write(',');
        if (object) {
            from++;
        } else {
            lines.writeBytes("\"_payload\":".getBytes(StandardCharsets.UTF_8));
        }
        for (int i = from; i < payload.length; i++) {
            lines.write(payload[i] == '\n' ? '\r' : payload[i]);
        }
        lines.write('\n');
    }

    private void line(byte[] record) {
        lines.writeBytes(record);
        lines.write('\n');
    }
}
