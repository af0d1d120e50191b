package io.datalifecycle.dlt.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A position that moves in the same transaction as the rows it stands for: a connector's offset, a model's last scored bucket. Immutable.
 *
 * @param name of its owner, unique within the workspace: {@code connector:inbox}, {@code model:pump_anomaly@3}
 * @param expected position that must be there now; empty when there must be none. Another one throws a
 *     {@link io.datalifecycle.dlt.problem.ConflictException} and nothing is written
 * @param next the new position
 * @param state parts of a state to replace, by name; parts not named stay, no bytes remove one
 */
public record Checkpoint(String name, Optional<String> expected, String next, Map<String, byte[]> state) {

    public Checkpoint {
        state = Collections.unmodifiableMap(new LinkedHashMap<>(state));
    }

    /**
     * A position with its state, as read back.
     *
     * @param position where it stands
     * @param state all parts, by name
     */
    public record Saved(String position, Map<String, byte[]> state) {
        public Saved {
            state = Collections.unmodifiableMap(new LinkedHashMap<>(state));
        }
    }
}
