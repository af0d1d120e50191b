package io.datalifecycle.dlt;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What becomes different about a workspace; what is not named stays. Mutable, not thread-safe; given to the lambda of {@code configure}. */
public final class WorkspaceChange {

    private final Map<String, Object> parameters = new LinkedHashMap<>();
    private final TreeSet<String> unset = new TreeSet<>();
    private Optional<String> zone = Optional.empty();
    private String reason = "configured";

    WorkspaceChange() {}

    /** Another value for a parameter of the template. */
    public WorkspaceChange param(String key, Object value) {
        unset.remove(key);
        parameters.put(key, value);
        return this;
    }

    /** Takes a parameter back to the template's default, also one that a later version has. */
    public WorkspaceChange defaultParam(String key) {
        parameters.remove(key);
        unset.add(key);
        return this;
    }

    /** Another time zone, for instance {@code Europe/Oslo}. */
    public WorkspaceChange timezone(String zone) {
        this.zone = Optional.of(zone);
        return this;
    }

    /** Why, for whoever reads the history; {@code configured} when not given. */
    public WorkspaceChange because(String reason) {
        this.reason = reason;
        return this;
    }

    Map<String, Object> applied(Map<String, Object> before) {
        Map<String, Object> after = new LinkedHashMap<>(before);
        after.keySet().removeAll(unset);
        after.putAll(parameters);
        return after;
    }

    Optional<String> zone() {
        return zone;
    }

    String reason() {
        return reason;
    }
}
