package io.datalifecycle.dlt.fleet;

import io.datalifecycle.dlt.workspace.WorkspaceState;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a workspace is chosen by. Immutable.
 *
 * @param key its key
 * @param version version of its template
 * @param zone its time zone
 * @param placement the data database it lives in
 * @param parameters its parameters, defaults filled in
 * @param state its state
 * @param createdAt when it was made
 */
public record WorkspaceSummary(
        String key,
        String version,
        ZoneId zone,
        String placement,
        Map<String, Object> parameters,
        WorkspaceState state,
        Instant createdAt) {

    public WorkspaceSummary {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
