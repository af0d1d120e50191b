package io.datalifecycle.dlt.model;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What one run of scoring did. Immutable.
 *
 * @param version number of the model version that scored
 * @param scored rows scored for the first time by this version
 * @param rescored rows scored again because their features had changed
 * @param anomalies rows among both whose {@code is_anomaly} is true; 0 for models that do not say
 * @param upTo rows before this instant are scored; empty when there is none yet
 */
public record ScoreResult(int version, long scored, long rescored, long anomalies, Optional<Instant> upTo) {

    public ScoreResult {
        Objects.requireNonNull(upTo, "upTo");
        if (scored < 0 || rescored < 0 || anomalies < 0) {
            throw new IllegalArgumentException("score result: a count is negative");
        }
    }

    /** All rows written. */
    public long rows() {
        return scored + rescored;
    }
}
