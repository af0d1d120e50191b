package io.datalifecycle.dlt.language;

import io.datalifecycle.dlt.template.Alert;
import io.datalifecycle.dlt.template.Channel;
import io.datalifecycle.dlt.template.Connector;
import io.datalifecycle.dlt.template.RefKind;
import io.datalifecycle.dlt.template.Report;
import io.datalifecycle.dlt.template.ReportFormat;
import io.datalifecycle.dlt.template.ReportRange;
import io.datalifecycle.dlt.template.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads alerts, reports, channels and connectors. */
final class DeliveryReader {

    private static final Set<String> CONNECTOR_KEYS =
            Set.of("type", "into", "map", "units", "constants", "explode", "every", RenameReader.FROM);

    private DeliveryReader() {}

    static Alert alert(String key, Fields fields) {
        Alert alert = new Alert(
                key,
                fields.text("title"),
                fields.needRef("metric", RefKind.METRIC),
                PanelReader.bindings(fields, "with"),
                fields.texts("by"),
                fields.need("raise", fields.text("raise"), "false"),
                fields.text("clear"),
                fields.duration("for").orElse(Duration.ZERO),
                fields.duration("keep_firing").orElse(Duration.ZERO),
                fields.group("no_data").flatMap(DeliveryReader::noData),
                fields.oneOf("severity", Severity::of, StoreReader.labels(Severity.values(), Severity::label))
                        .orElse(Severity.WARNING),
                fields.duration("every").orElse(Alert.DEFAULT_EVERY),
                fields.texts("notify"));
        fields.close();
        return alert;
    }

    private static Optional<Duration> noData(Fields fields) {
        Optional<Duration> after = fields.duration("after");
        if (!fields.has("after")) {
            fields.missing("after");
        }
        fields.close();
        return after;
    }

    static Report report(String key, Fields fields) {
        Report report = new Report(
                key,
                fields.text("title"),
                fields.needRef("dashboard", RefKind.DASHBOARD),
                fields.need("cron", fields.text("cron"), "@yearly"),
                fields.parsed("timezone", TemplateReader::zone, "a time zone such as Europe/Berlin"),
                fields.need(
                        "range",
                        fields.parsed(
                                "range", ReportRange::parse, "last-day, last-week, last-month or a length such as P7D"),
                        ReportRange.LAST_DAY),
                fields.textMap("controls"),
                formats(fields),
                fields.texts("notify"));
        fields.close();
        return report;
    }

    private static List<ReportFormat> formats(Fields fields) {
        List<ReportFormat> formats = new ArrayList<>();
        for (String text : fields.needTexts("formats")) {
            Optional<ReportFormat> format = ReportFormat.of(text);
            if (format.isEmpty() || formats.contains(format.get())) {
                fields.badValue(
                        "formats",
                        "formats: \"" + text + (format.isEmpty() ? "\" is not known" : "\" appears twice"),
                        "known: pdf, inline, html");
            } else {
                formats.add(format.get());
            }
        }
        return formats;
    }

    static Channel channel(String key, Fields fields) {
        String type = fields.needText("type");
        Channel channel = new Channel(key, type, PlainOptions.others(fields, Set.of("type", RenameReader.FROM)));
        fields.close();
        return channel;
    }

    static Connector connector(String key, Fields fields) {
        Connector connector = new Connector(
                key,
                fields.needText("type"),
                fields.needRef("into", RefKind.DATASTORE),
                fields.textMap("map"),
                fields.textMap("units"),
                PlainOptions.group(fields, "constants"),
                fields.text("explode"),
                fields.duration("every").orElse(Connector.DEFAULT_EVERY),
                PlainOptions.others(fields, CONNECTOR_KEYS));
        fields.close();
        return connector;
    }
}
