package io.datalifecycle.dlt.mqtt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Topics that a connector reads: {@code site/+/telemetry}, {@code site/#}, or with names for levels, whose texts become fields of the
 * record: <code>site/{asset_id}/telemetry</code>. Immutable.
 *
 * @param filter as MQTT writes it, {@code +} for a named level
 * @param names number of a level, from 0, to its name
 */
record TopicFilter(String filter, Map<Integer, String> names) {

    private static final int LONGEST = 65_535;

    TopicFilter {
        names = Map.copyOf(names);
    }

    /** @throws IllegalArgumentException when it is no filter */
    static TopicFilter parse(String text) {
        if (text.isEmpty() || text.length() > LONGEST || text.indexOf('\0') >= 0 || text.startsWith("$share/")) {
            throw new IllegalArgumentException(text);
        }
        String[] levels = text.split("/", -1);
        Map<Integer, String> names = new LinkedHashMap<>();
        for (int i = 0; i < levels.length; i++) {
            String level = levels[i];
            if (level.matches("\\{[A-Za-z_][A-Za-z0-9_]*}")) {
                String name = level.substring(1, level.length() - 1);
                if (names.containsValue(name)) {
                    throw new IllegalArgumentException(text);
                }
                names.put(i, name);
                levels[i] = "+";
            } else if (level.length() > 1 && level.matches(".*[+#{}].*")
                    || (level.equals("#") && i < levels.length - 1)) {
                throw new IllegalArgumentException(text);
            }
        }
        return new TopicFilter(String.join("/", levels), names);
    }

    /** The named levels of a topic; empty when it is not one of these. */
    Optional<Map<String, String>> match(String topic) {
        if (!covers(filter, topic)) {
            return Optional.empty();
        }
        List<String> levels = levels(topic);
        Map<String, String> fields = new LinkedHashMap<>();
        names.forEach((level, name) -> fields.put(name, levels.get(level)));
        return Optional.of(fields);
    }

    /** Whether a filter takes in every topic of another, or a topic. */
    static boolean covers(String wide, String narrow) {
        List<String> outer = levels(wide);
        List<String> inner = levels(narrow);
        boolean wild = outer.get(0).equals("#") || outer.get(0).equals("+");
        if (wild && inner.get(0).startsWith("$")) { // the broker's own topics are named, or not meant
            return false;
        }
        for (int i = 0; i < outer.size(); i++) {
            if (outer.get(i).equals("#")) {
                return true;
            }
            boolean same = i < inner.size()
                    && (outer.get(i).equals(inner.get(i))
                            || (outer.get(i).equals("+") && !inner.get(i).equals("#")));
            if (!same) {
                return false;
            }
        }
        return outer.size() == inner.size();
    }

    private static List<String> levels(String text) {
        return new ArrayList<>(List.of(text.split("/", -1)));
    }
}
