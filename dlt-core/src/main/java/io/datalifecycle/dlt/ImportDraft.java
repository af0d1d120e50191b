package io.datalifecycle.dlt;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What is different about a workspace from an archive. Mutable, not thread-safe; given to the lambda of {@code importFrom}. */
public final class ImportDraft {

    private final Map<String, Object> parameters = new LinkedHashMap<>();
    private Optional<String> placement = Optional.empty();
    private boolean suspended;

    ImportDraft() {}

    /** Another value for a parameter of the template. */
    public ImportDraft param(String key, Object value) {
        parameters.put(key, value);
        return this;
    }

    /** The data database it is to live in; the storage's first when not given. */
    public ImportDraft placement(String placement) {
        this.placement = Optional.of(placement);
        return this;
    }

    /** It begins suspended: no jobs, so it reads no sources and sends nothing. */
    public ImportDraft suspended() {
        suspended = true;
        return this;
    }

    Map<String, Object> parameters() {
        return parameters;
    }

    Optional<String> placement() {
        return placement;
    }

    boolean isSuspended() {
        return suspended;
    }
}
