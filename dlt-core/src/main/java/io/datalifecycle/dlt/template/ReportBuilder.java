package io.datalifecycle.dlt.template;

import io.datalifecycle.dlt.problem.ProblemCode;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Declares a report: a dashboard sent on a schedule. Not thread-safe. */
public final class ReportBuilder {

    private final Place place;
    private final Renaming renaming;
    private final Map<String, String> controls = new LinkedHashMap<>();
    private final List<ReportFormat> formats = new ArrayList<>();
    private final List<String> sendTo = new ArrayList<>();
    private @Nullable String title;
    private @Nullable Ref dashboard;
    private @Nullable String cron;
    private @Nullable ZoneId timezone;
    private @Nullable ReportRange range;

    ReportBuilder(Place place) {
        this.place = place;
        this.renaming = new Renaming(place);
    }

    /** Key that it had in the version before; its rows and states are kept. */
    public ReportBuilder renamedFrom(String oldKey) {
        renaming.from(oldKey);
        return this;
    }

    /** Name for people. */
    public ReportBuilder title(String value) {
        title = place.once("title", title, value);
        return this;
    }

    /** What is sent. */
    public ReportBuilder dashboard(Dashboard value) {
        return dashboard(value.key());
    }

    /** What is sent, by key. */
    public ReportBuilder dashboard(String key) {
        dashboard = place.once("dashboard", dashboard, place.ref("dashboard", key, RefKind.DASHBOARD));
        return this;
    }

    /** Schedule, five or six fields. */
    public ReportBuilder cron(String value) {
        cron = place.once("cron", cron, value);
        return this;
    }

    /** Zone of schedule and range; the workspace's without it. */
    public ReportBuilder timezone(String zone) {
        timezone = place.once("timezone", timezone, TemplateBuilder.zone(place, zone));
        return this;
    }

    /** The span it looks back on. */
    public ReportBuilder range(ReportRange value) {
        range = place.once("range", range, value);
        return this;
    }

    /** Yesterday. */
    public ReportBuilder lastDay() {
        return range(ReportRange.LAST_DAY);
    }

    /** Last week, Monday to Monday. */
    public ReportBuilder lastWeek() {
        return range(ReportRange.LAST_WEEK);
    }

    /** Last month. */
    public ReportBuilder lastMonth() {
        return range(ReportRange.LAST_MONTH);
    }

    /** Sets a control of the dashboard. */
    public ReportBuilder control(String key, String value) {
        place.child("controls").once(key, controls.putIfAbsent(key, value), value);
        return this;
    }

    /** A PDF attached. */
    public ReportBuilder pdf() {
        return format(ReportFormat.PDF);
    }

    /** The panels as images within the mail. */
    public ReportBuilder inline() {
        return format(ReportFormat.INLINE);
    }

    /** The interactive page attached. */
    public ReportBuilder html() {
        return format(ReportFormat.HTML);
    }

    /** Channels it goes to (YAML {@code notify}). */
    public ReportBuilder sendTo(Channel... channels) {
        for (Channel channel : channels) {
            sendTo.add(channel.key());
        }
        return this;
    }

    /** Channels it goes to, by key (YAML {@code notify}). */
    public ReportBuilder sendTo(String... channels) {
        sendTo.addAll(List.of(channels));
        return this;
    }

    Renaming renaming() {
        return renaming;
    }

    Report build(String key) {
        if (formats.isEmpty()) {
            place.need("formats", null, "");
        }
        return new Report(
                key,
                Optional.ofNullable(title),
                place.need("dashboard", dashboard, Ref.dashboard("")),
                place.need("cron", cron, "@yearly"),
                Optional.ofNullable(timezone),
                place.need("range", range, ReportRange.LAST_DAY),
                controls,
                formats,
                sendTo);
    }

    private ReportBuilder format(ReportFormat format) {
        if (formats.contains(format)) {
            place.error(ProblemCode.DUPLICATE_KEY, "formats", format.label() + " was already set", "set it once");
        } else {
            formats.add(format);
        }
        return this;
    }
}
