package io.datalifecycle.dlt.connector.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a lane stands, as kept in a checkpoint: after which piece, and how many rows of the next one are in. Immutable.
 *
 * @param at position after the last whole piece; empty before the first
 * @param piece id of the piece that is in half; empty between pieces
 * @param rows how many of its rows are in
 */
record PiecePosition(Optional<String> at, String piece, long rows) {

    static final PiecePosition START = new PiecePosition(Optional.empty(), "", 0);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static PiecePosition parse(String text) {
        JsonNode node = JSON.readTree(text);
        return new PiecePosition(
                node.has("at") ? Optional.of(node.get("at").stringValue()) : Optional.empty(),
                node.has("piece") ? node.get("piece").stringValue() : "",
                node.has("rows") ? node.get("rows").longValue() : 0);
    }

    String text() {
        Map<String, Object> node = new LinkedHashMap<>();
        at.ifPresent(position -> node.put("at", position));
        if (!piece.isEmpty()) {
            node.put("piece", piece);
            node.put("rows", rows);
        }
        return JSON.writeValueAsString(node);
    }
}
