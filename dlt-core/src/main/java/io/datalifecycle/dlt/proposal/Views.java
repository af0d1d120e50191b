package io.datalifecycle.dlt.proposal;

import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.template.Control;
import io.datalifecycle.dlt.template.DashboardBuilder;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.template.MetricBuilder;
import io.datalifecycle.dlt.template.TemplateBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Metrics and a dashboard over a store and its roll-up. */
final class Views {

    private static final int MOST_SERIES = 6;
    private static final int MOST_COLUMNS = 12;
    private static final int MOST_SUBJECTS = 500;
    private static final int LATEST_ROWS = 20;
    private static final int LONGEST = 40;
    private static final int HALF = 6;
    private static final int HEIGHT = 5;
    private static final String SUBJECT = "subject";

    private final Findings findings;
    private final List<Finding> measures;
    private final Reasons reasons;
    private final List<Finding> by;

    Views(Findings findings, List<Finding> measures, Reasons reasons) {
        this.findings = findings;
        this.measures = measures;
        this.reasons = reasons;
        this.by = findings.identity().by();
    }

    void add(TemplateBuilder t, Datastore store, Featurestore rollup) {
        Map<Metric, String> series = new LinkedHashMap<>();
        for (Finding measure : measures.stream().limit(MOST_SERIES).toList()) {
            series.put(series(t, rollup, measure), measure.heading().bare());
        }
        if (series.isEmpty()) {
            series.put(counts(t, rollup), "Rows over time");
        }
        reasons.add(
                "/metrics",
                measures.isEmpty()
                        ? "no column is a number to follow, so rows are counted"
                        : "one series for each of " + Math.min(MOST_SERIES, measures.size()) + " of " + measures.size()
                                + " columns that are numbers, those that change first");
        Optional<Metric> subjects = by.isEmpty() ? Optional.empty() : Optional.of(subjects(t, rollup));
        Metric total = total(t, store);
        Metric latest = latest(t, store);
        t.dashboard("overview", d -> dashboard(d, subjects, total, series, latest));
    }

    private Metric series(TemplateBuilder t, Featurestore rollup, Finding measure) {
        String value = measure.column() + "_avg";
        return t.metric(key(measure), m -> {
            m.title(measure.heading().bare()).sql(overTime(rollup, quoted(value)));
            range(m).series(s -> {
                s.x("bucket").y(value);
                measure.unit().ifPresent(s::unit);
                label(s);
            });
        });
    }

    private Metric counts(TemplateBuilder t, Featurestore rollup) {
        return t.metric("rows_over_time", m -> {
            m.title("Rows over time").sql(overTime(rollup, "samples"));
            range(m).series(s -> {
                s.x("bucket").y("samples");
                label(s);
            });
        });
    }

    private void label(io.datalifecycle.dlt.template.SeriesBuilder series) {
        if (!by.isEmpty()) {
            series.by(SUBJECT);
        }
    }

    private String overTime(Featurestore rollup, String value) {
        return "SELECT bucket, " + (by.isEmpty() ? "" : label() + " AS " + SUBJECT + ", ") + value + "\n  FROM "
                + rollup.ref() + "\n WHERE bucket >= :from AND bucket < :to" + chosen() + "\n ORDER BY bucket"
                + (by.isEmpty() ? "" : ", " + SUBJECT);
    }

    private Metric subjects(TemplateBuilder t, Featurestore rollup) {
        String column = quoted(by.get(0).column());
        return t.metric(
                "subjects",
                m -> m.title(by.get(0).heading().bare())
                        .sql("SELECT DISTINCT " + column + "::text AS " + SUBJECT + " FROM " + rollup.ref()
                                + " ORDER BY 1 LIMIT " + MOST_SUBJECTS)
                        .table());
    }

    private Metric total(TemplateBuilder t, Datastore store) {
        return t.metric("rows_total", m -> {
            m.title("Rows").sql("SELECT count(*) AS total\n  FROM " + store.ref() + "\n WHERE " + between() + chosen());
            range(m).scalar(s -> s.value("total"));
        });
    }

    private Metric latest(TemplateBuilder t, Datastore store) {
        String time = quoted(findings.timeColumn().column());
        List<Finding> shown = shown();
        String columns = shown.stream().map(finding -> quoted(finding.column())).collect(Collectors.joining(", "));
        String subject = by.stream().map(finding -> quoted(finding.column())).collect(Collectors.joining(", "));
        String rows = by.isEmpty() ? "SELECT " : "SELECT DISTINCT ON (" + subject + ") ";
        String order = by.isEmpty()
                ? "\n ORDER BY " + time + " DESC LIMIT " + LATEST_ROWS
                : "\n ORDER BY " + subject + ", " + time + " DESC LIMIT " + MOST_SUBJECTS;
        Map<String, String> units = new LinkedHashMap<>();
        shown.forEach(finding -> finding.unit().ifPresent(unit -> units.put(finding.column(), unit)));
        return t.metric("latest_rows", m -> {
            m.title("Latest")
                    .sql(rows + columns + "\n  FROM " + store.ref() + "\n WHERE " + between() + chosen() + order);
            range(m).table(units);
        });
    }

    /** Subject, time, then the others that a table can show. */
    private List<Finding> shown() {
        List<Finding> shown = new ArrayList<>(by);
        shown.add(findings.timeColumn());
        findings.columns().stream()
                .filter(finding -> finding.type() != ColumnType.JSON && !shown.contains(finding))
                .limit(MOST_COLUMNS - shown.size())
                .forEach(shown::add);
        return shown;
    }

    private String between() {
        String time = quoted(findings.timeColumn().column());
        return time + " >= :from AND " + time + " < :to";
    }

    private String chosen() {
        return by.isEmpty()
                ? ""
                : "\n   AND (:" + SUBJECT + " IS NULL OR " + quoted(by.get(0).column()) + "::text = :" + SUBJECT + ")";
    }

    private String label() {
        return by.stream()
                .map(finding -> quoted(finding.column()) + "::text")
                .collect(Collectors.joining(" || ' ' || "));
    }

    private MetricBuilder range(MetricBuilder metric) {
        metric.input("from", Field.timestamp().required())
                .input("to", Field.timestamp().required());
        return by.isEmpty() ? metric : metric.input(SUBJECT, Field.text());
    }

    private void dashboard(
            DashboardBuilder d, Optional<Metric> subjects, Metric total, Map<Metric, String> series, Metric latest) {
        d.title("Overview");
        Control.TimeRange range = d.timeRange("range", findings.pace().shown());
        reasons.add(
                "/dashboards/overview/controls/range",
                Pace.text(findings.pace().shown()) + ": about 200 buckets of the roll-up");
        @Nullable
        Control subject = subjects.isEmpty()
                ? null
                : d.select(SUBJECT, s -> s.title(by.get(0).heading().bare()).options(subjects.get()));
        d.panel("Rows", p -> bind(p.stat(total).at(0, 0, HALF, 2), range, subject));
        int at = 0;
        for (Map.Entry<Metric, String> entry : series.entrySet()) {
            int x = at % 2 * HALF;
            int y = 2 + at / 2 * HEIGHT;
            d.panel(entry.getValue(), p -> bind(p.timeSeries(entry.getKey()).at(x, y, HALF, HEIGHT), range, subject));
            at++;
        }
        int below = 2 + (at + 1) / 2 * HEIGHT;
        d.panel("Latest", p -> bind(p.table(latest).at(0, below, 2 * HALF, HEIGHT), range, subject));
    }

    private static void bind(
            io.datalifecycle.dlt.template.PanelBuilder panel, Control.TimeRange range, @Nullable Control subject) {
        panel.with("from", range.from()).with("to", range.to());
        if (subject != null) {
            panel.with(SUBJECT, subject);
        }
    }

    /** A key that fits; long names get their number, for their beginnings may be the same. */
    private String key(Finding measure) {
        String key = "mean_" + measure.column();
        return key.length() <= LONGEST ? key : key.substring(0, LONGEST - 5) + "_" + measures.indexOf(measure);
    }

    private static String quoted(String column) {
        return "\"" + column + "\"";
    }
}
