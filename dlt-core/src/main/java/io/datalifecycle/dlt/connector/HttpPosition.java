package io.datalifecycle.dlt.connector;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where an HTTP source stands. Immutable.
 *
 * @param cursor what this sweep asks for
 * @param greatest the greatest cursor seen in this sweep
 * @param page the next page of this sweep; empty between sweeps
 * @param pages pages of this sweep so far
 */
record HttpPosition(Optional<String> cursor, Optional<String> greatest, Optional<String> page, long pages) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static HttpPosition parse(String text) {
        JsonNode node = JSON.readTree(text);
        return new HttpPosition(
                text(node, "cursor"),
                text(node, "greatest"),
                text(node, "page"),
                node.has("pages") ? node.get("pages").longValue() : 0);
    }

    private static Optional<String> text(JsonNode node, String name) {
        return node.has(name) ? Optional.of(node.get(name).stringValue()) : Optional.empty();
    }

    String text() {
        Map<String, Object> node = new LinkedHashMap<>();
        cursor.ifPresent(value -> node.put("cursor", value));
        greatest.ifPresent(value -> node.put("greatest", value));
        page.ifPresent(value -> node.put("page", value));
        if (pages > 0) {
            node.put("pages", pages);
        }
        return JSON.writeValueAsString(node);
    }

    /** The greater of two cursors: as numbers where both are, else as texts, which fits ISO times. */
    static String greater(String one, String other) {
        try {
            return new java.math.BigDecimal(one).compareTo(new java.math.BigDecimal(other)) >= 0 ? one : other;
        } catch (NumberFormatException texts) {
            return one.compareTo(other) >= 0 ? one : other;
        }
    }
}
