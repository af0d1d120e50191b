package io.datalifecycle.dlt.delivery.internal;

import io.datalifecycle.dlt.spi.AlertState;
import io.datalifecycle.dlt.spi.AlertTransition;
import io.datalifecycle.dlt.template.Alert;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What happened to an alert in one evaluation, as it is kept in the outbox and given to webhooks.
 *
 * @param title title of the alert, without labels
 * @param zone zone of the workspace, for people
 * @param changes at least one
 */
record AlertNews(
        String alert,
        String title,
        String severity,
        String workspace,
        ZoneId zone,
        Instant at,
        List<AlertTransition> changes) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    AlertNews {
        changes = List.copyOf(changes);
    }

    static AlertNews of(WorkspaceContext workspace, Alert alert, List<AlertTransition> news, Instant at) {
        return new AlertNews(
                alert.key(),
                alert.title().orElse(readable(alert.key())),
                alert.severity().label(),
                workspace.key(),
                workspace.zone(),
                at,
                news);
    }

    /** {@code high_vibration} becomes {@code High vibration}. */
    private static String readable(String key) {
        String words = key.replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    String json() {
        ObjectNode root = JSON.createObjectNode();
        root.put("type", "alert");
        root.put("alert", alert);
        root.put("title", title);
        root.put("severity", severity);
        root.put("workspace", workspace);
        root.put("timezone", zone.getId());
        root.put("at", at.toString());
        ArrayNode list = root.putArray("changes");
        for (AlertTransition change : changes) {
            ObjectNode node = list.addObject();
            ObjectNode labels = node.putObject("labels");
            change.labels().forEach(labels::put);
            node.put("from", change.from().name());
            node.put("to", change.to().name());
            node.put("at", change.at().toString());
            if (Double.isFinite(change.value())) {
                node.put("value", change.value());
            } else {
                node.putNull("value");
            }
        }
        return JSON.writeValueAsString(root);
    }

    static AlertNews parse(String json) {
        JsonNode root = JSON.readTree(json);
        List<AlertTransition> changes = new ArrayList<>();
        for (JsonNode node : root.get("changes")) {
            Map<String, String> labels = new TreeMap<>();
            node.get("labels")
                    .properties()
                    .forEach(e -> labels.put(e.getKey(), e.getValue().asString()));
            changes.add(new AlertTransition(
                    root.get("alert").asString(),
                    labels,
                    AlertState.valueOf(node.get("from").asString()),
                    AlertState.valueOf(node.get("to").asString()),
                    Instant.parse(node.get("at").asString()),
                    node.get("value").isNull() ? Double.NaN : node.get("value").asDouble()));
        }
        return new AlertNews(
                root.get("alert").asString(),
                root.get("title").asString(),
                root.get("severity").asString(),
                root.get("workspace").asString(),
                ZoneId.of(root.get("timezone").asString()),
                Instant.parse(root.get("at").asString()),
                changes);
    }

    /** How the gravest change reads: {@code raised}, {@code no data}, {@code not evaluated}, {@code cleared}, {@code reports again}. */
    String verb() {
        if (any(AlertState.FIRING)) {
            return "raised";
        }
        if (any(AlertState.NO_DATA)) {
            return "no data";
        }
        if (any(AlertState.ERROR)) {
            return "not evaluated";
        }
        boolean back = changes.stream().noneMatch(c -> c.from().isActive());
        return back ? "reports again" : "cleared";
    }

    boolean isBad() {
        return changes.stream().anyMatch(c -> c.to() != AlertState.NORMAL);
    }

    private boolean any(AlertState state) {
        return changes.stream().anyMatch(c -> c.to() == state);
    }

    /** Label values of the changes for a subject line: {@code P-101, P-102 and 3 more}; empty without labels. */
    String who() {
        List<String> names = changes.stream()
                .filter(c -> !c.labels().isEmpty())
                .map(c -> String.join(" / ", c.labels().values()))
                .distinct()
                .toList();
        return names.size() <= 3
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, 3)) + " and " + (names.size() - 3) + " more";
    }
}
