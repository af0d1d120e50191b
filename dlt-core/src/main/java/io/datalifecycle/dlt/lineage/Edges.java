package io.datalifecycle.dlt.lineage;

import io.datalifecycle.dlt.sql.SqlReference;
import io.datalifecycle.dlt.sql.SqlSyntaxException;
import io.datalifecycle.dlt.sql.SqlText;
import io.datalifecycle.dlt.template.Control;
import io.datalifecycle.dlt.template.Dashboard;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.template.MetricSource;
import io.datalifecycle.dlt.template.Template;
import java.util.ArrayList;
import java.util.List;

/** Finds the edges of a template. */
final class Edges {

    private final List<Edge> edges = new ArrayList<>();

    private Edges() {}

    static List<Edge> of(Template template) {
        Edges found = new Edges();
        template.connectors().forEach(c -> found.add("connector:" + c.key(), c.into()));
        template.featurestores().forEach(f -> f.transform().sources().forEach(source -> found.add(source, f.ref())));
        template.models().forEach(m -> {
            found.add(m.features().from(), "model:" + m.key());
            found.add("model:" + m.key(), m.scoring().into());
        });
        template.metrics().forEach(found::metric);
        template.dashboards().forEach(found::dashboard);
        template.alerts().forEach(a -> {
            found.add(a.metric(), "alert:" + a.key());
            a.sendTo().forEach(channel -> found.add("alert:" + a.key(), "channel:" + channel));
        });
        template.reports().forEach(r -> {
            found.add(r.dashboard(), "report:" + r.key());
            r.sendTo().forEach(channel -> found.add("report:" + r.key(), "channel:" + channel));
        });
        return found.edges;
    }

    /** References of SQL; none while it cannot be read. */
    static List<SqlReference> references(String sql) {
        try {
            return SqlText.parse(sql).references();
        } catch (SqlSyntaxException e) {
            return List.of();
        }
    }

    private void metric(Metric metric) {
        if (metric.source() instanceof MetricSource.Sql sql) {
            references(sql.sql()).forEach(reference -> add(reference, metric.ref()));
        } else if (metric.source() instanceof MetricSource.Latest latest) {
            add(latest.from(), metric.ref());
        } else if (metric.source() instanceof MetricSource.Expression expression) {
            expression.of().values().forEach(of -> add(of, metric.ref()));
        } else if (metric.source() instanceof MetricSource.Checks checks) {
            add(checks.of(), metric.ref());
        }
    }

    private void dashboard(Dashboard dashboard) {
        dashboard.panels().forEach(panel -> panel.query().ifPresent(query -> add(query.metric(), dashboard.ref())));
        for (Control control : dashboard.controls()) {
            if (control instanceof Control.Select select) {
                select.options().ifPresent(metric -> add(metric, dashboard.ref()));
            }
        }
    }

    private void add(Object from, Object to) {
        Edge edge = new Edge(from.toString(), to.toString());
        if (!edges.contains(edge)) {
            edges.add(edge);
        }
    }
}
