package io.datalifecycle.dlt.schedule;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a node does in the background. Each role has threads of its own, so that work of one cannot keep another waiting, and a node without a
 * role leaves its jobs alone: some other node has to have it.
 */
public enum NodeRole {
    /** Fetching connectors, reports, delivery and maintenance; the readers of sources that are read all the time run here, too. */
    SCHEDULER,
    /** Refreshing featurestores, with the scoring that follows a refresh. */
    FEATURES,
    /** Training, and scoring on a schedule of its own. */
    MODELS,
    /** Evaluating alerts. */
    ALERTS;

    /** As in the job table, in properties and in names of threads: {@code features}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of a label; empty when there is none. */
    public static Optional<NodeRole> of(String label) {
        return List.of(values()).stream()
                .filter(role -> role.label().equals(label))
                .findFirst();
    }
}
