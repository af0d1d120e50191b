package io.datalifecycle.dlt.dashboard.internal;

import io.datalifecycle.dlt.metric.internal.MetricEvaluator;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.spi.TransformEngine;
import io.datalifecycle.dlt.template.Control;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.view.PageControl;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a select offers: all, then the fixed values or the rows of its metric. */
final class SelectOptions {

    private static final PageControl.Option ALL = new PageControl.Option("", "All");

    private SelectOptions() {}

    static List<PageControl.Option> of(WorkspaceContext workspace, Control.Select select, MetricEvaluator metrics) {
        List<PageControl.Option> options = new ArrayList<>();
        if (select.defaultValue().isEmpty()) {
            options.add(ALL);
        }
        select.values().forEach(value -> options.add(new PageControl.Option(value, value)));
        if (select.options().isPresent()) {
            Metric metric =
                    workspace.template().metric(select.options().get().key()).orElseThrow();
            try {
                TransformEngine.Rows rows = metrics.rows(workspace, metric, Map.of());
                rows.rows().forEach(row -> option(row, options));
            } catch (DltException failed) {
                // the panels say what is wrong; a select without values still lets the page be read
                return List.copyOf(options);
            }
        }
        return List.copyOf(options);
    }

    private static void option(List<@Nullable Object> row, List<PageControl.Option> options) {
        Object value = row.isEmpty() ? null : row.get(0);
        if (value != null) {
            Object name = row.size() > 1 && row.get(1) != null ? row.get(1) : value;
            options.add(new PageControl.Option(value.toString(), String.valueOf(name)));
        }
    }
}
