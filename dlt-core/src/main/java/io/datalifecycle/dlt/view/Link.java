package io.datalifecycle.dlt.view;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Leads to another dashboard with its controls set. Immutable.
 *
 * @param dashboard key of the target; empty for {@link #NONE}
 * @param values control of the target to its value as text
 * @param keep controls whose present value is carried over
 */
public record Link(String dashboard, Map<String, String> values, java.util.List<String> keep) {

    /** Leads nowhere. */
    public static final Link NONE = new Link("", Map.of(), java.util.List.of());

    public Link {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        keep = java.util.List.copyOf(keep);
    }

    public boolean isPresent() {
        return !dashboard.isEmpty();
    }
}
