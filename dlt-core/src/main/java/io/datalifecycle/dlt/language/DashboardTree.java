package io.datalifecycle.dlt.language;

import io.datalifecycle.dlt.template.Binding;
import io.datalifecycle.dlt.template.Control;
import io.datalifecycle.dlt.template.Dashboard;
import io.datalifecycle.dlt.template.GridArea;
import io.datalifecycle.dlt.template.Panel;
import io.datalifecycle.dlt.template.Redirect;
import io.datalifecycle.dlt.template.Ref;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Dashboards as groups of keys. */
final class DashboardTree {

    private DashboardTree() {}

    static Map<String, @Nullable Object> dashboard(Dashboard dashboard) {
        return new Tree()
                .put("title", dashboard.title())
                .items("controls", dashboard.controls(), Control::key, DashboardTree::control)
                .list(
                        "panels",
                        dashboard.panels().stream().map(DashboardTree::panel).toList())
                .done();
    }

    private static Object control(Control control) {
        Tree tree = new Tree().put("type", control.kind().label()).put("title", control.title());
        if (control instanceof Control.TimeRange range) {
            tree.put("default", IsoText.of(range.length()));
        } else if (control instanceof Control.Select select) {
            tree.put("options", select.options().<Object>map(Ref::toString).orElse(select.values()));
            tree.put("default", select.defaultValue());
        } else if (control instanceof Control.Number number) {
            tree.put("default", number.defaultValue()).put("min", number.min()).put("max", number.max());
        } else if (control instanceof Control.Text text) {
            tree.put("default", text.defaultValue());
        } else if (control instanceof Control.Toggle toggle) {
            tree.unless("default", toggle.defaultValue(), false);
        }
        return tree.done();
    }

    private static Object panel(Panel panel) {
        Tree tree = new Tree()
                .put("type", panel.kind().label())
                .unless("title", panel.frame().title(), "");
        panel.query()
                .ifPresent(query -> tree.put("metric", query.metric().key()).map("with", bindings(query.with())));
        if (panel instanceof Panel.TimeSeries series) {
            tree.map("thresholds", bindings(series.thresholds()));
        } else if (panel instanceof Panel.Bar bar) {
            tree.unless("stacked", bar.stacked(), false);
        } else if (panel instanceof Panel.Map2D map) {
            tree.put("latitude", map.latitude())
                    .put("longitude", map.longitude())
                    .put("label", map.label())
                    .put("value", map.value());
        } else if (panel instanceof Panel.Table table) {
            tree.list("columns", table.columns());
        } else if (panel instanceof Panel.Stat stat) {
            tree.map("thresholds", bindings(stat.thresholds()));
        } else if (panel instanceof Panel.AlertList list) {
            tree.list("alerts", list.alerts());
        } else if (panel instanceof Panel.Text text) {
            tree.put("text", text.text());
        }
        tree.put("redirect", panel.frame().redirect().map(DashboardTree::redirect));
        return tree.put("at", area(panel.frame().at())).done();
    }

    static Map<String, Object> bindings(Map<String, Binding> bindings) {
        Map<String, Object> map = new LinkedHashMap<>();
        bindings.forEach((name, binding) -> map.put(name, Raw.of(binding.text())));
        return map;
    }

    private static Object redirect(Redirect redirect) {
        return new Tree()
                .put("to", redirect.to().toString())
                .map("with", bindings(redirect.with()))
                .list("keep", redirect.keep())
                .done();
    }

    private static Object area(GridArea at) {
        return new Tree()
                .put("x", (long) at.x())
                .put("y", (long) at.y())
                .put("w", (long) at.w())
                .put("h", (long) at.h())
                .done();
    }
}
