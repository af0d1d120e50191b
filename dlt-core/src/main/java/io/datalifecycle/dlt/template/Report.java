package io.datalifecycle.dlt.template;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A dashboard sent on a schedule. Immutable.
 *
 * @param key name
 * @param title heading; empty takes the dashboard's
 * @param dashboard what is sent
 * @param cron schedule, five or six fields
 * @param timezone zone of schedule and range; empty for the workspace's
 * @param range span looked back on; set into every time-range control of the dashboard
 * @param controls other controls of the dashboard set to values
 * @param formats in what forms, at least one
 * @param sendTo channels (YAML {@code notify})
 */
public record Report(
        String key,
        Optional<String> title,
        Ref dashboard,
        String cron,
        Optional<ZoneId> timezone,
        ReportRange range,
        Map<String, String> controls,
        List<ReportFormat> formats,
        List<String> sendTo) {

    public Report {
        controls = Values.copy(controls);
        formats = List.copyOf(formats);
        sendTo = List.copyOf(sendTo);
    }
}
