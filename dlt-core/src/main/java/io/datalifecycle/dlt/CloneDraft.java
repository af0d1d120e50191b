package io.datalifecycle.dlt;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a copy of a workspace takes along. Mutable, not thread-safe; given to the lambda of {@code clone}. */
public final class CloneDraft {

    private final Map<String, Object> parameters = new LinkedHashMap<>();
    private boolean withData = true;
    private Optional<Instant> asOf = Optional.empty();
    private boolean suspended;

    CloneDraft() {}

    /** With rows and models, which it is when nothing is said. */
    public CloneDraft data() {
        withData = true;
        return this;
    }

    /** Its settings alone: tables are empty, models are not trained. */
    public CloneDraft withoutData() {
        withData = false;
        return this;
    }

    /**
     * With rows before an instant and models trained before it; buckets that were open then are computed anew of those rows. Rows count by their own
     * time: what came late is there, too.
     */
    public CloneDraft asOf(Instant instant) {
        withData = true;
        asOf = Optional.of(instant);
        return this;
    }

    /** Another value for a parameter of the template. */
    public CloneDraft param(String key, Object value) {
        parameters.put(key, value);
        return this;
    }

    /** It begins suspended: no jobs, so it reads no sources and sends nothing. */
    public CloneDraft suspended() {
        suspended = true;
        return this;
    }

    Map<String, Object> parameters() {
        return parameters;
    }

    boolean isWithData() {
        return withData;
    }

    Optional<Instant> asOf() {
        return asOf;
    }

    boolean isSuspended() {
        return suspended;
    }
}
