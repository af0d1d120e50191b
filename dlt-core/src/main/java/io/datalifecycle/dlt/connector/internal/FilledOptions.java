package io.datalifecycle.dlt.connector.internal;

import io.datalifecycle.dlt.workspace.Placeholders;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Options of a connector with the workspace's parameters filled in, at any depth. */
final class FilledOptions {

    private FilledOptions() {}

    static Map<String, Object> of(Map<String, Object> options, WorkspaceContext workspace) {
        Map<String, Object> filled = new LinkedHashMap<>();
        options.forEach((name, value) -> filled.put(name, value(value, workspace)));
        return filled;
    }

    private static Object value(Object value, WorkspaceContext workspace) {
        if (value instanceof String text) {
            return Placeholders.fill(text, workspace);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(item -> value(item, workspace)).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> filled = new LinkedHashMap<>();
            map.forEach((name, item) -> filled.put(String.valueOf(name), value(item, workspace)));
            return filled;
        }
        return value;
    }
}
