package io.datalifecycle.dlt.transfer;

import io.datalifecycle.dlt.template.TemplateId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an archive of a workspace holds. Immutable.
 *
 * @param workspace key of the workspace it was made of
 * @param template what that was pinned to, without its overlay
 * @param exportedAt when it was made
 * @param rows rows by store, histories not counted: {@code datastore:sensor_data}
 * @param models versions of models
 * @param bytes of all files, before they were compressed
 */
public record Archive(
        String workspace, TemplateId template, Instant exportedAt, Map<String, Long> rows, int models, long bytes) {

    public Archive {
        rows = Collections.unmodifiableMap(new LinkedHashMap<>(rows));
    }
}
