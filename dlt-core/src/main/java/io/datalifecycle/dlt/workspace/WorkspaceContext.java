package io.datalifecycle.dlt.workspace;

import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.template.TemplateId;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Everything that work on one workspace needs to know. Immutable.
 *
 * @param id number, part of its tables' names
 * @param key name given by the host, {@code ^[a-z][a-z0-9-]{0,62}$}
 * @param templateId the version it is pinned to; with an overlay the hash is that of what the two give together
 * @param template that version, with the workspace's overlay applied
 * @param parameters resolved values by parameter key, defaults filled in; Java types as {@code ValueType} says
 * @param zone its time zone
 * @param placement name of the data database it lives in
 * @param revision how often its template, parameters or placement were changed since it was made; a context of an earlier revision is out of date
 * @param veiled stores whose tables have other columns than declared, or in another order; metrics read them through a view
 */
public record WorkspaceContext(
        WorkspaceId id,
        String key,
        TemplateId templateId,
        Template template,
        Map<String, Object> parameters,
        ZoneId zone,
        String placement,
        long revision,
        Set<Ref> veiled) {

    public WorkspaceContext {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        veiled = Set.copyOf(veiled);
    }

    /** A workspace as it was provisioned. */
    public WorkspaceContext(
            WorkspaceId id,
            String key,
            TemplateId templateId,
            Template template,
            Map<String, Object> parameters,
            ZoneId zone,
            String placement) {
        this(id, key, templateId, template, parameters, zone, placement, 0, Set.of());
    }

    /** The same workspace as if it had another template, for instance the next version. */
    public WorkspaceContext withTemplate(TemplateId otherId, Template other) {
        return new WorkspaceContext(id, key, otherId, other, parameters, zone, placement, revision, veiled);
    }
}
