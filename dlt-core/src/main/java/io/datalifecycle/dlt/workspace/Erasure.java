package io.datalifecycle.dlt.workspace;

import io.datalifecycle.dlt.template.TemplateId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Record of what was erased with a workspace; holds no parameters and nothing else of the customer's. Immutable.
 *
 * @param workspace its number, which is never used again
 * @param key its key, free again
 * @param template what it was of
 * @param erasedAt when nothing was left
 * @param stores what went of each store, by its reference: {@code datastore:sensor_data}
 * @param models versions of models that went
 * @param messages messages that went, sent ones among them
 * @param sha256 SHA-256 in hex of the list of relations with their rows, one {@code name rows} a line, ordered by name
 */
public record Erasure(
        WorkspaceId workspace,
        String key,
        TemplateId template,
        Instant erasedAt,
        Map<String, Stored> stores,
        long models,
        long messages,
        String sha256) {

    public Erasure {
        stores = Collections.unmodifiableMap(new LinkedHashMap<>(stores));
    }

    /** Rows of all stores. */
    public long rows() {
        return stores.values().stream().mapToLong(Stored::rows).sum();
    }

    /**
     * What a store had. Immutable.
     *
     * @param relations its table, that of its quarantine or history, and its views
     * @param rows rows of its tables together
     */
    public record Stored(int relations, long rows) {

        /** Both together. */
        public Stored plus(Stored other) {
            return new Stored(relations + other.relations, rows + other.rows);
        }
    }
}
