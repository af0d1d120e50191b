package io.datalifecycle.dlt.workspace;

import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.template.TemplateId;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Everything that work on one workspace needs to know. Immutable.
 *
 * @param id number, part of its tables' names
 * @param key name given by the host, {@code ^[a-z][a-z0-9-]{0,62}$}
 * @param templateId the version it is pinned to
 * @param template that version
 * @param parameters resolved values by parameter key, defaults filled in; Java types as {@code ValueType} says
 * @param zone its time zone
 * @param placement name of the data database it lives in
 */
public record WorkspaceContext(
        WorkspaceId id,
        String key,
        TemplateId templateId,
        Template template,
        Map<String, Object> parameters,
        ZoneId zone,
        String placement) {

    public WorkspaceContext {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
