package io.datalifecycle.dlt.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a plan leads. Immutable.
 *
 * @param version version of the workspace's template
 * @param overlay canonical text of the overlay it will have; empty when it will have none
 * @param parameters parameter values that will be given, without defaults
 */
public record Target(String version, Optional<String> overlay, Map<String, Object> parameters) {

    public Target {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
