package io.datalifecycle.dlt.report.internal;

import io.datalifecycle.dlt.template.Report;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.view.Page;
import io.datalifecycle.dlt.view.PageItem;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a report tells, as it is kept in the outbox and given to webhooks. */
final class ReportPayload {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ReportPayload() {}

    static String json(Report report, Page page, TimeRange span) {
        ObjectNode root = JSON.createObjectNode();
        root.put("type", "report");
        root.put("report", report.key());
        root.put("title", page.title());
        root.put("workspace", page.workspace());
        root.put("timezone", page.zone().getId());
        root.put("from", span.from().toString());
        root.put("to", span.to().toString());
        root.put("span", readable(span, page.zone()));
        ArrayNode highlights = root.putArray("highlights");
        for (PageItem item : page.items()) {
            if (item instanceof PageItem.StatItem stat) {
                String value =
                        Double.isNaN(stat.value()) ? "no data" : String.format(Locale.ROOT, "%.4g", stat.value());
                highlights.addObject().put("title", stat.title()).put("value", (value + " " + stat.unit()).strip());
            } else if (item instanceof PageItem.AlertItem alerts) {
                long firing = alerts.alerts().stream()
                        .filter(a -> a.state().equals("firing"))
                        .count();
                highlights.addObject().put("title", alerts.title()).put("value", firing + " firing");
            }
        }
        return JSON.writeValueAsString(root);
    }

    /** Whole days as days, with the last day included; anything else with its times. */
    private static String readable(TimeRange span, ZoneId zone) {
        ZonedDateTime from = span.from().atZone(zone);
        ZonedDateTime to = span.to().atZone(zone);
        if (from.toLocalTime().equals(LocalTime.MIDNIGHT) && to.toLocalTime().equals(LocalTime.MIDNIGHT)) {
            DateTimeFormatter day = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
            return day.format(from) + " to " + day.format(to.minusDays(1));
        }
        return minute(span.from(), zone) + " to " + minute(span.to(), zone);
    }

    private static String minute(Instant instant, ZoneId zone) {
        return DateTimeFormatter.ofPattern("d MMM uuuu HH:mm zzz", Locale.ENGLISH)
                .withZone(zone)
                .format(instant);
    }
}
