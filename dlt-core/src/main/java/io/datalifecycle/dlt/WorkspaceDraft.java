package io.datalifecycle.dlt;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a workspace has of its own when it is made. Mutable, not thread-safe; given to the lambda of {@code provision}. */
public final class WorkspaceDraft {

    private final Map<String, Object> parameters = new LinkedHashMap<>();
    private Optional<ZoneId> zone = Optional.empty();
    private Optional<String> placement = Optional.empty();

    WorkspaceDraft() {}

    /** Its time zone, for instance {@code America/Chicago}; the template's when not given. */
    public WorkspaceDraft timezone(String zone) {
        try {
            this.zone = Optional.of(ZoneId.of(zone));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("timezone: " + zone + " is not known, write it like Europe/Oslo", e);
        }
        return this;
    }

    /** A value for a parameter of the template. */
    public WorkspaceDraft param(String key, Object value) {
        parameters.put(key, value);
        return this;
    }

    /** The data database it lives in; the storage's first when not given. */
    public WorkspaceDraft placement(String placement) {
        this.placement = Optional.of(placement);
        return this;
    }

    Map<String, Object> parameters() {
        return parameters;
    }

    Optional<ZoneId> zone() {
        return zone;
    }

    Optional<String> placement() {
        return placement;
    }
}
