package io.datalifecycle.dlt.template;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What items and columns were called in the version before, as a template says with {@code renamed_from} and {@code renamed_columns}: a
 * plan then moves data and states along instead of dropping and adding. Immutable.
 *
 * @param items old key by item as {@code kind:key} with its new key, for instance {@code datastore:readings} to {@code sensor_data}
 * @param columns old name by new name, by store with its new key
 */
public record Renames(Map<String, String> items, Map<Ref, Map<String, String>> columns) {

    /** Nothing is renamed. */
    public static final Renames NONE = new Renames(Map.of(), Map.of());

    public Renames {
        items = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(items));
        Map<Ref, Map<String, String>> copy = new LinkedHashMap<>();
        columns.forEach((store, names) -> {
            if (!names.isEmpty()) {
                copy.put(store, java.util.Collections.unmodifiableMap(new LinkedHashMap<>(names)));
            }
        });
        columns = java.util.Collections.unmodifiableMap(copy);
    }

    /**
     * The old key of an item; empty when it was not renamed.
     *
     * @param item {@code kind:key} with the new key
     */
    public Optional<String> itemFrom(String item) {
        return Optional.ofNullable(items.get(item));
    }

    /** Old names by new names of a store's columns; empty when none was renamed. */
    public Map<String, String> columnsOf(Ref store) {
        return columns.getOrDefault(store, Map.of());
    }

    /** Whether nothing is renamed. */
    public boolean isEmpty() {
        return items.isEmpty() && columns.isEmpty();
    }
}
