package io.datalifecycle.dlt.language;

import io.datalifecycle.dlt.template.Alert;
import io.datalifecycle.dlt.template.Channel;
import io.datalifecycle.dlt.template.Connector;
import io.datalifecycle.dlt.template.Report;
import io.datalifecycle.dlt.template.ReportFormat;
import io.datalifecycle.dlt.template.Severity;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Alerts, reports, channels and connectors as groups of keys. */
final class DeliveryTree {

    private DeliveryTree() {}

    static Map<String, @Nullable Object> alert(Alert alert) {
        return new Tree()
                .put("title", alert.title())
                .put("metric", alert.metric().key())
                .map("with", DashboardTree.bindings(alert.with()))
                .list("by", alert.by())
                .put("raise", alert.raise())
                .put("clear", alert.clear())
                .duration("for", alert.pendingFor(), Duration.ZERO)
                .duration("keep_firing", alert.keepFiring(), Duration.ZERO)
                .put("no_data", alert.noDataAfter().map(after -> Map.of("after", IsoText.of(after))))
                .unless("severity", alert.severity().label(), Severity.WARNING.label())
                .duration("every", alert.every(), Alert.DEFAULT_EVERY)
                .list("notify", alert.sendTo())
                .done();
    }

    static Map<String, @Nullable Object> report(Report report) {
        return new Tree()
                .put("title", report.title())
                .put("dashboard", report.dashboard().key())
                .put("cron", report.cron())
                .put("timezone", report.timezone().map(zone -> zone.getId()))
                .put("range", report.range().text())
                .map("controls", report.controls())
                .put(
                        "formats",
                        report.formats().stream().map(ReportFormat::label).toList())
                .list("notify", report.sendTo())
                .done();
    }

    static Map<String, @Nullable Object> channel(Channel channel) {
        Tree tree = new Tree().put("type", channel.type());
        channel.options().forEach(tree::put);
        return tree.done();
    }

    static Map<String, @Nullable Object> connector(Connector connector) {
        Tree tree = new Tree()
                .put("type", connector.type())
                .put("into", connector.into().toString());
        connector.options().forEach(tree::put);
        return tree.map("map", connector.map())
                .map("units", connector.units())
                .map("constants", connector.constants())
                .put("explode", connector.explode())
                .duration("every", connector.every(), Connector.DEFAULT_EVERY)
                .done();
    }
}
